import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import type { Member } from '#contract/members.ts'
import { api } from '../api/client.ts'
import { useCan } from '../api/me.ts'
import { ErrorState } from '../app/page-states.tsx'
import { Button } from '../ui/button.tsx'
import { AccessDialog } from './access-dialog.tsx'
import { InvitationList } from './invitation-list.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { ListSkeleton } from './list-skeleton.tsx'
import { MemberRow } from './member-row.tsx'
import { PageHead } from './page-head.tsx'
import { RemoveDialog } from './remove-dialog.tsx'
import { RightsTable } from './rights-table.tsx'
import css from './settings.module.css'

/** Who works here: members, open invitations, and who may do what. */
export default function MembersScreen() {
  const { t } = useLingui()
  const mayManage = useCan('members.manage')
  const members = useQuery(api.members.list.queryOptions())
  const teams = useQuery(api.teams.list.queryOptions()).data?.items ?? []
  const [isInviting, setInviting] = useState(false)
  const [edited, setEdited] = useState<Member | null>(null)
  const [removed, setRemoved] = useState<Member | null>(null)

  return (
    <>
      <PageHead
        title={t`Members`}
        lead={<Trans>Who works here, and what each of them may do. Changes hold at once.</Trans>}
        action={
          <Button
            look="primary"
            icon={UserPlus}
            onPress={() => setInviting(true)}
            disabledReason={mayManage ? undefined : t`Owners and managers invite people.`}
          >
            {t`Invite…`}
          </Button>
        }
      />
      {members.error ? (
        <ErrorState error={members.error} onRetry={() => void members.refetch()} />
      ) : members.data ? (
        <ul className={css.list} aria-label={t`Members`}>
          {members.data.items.map((member) => (
            <MemberRow
              key={member.id}
              member={member}
              team={teams.find((team) => team.id === member.teamId)?.name}
              onEdit={() => setEdited(member)}
              onRemove={() => setRemoved(member)}
            />
          ))}
        </ul>
      ) : (
        <ListSkeleton />
      )}
      {mayManage && <InvitationList />}
      <RightsTable />
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
      {edited && <AccessDialog member={edited} onClose={() => setEdited(null)} />}
      {removed && <RemoveDialog member={removed} onClose={() => setRemoved(null)} />}
    </>
  )
}
