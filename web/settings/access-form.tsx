import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { restrictionsOf, roles, type Restriction, type Role } from '#contract/policy.ts'
import { api } from '../api/client.ts'
import { fieldProblems } from '../api/explain.ts'
import { useMe } from '../api/me.ts'
import { useRoleNames } from '../app/role-names.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { RadioGroup } from '../ui/radio-group.tsx'
import { Select } from '../ui/select.tsx'
import { useRestrictionWords, useRoleNotes } from './access-words.ts'
import css from './access-form.module.css'

export interface Access {
  role: Role
  restrictions: Restriction[]
  teamId: number | null
}

/** Role, restrictions and team of a member or somebody invited. What the role cannot have is not offered. */
export function AccessForm(props: { value: Access; onChange: (access: Access) => void; error: unknown }) {
  const { t } = useLingui()
  const { value, onChange } = props
  const me = useMe()
  const roleNames = useRoleNames()
  const roleNotes = useRoleNotes()
  const words = useRestrictionWords()
  const teams = useQuery(api.teams.list.queryOptions()).data?.items ?? []
  const wrongTeam = fieldProblems(props.error).find((problem) => problem.path === 'teamId')
  const allowed = roles.filter((role) => me.role === 'owner' || role === 'agent')
  const choose = (role: Role) =>
    onChange({ ...value, role, restrictions: value.restrictions.filter((one) => restrictionsOf[role].includes(one)) })
  const toggle = (restriction: Restriction, isOn: boolean) =>
    onChange({
      ...value,
      restrictions: isOn
        ? [...value.restrictions, restriction]
        : value.restrictions.filter((one) => one !== restriction),
    })
  return (
    <div className={css.form}>
      <RadioGroup
        label={t`Role`}
        cards
        value={value.role}
        onChange={choose}
        choices={allowed.map((role) => ({ value: role, name: roleNames[role], note: roleNotes[role] }))}
        hint={allowed.length === 1 && t`Managers work with agents only; owners give the other roles.`}
      />
      {restrictionsOf[value.role].length > 0 && (
        <fieldset>
          <legend className={css.legend}>{t`Restrictions`}</legend>
          <div className={css.checks}>
            {restrictionsOf[value.role].map((restriction) => (
              <Checkbox
                key={restriction}
                isSelected={value.restrictions.includes(restriction)}
                onChange={(isOn) => toggle(restriction, isOn)}
                note={words[restriction].note}
              >
                {words[restriction].name}
              </Checkbox>
            ))}
          </div>
        </fieldset>
      )}
      <Select
        label={t`Team`}
        choices={[{ id: 0, name: t`No team` }, ...teams.map((team) => ({ id: team.id, name: team.name }))]}
        value={value.teamId ?? 0}
        onChange={(teamId) => onChange({ ...value, teamId: teamId === 0 ? null : teamId })}
        error={wrongTeam && t`Choose the team whose contacts they see.`}
      />
    </div>
  )
}
