import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Team } from '#contract/members.ts'
import { api, client } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { TextField } from '../ui/text-field.tsx'
import { SaveDialog } from './save-dialog.tsx'
import { explainPeople } from './explain-people.ts'

/** The name of a new team, or of one that is renamed. */
export function TeamDialog({ team, onClose }: { team: Team | null; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const [name, setName] = useState(team?.name ?? '')
  const save = useMutation({
    mutationFn: () => (team ? client.teams.rename({ teamId: team.id, name }) : client.teams.create({ name })),
    retry: false,
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: api.teams.key() })
      onClose()
    },
  })
  return (
    <SaveDialog title={team ? <Trans>Rename the team</Trans> : <Trans>New team</Trans>} save={save} onClose={onClose}>
      <TextField
        label={t`Name`}
        name="team"
        autoComplete="off"
        autoFocus
        isRequired
        maxLength={60}
        value={name}
        onChange={setName}
        error={save.error && explainPeople(save.error, i18n)}
      />
    </SaveDialog>
  )
}
