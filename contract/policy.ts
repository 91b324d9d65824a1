/**
 * Who may do what: one readable table that the server enforces and the web explains. Conditions on rows (which contacts
 * an agent sees, whose access a manager may edit) are the named predicates below the table.
 */
export const roles = ['owner', 'manager', 'agent'] as const
export type Role = (typeof roles)[number]

export const restrictions = [
  'dataExport',
  'contactDeletion',
  'workspaceSettings',
  'onlyMine',
  'onlyTeam',
  'integrations',
] as const
export type Restriction = (typeof restrictions)[number]

/** The member on whose behalf something is done, within one workspace. */
export interface Access {
  readonly memberId: number
  readonly role: Role
  readonly restrictions: readonly Restriction[]
  readonly teamId: number | null
}

type Rule = true | false | { readonly unless: Restriction }
type Row = { readonly owner: Rule; readonly manager: Rule; readonly agent: Rule }

const everyone: Row = { owner: true, manager: true, agent: true }
const managers: Row = { owner: true, manager: true, agent: false }
const owners: Row = { owner: true, manager: false, agent: false }
const managersUnless = (restriction: Restriction): Row => ({
  owner: true,
  manager: { unless: restriction },
  agent: false,
})

/** Action → role → allowed. Rows that everyone may act on are still narrowed to the contacts the member may see. */
export const policy = {
  'workspace.view': everyone,
  'inbox.use': everyone,
  'contacts.view': everyone,
  'contacts.edit': everyone,
  'contacts.assign': everyone,
  'contacts.tag': everyone,
  'conversations.start': everyone,
  /** Those alone that managers have published to be started by hand: what happens then is theirs to have decided. */
  'workflowRuns.start': everyone,
  'workflowRuns.stop': everyone,
  'suggestions.review': everyone,
  'merges.fromSuggestion': everyone,
  'merges.undoFromCallout': everyone,

  /** Narrowed by `mayBlock`. */
  'contacts.block': everyone,

  /** Narrowed by `mayHandleToken`. */
  'apiTokens.handle': everyone,

  'contacts.browse': managers,
  'contacts.import': managers,
  'contactChannels.remove': managers,
  'contacts.unblock': managers,
  'optOut.lift': managers,
  'merges.any': managers,
  'merges.history': managers,
  'merges.undoFromHistory': managers,
  'duplicates.browse': managers,
  'sharedIdentifiers.manage': managers,
  'segments.manage': managers,
  'workflows.manage': managers,
  'dashboard.view': managers,
  'usage.view': managers,
  /** How channels do, and what did not go out by them. */
  'channels.watch': managers,

  'contacts.delete': managersUnless('contactDeletion'),
  'contacts.export': managersUnless('dataExport'),
  'settings.workspace': managersUnless('workspaceSettings'),
  'settings.tags': managersUnless('workspaceSettings'),
  'settings.fields': managersUnless('workspaceSettings'),
  'settings.lifecycle': managersUnless('workspaceSettings'),
  'settings.closingNotes': managersUnless('workspaceSettings'),
  'integrations.manage': managersUnless('integrations'),

  /** Narrowed by `mayManageMember`: a manager manages agents only, nobody manages themself. */
  'members.manage': managers,

  'teams.manage': owners,
  'audit.view': owners,
  'fields.delete': owners,
  'channels.manage': owners,
  'channels.view': everyone,
} as const satisfies Record<string, Row>

export type Action = keyof typeof policy
export const actions = Object.keys(policy) as Action[]

/** May this member do this at all? Says nothing about a particular contact: see `visibilityOf`. */
export function can(access: Pick<Access, 'role' | 'restrictions'>, action: Action): boolean {
  const rule: Rule = policy[action][access.role]
  return typeof rule === 'boolean' ? rule : !access.restrictions.includes(rule.unless)
}

export type Visibility =
  | { readonly kind: 'all' }
  | { readonly kind: 'mine'; readonly memberId: number }
  | { readonly kind: 'team'; readonly teamId: number | null }

/**
 * Which contacts a member sees. "Only mine" = assigned to me; "only my team" = assigned to a member of my one team;
 * neither includes unassigned ones. The narrower of two restrictions holds. Only agents are narrowed.
 */
export function visibilityOf(access: Access): Visibility {
  if (access.role !== 'agent') return { kind: 'all' }
  if (access.restrictions.includes('onlyMine')) return { kind: 'mine', memberId: access.memberId }
  if (access.restrictions.includes('onlyTeam')) return { kind: 'team', teamId: access.teamId }
  return { kind: 'all' }
}

/** Does a member see a contact that is assigned like this? `teamId` is the assignee's team. */
export function sees(access: Access, contact: { assigneeId: number | null; teamId: number | null }): boolean {
  const visibility = visibilityOf(access)
  switch (visibility.kind) {
    case 'all':
      return true
    case 'mine':
      return contact.assigneeId === visibility.memberId
    case 'team':
      return visibility.teamId !== null && contact.assigneeId !== null && contact.teamId === visibility.teamId
  }
}

/** May `access` change the access of, or remove, a member who now has `role`? `newRole` when the role itself changes. */
export function mayManageMember(
  access: Pick<Access, 'memberId' | 'role' | 'restrictions'>,
  target: { memberId: number | null; role: Role; newRole?: Role },
): boolean {
  if (!can(access, 'members.manage') || target.memberId === access.memberId) return false
  return access.role === 'owner' || (target.role === 'agent' && (target.newRole ?? 'agent') === 'agent')
}

/** May this member see and revoke an API token that acts as `memberId`? Everybody their own: it is done in their name. */
export function mayHandleToken(
  access: Pick<Access, 'memberId' | 'role' | 'restrictions'>,
  { memberId }: { memberId: number },
): boolean {
  return memberId === access.memberId || can(access, 'integrations.manage')
}

/** Whom the Inbox of a workspace offers to block a contact. In the Contacts module Owners and Managers always may. */
export const blockingOffers = ['nobody', 'managers', 'everyone'] as const
export type BlockingOffer = (typeof blockingOffers)[number]

/** May this member block a contact that they see? */
export function mayBlock({ role }: Pick<Access, 'role'>, offered: BlockingOffer): boolean {
  return role !== 'agent' || offered === 'everyone'
}

/** Restrictions that mean something for a role; others are refused when access is edited. */
export const restrictionsOf: Record<Role, readonly Restriction[]> = {
  owner: [],
  manager: ['dataExport', 'contactDeletion', 'workspaceSettings', 'integrations'],
  agent: ['onlyMine', 'onlyTeam'],
}
