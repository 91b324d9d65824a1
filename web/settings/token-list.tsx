import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import type { ApiToken } from '#contract/members.ts'
import { api } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { queryClient } from '../api/query-client.ts'
import { useFormats } from '../i18n/formats.ts'
import { AlertDialog } from '../ui/alert-dialog.tsx'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { toast, toastError } from '../ui/toast-store.ts'
import css from './settings.module.css'

/** API tokens, each with a way to revoke it, which asks first. */
export function TokenList({ tokens }: { tokens: readonly ApiToken[] }) {
  const { t, i18n } = useLingui()
  const [asked, setAsked] = useState<ApiToken | null>(null)
  const revoke = useMutation(
    api.apiTokens.revoke.mutationOptions({
      onSuccess: () => toast(t`Token revoked`, { tone: 'ok' }),
      onError: (error) => toastError(explain(error, i18n)),
      onSettled: () => {
        setAsked(null)
        void queryClient.invalidateQueries({ queryKey: api.apiTokens.key() })
      },
    }),
  )
  const name = asked?.name ?? ''
  return (
    <>
      <ul className={css.list} aria-label={t`API tokens`}>
        {tokens.map((token) => (
          <TokenRow key={token.id} token={token} onRevoke={() => setAsked(token)} />
        ))}
      </ul>
      <AlertDialog
        isOpen={asked !== null}
        danger
        onClose={() => setAsked(null)}
        title={<Trans>Revoke the token {name}?</Trans>}
        confirm={t`Revoke`}
        isPending={revoke.isPending}
        onConfirm={() => asked && revoke.mutate({ tokenId: asked.id })}
      >
        <p>
          <Trans>Whatever uses it is turned away from now on. It does not come back: a new one would be needed.</Trans>
        </p>
      </AlertDialog>
    </>
  )
}

function TokenRow({ token, onRevoke }: { token: ApiToken; onRevoke: () => void }) {
  const { t } = useLingui()
  const { date } = useFormats()
  const { name, memberName, ending, lastUsedAt } = token
  const made = date(token.createdAt)
  return (
    <li className={css.row}>
      <Icon of={KeyRound} />
      <div className={css.words}>
        <p className={css.name}>
          <bdi>{name}</bdi>
          {ending !== null && <code className={css.code}>…{ending}</code>}
        </p>
        <p className={css.note}>
          <Trans>
            Acts as {memberName} · made {made}
          </Trans>
          {' · '}
          {lastUsedAt === null ? (
            t`never used`
          ) : (
            <Trans>
              last used <RelativeTime at={lastUsedAt} as="ago" />
            </Trans>
          )}
        </p>
      </div>
      <Button
        size="sm"
        onPress={onRevoke}
        aria-label={ending === null ? t`Revoke ${name}` : t`Revoke ${name} …${ending}`}
      >
        {t`Revoke…`}
      </Button>
    </li>
  )
}
