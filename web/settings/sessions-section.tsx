import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { Laptop, LogOut, Smartphone } from 'lucide-react'
import { api } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { queryClient } from '../api/query-client.ts'
import { useFormats } from '../i18n/formats.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Pill } from '../ui/pill.tsx'
import { toast, toastError } from '../ui/toast-store.ts'
import { nameBrowser } from './name-browser.ts'
import css from './settings.module.css'

interface Session {
  id: string
  ip: string | null
  userAgent: string | null
  createdAt: string
  seenAt: string
  current: boolean
}

/** Where the account is signed in; each of them can be signed out from here. */
export function SessionsSection({ sessions }: { sessions: readonly Session[] }) {
  const { t, i18n } = useLingui()
  const { date, dateTime } = useFormats()
  const end = useMutation(
    api.account.endSessions.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries({ queryKey: api.account.security.key() })
        toast(t`Signed out there`, { tone: 'ok' })
      },
      onError: (error) => toastError(explain(error, i18n)),
    }),
  )
  return (
    <section className={css.section}>
      <h2>
        <Trans>Sessions</Trans>
      </h2>
      <p className={css.lead}>
        <Trans>Where you are signed in. End what you do not recognise, then change your password.</Trans>
      </p>
      <ul className={css.list} aria-label={t`Sessions`}>
        {sessions.map((session) => {
          const { browser, system, isPhone } = nameBrowser(session.userAgent ?? '')
          const name = [browser, system].filter(Boolean).join(' · ') || t`Unknown browser`
          const since = dateTime(session.createdAt)
          const seen = date(session.seenAt)
          return (
            <li key={session.id} className={css.row}>
              <Icon of={isPhone ? Smartphone : Laptop} />
              <div className={css.words}>
                <p className={css.name}>
                  {name}
                  {session.current && <Pill tone="ok">{t`This one`}</Pill>}
                </p>
                <p className={css.note}>
                  <Trans>
                    Since {since} · seen {seen}
                  </Trans>
                  {session.ip && ` · ${session.ip}`}
                </p>
              </div>
              {!session.current && (
                <IconButton
                  icon={LogOut}
                  label={t`Sign out: ${name}`}
                  onPress={() => end.mutate({ sessionId: session.id })}
                />
              )}
            </li>
          )
        })}
      </ul>
      {sessions.length > 1 && (
        <p className={css.quiet}>
          <Button size="sm" isPending={end.isPending} onPress={() => end.mutate({ sessionId: null })}>
            {t`Sign out everywhere else`}
          </Button>
        </p>
      )}
    </section>
  )
}
