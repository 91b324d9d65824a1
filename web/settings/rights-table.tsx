import { Trans, useLingui } from '@lingui/react/macro'
import { Check, Minus } from 'lucide-react'
import { policy, roles, type Action, type Role } from '#contract/policy.ts'
import { useRoleNames } from '../app/role-names.ts'
import { Icon } from '../ui/icon.tsx'
import css from './rights-table.module.css'
import sectionCss from './settings.module.css'

/** Who may do what, read from the very table that the server enforces. */
export function RightsTable() {
  const { t } = useLingui()
  const roleNames = useRoleNames()
  const rows: [Action, string][] = [
    ['inbox.use', t`Inbox, contact details, tags, assigning`],
    ['conversations.start', t`Start a conversation`],
    ['merges.fromSuggestion', t`Merge what is suggested, undo it from the notice`],
    ['contacts.browse', t`Contacts module, import, block, merge history`],
    ['merges.any', t`Merge any two, duplicates, segments`],
    ['contacts.delete', t`Delete contacts`],
    ['contacts.export', t`Export contacts`],
    ['settings.workspace', t`Workspace, tags, fields, stages`],
    ['integrations.manage', t`API tokens, webhooks`],
    ['members.manage', t`Members`],
    ['channels.manage', t`Channels`],
    ['teams.manage', t`Teams, audit trail`],
  ]
  return (
    <section className={sectionCss.section}>
      <h2>
        <Trans>Who may do what</Trans>
      </h2>
      <div className={css.frame}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">{t`Act`}</span>
              </th>
              {roles.map((role) => (
                <th key={role} scope="col">
                  {roleNames[role]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([action, words]) => (
              <tr key={action}>
                <th scope="row">{words}</th>
                {roles.map((role) => (
                  <td key={role}>
                    <Right action={action} role={role} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={sectionCss.quiet}>
        <Trans>Agents may be narrowed to their own or their team's contacts. Nobody changes their own access.</Trans>
      </p>
    </section>
  )
}

function Right({ action, role }: { action: Action; role: Role }) {
  const { t } = useLingui()
  const rule = policy[action][role]
  if (rule === false) return <Icon of={Minus} size={14} label={t`No`} className={css.no} />
  if (action === 'members.manage' && role === 'manager') return <span className={css.note}>{t`Agents only`}</span>
  if (rule === true) return <Icon of={Check} label={t`Yes`} className={css.yes} />
  return (
    <span className={css.unless}>
      <Icon of={Check} label={t`Yes`} className={css.yes} />
      <span className={css.note}>{t`unless restricted`}</span>
    </span>
  )
}
