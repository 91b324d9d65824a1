import { useLingui } from '@lingui/react/macro'
import type { Restriction, Role } from '#contract/policy.ts'

/** What each role may do, in a line. */
export function useRoleNotes(): Record<Role, string> {
  const { t } = useLingui()
  return {
    owner: t`Everything, including channels, teams and other owners.`,
    manager: t`Contacts, merging, settings and agents; not channels or teams.`,
    agent: t`Answers in the inbox and edits contacts.`,
  }
}

/** Each restriction: what it is called, and what it means for the person. */
export function useRestrictionWords(): Record<Restriction, { name: string; note: string }> {
  const { t } = useLingui()
  return {
    dataExport: { name: t`No exports`, note: t`Cannot download contacts as files.` },
    contactDeletion: { name: t`No deleting`, note: t`Cannot delete contacts for good.` },
    workspaceSettings: { name: t`No settings`, note: t`Cannot change the workspace, tags, fields or stages.` },
    integrations: { name: t`No integrations`, note: t`Cannot make API tokens or webhooks.` },
    onlyMine: { name: t`Only their own contacts`, note: t`Sees contacts assigned to them; nothing unassigned.` },
    onlyTeam: {
      name: t`Only their team's contacts`,
      note: t`Sees contacts assigned to anyone in their team; nothing unassigned.`,
    },
  }
}
