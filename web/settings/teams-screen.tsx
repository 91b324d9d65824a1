import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Plus, Users } from 'lucide-react'
import { useState } from 'react'
import type { Team } from '#contract/members.ts'
import { api } from '../api/client.ts'
import { useCan } from '../api/me.ts'
import { queryClient } from '../api/query-client.ts'
import { ErrorState } from '../app/page-states.tsx'
import { AlertDialog } from '../ui/alert-dialog.tsx'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { toastError } from '../ui/toast-store.ts'
import { explainPeople } from './explain-people.ts'
import { ListSkeleton } from './list-skeleton.tsx'
import { PageHead } from './page-head.tsx'
import css from './settings.module.css'
import { TeamDialog } from './team-dialog.tsx'
import { TeamRow } from './team-row.tsx'

/** Groups of members; an agent may be narrowed to the contacts of theirs. */
export default function TeamsScreen() {
  const { t, i18n } = useLingui()
  const mayManage = useCan('teams.manage')
  const teams = useQuery(api.teams.list.queryOptions())
  const [edited, setEdited] = useState<Team | 'new' | null>(null)
  const [removed, setRemoved] = useState<Team | null>(null)
  const refresh = () => {
    void queryClient.invalidateQueries({ queryKey: api.teams.key() })
    void queryClient.invalidateQueries({ queryKey: api.members.key() })
    setRemoved(null)
  }
  const remove = useMutation(
    api.teams.remove.mutationOptions({
      onSuccess: refresh,
      onError: (error) => {
        toastError(explainPeople(error, i18n))
        setRemoved(null)
      },
    }),
  )
  const name = removed?.name ?? ''
  const reason = mayManage ? undefined : t`Only owners change teams.`
  const add = (
    <Button look="primary" icon={Plus} onPress={() => setEdited('new')} disabledReason={reason}>
      {t`New team…`}
    </Button>
  )
  const isEmpty = teams.data?.items.length === 0
  return (
    <>
      <PageHead
        title={t`Teams`}
        lead={<Trans>Group members, so that agents may see the contacts of their team and no others.</Trans>}
        action={!isEmpty && add}
      />
      {teams.error ? (
        <ErrorState error={teams.error} onRetry={() => void teams.refetch()} />
      ) : !teams.data ? (
        <ListSkeleton />
      ) : isEmpty ? (
        <Empty icon={Users} level={2} title={t`No teams yet`} action={add}>
          <Trans>A small company does well without them.</Trans>
        </Empty>
      ) : (
        <ul className={css.list} aria-label={t`Teams`}>
          {teams.data.items.map((team) => (
            <TeamRow
              key={team.id}
              team={team}
              reason={reason}
              onEdit={() => setEdited(team)}
              onRemove={() => setRemoved(team)}
            />
          ))}
        </ul>
      )}
      {edited && <TeamDialog team={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
      <AlertDialog
        isOpen={removed !== null}
        danger
        onClose={() => setRemoved(null)}
        title={<Trans>Remove the team {name}?</Trans>}
        confirm={t`Remove`}
        isPending={remove.isPending}
        onConfirm={() => removed && remove.mutate({ teamId: removed.id })}
      >
        <p>
          <Trans>
            Its members stay, in no team. Who may see only their team's contacts sees none until they have a new one.
          </Trans>
        </p>
      </AlertDialog>
    </>
  )
}
