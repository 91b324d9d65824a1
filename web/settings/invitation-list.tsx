import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { MailPlus, MailX, MoreHorizontal } from 'lucide-react'
import { useState } from 'react'
import type { Invitation } from '#contract/members.ts'
import { api } from '../api/client.ts'
import { useMe } from '../api/me.ts'
import { queryClient } from '../api/query-client.ts'
import { useRoleNames } from '../app/role-names.ts'
import { useFormats } from '../i18n/formats.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { Pill } from '../ui/pill.tsx'
import { toast, toastError } from '../ui/toast-store.ts'
import { explainPeople } from './explain-people.ts'
import { InvitationLink } from './invitation-link.tsx'
import css from './settings.module.css'

/** Invitations nobody has used yet. Nothing is shown while there are none. */
export function InvitationList() {
  const { t } = useLingui()
  const invitations = useQuery(api.invitations.list.queryOptions()).data?.items ?? []
  const [renewed, setRenewed] = useState<Invitation | null>(null)
  if (invitations.length === 0) return null
  return (
    <section className={css.section}>
      <h2>
        <Trans>Open invitations</Trans>
      </h2>
      <ul className={css.list} aria-label={t`Open invitations`}>
        {invitations.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} onLink={setRenewed} />
        ))}
      </ul>
      {renewed?.link && <InvitationLink email={renewed.email} link={renewed.link} onClose={() => setRenewed(null)} />}
    </section>
  )
}

function InvitationRow({ invitation, onLink }: { invitation: Invitation; onLink: (one: Invitation) => void }) {
  const { t, i18n } = useLingui()
  const { date } = useFormats()
  const { email, invitedBy, id: invitationId } = invitation
  const me = useMe()
  const roleNames = useRoleNames()
  const [now] = useState(() => Date.now())
  const refresh = () => void queryClient.invalidateQueries({ queryKey: api.invitations.key() })
  const onError = (error: unknown) => toastError(explainPeople(error, i18n))
  const renew = useMutation(
    api.invitations.renew.mutationOptions({
      onError,
      onSuccess: (made) => {
        refresh()
        if (made.link === null) toast(t`Invitation sent to ${email}`, { tone: 'ok' })
        else onLink(made)
      },
    }),
  )
  const revoke = useMutation(api.invitations.revoke.mutationOptions({ onError, onSuccess: refresh }))
  const isOver = Date.parse(invitation.expiresAt) < now
  const until = date(invitation.expiresAt)
  const reason =
    me.role !== 'owner' && invitation.role !== 'agent' ? t`Managers work with agents only. Ask an owner.` : undefined
  return (
    <li className={css.row}>
      <div className={css.words}>
        <p className={css.name}>{email}</p>
        <p className={css.note}>
          {isOver ? (
            <Trans>
              Invited by {invitedBy} · ran out on {until}
            </Trans>
          ) : (
            <Trans>
              Invited by {invitedBy} · until {until}
            </Trans>
          )}
        </p>
      </div>
      <div className={css.end}>
        {isOver && <Pill tone="warn">{t`Ran out`}</Pill>}
        <Pill>{roleNames[invitation.role]}</Pill>
        <Menu
          label={t`Actions for ${email}`}
          trigger={<IconButton icon={MoreHorizontal} label={t`Actions for ${email}`} />}
        >
          <MenuItem id="renew" icon={MailPlus} onAction={() => renew.mutate({ invitationId })} disabledReason={reason}>
            {t`New link`}
          </MenuItem>
          <MenuItem
            id="revoke"
            icon={MailX}
            danger
            onAction={() => revoke.mutate({ invitationId })}
            disabledReason={reason}
          >
            {t`Take back`}
          </MenuItem>
        </Menu>
      </div>
    </li>
  )
}
