import { describe, expect, test } from 'vitest'
import {
  actions,
  blockingOffers,
  can,
  mayBlock,
  mayHandleToken,
  mayManageMember,
  restrictions,
  restrictionsOf,
  roles,
  sees,
  visibilityOf,
  type Access,
  type Action,
  type Restriction,
  type Role,
} from './policy.ts'

/** Who may do what, written down a second time, as the product promises it: owner, manager, agent; a word = unless so restricted. */
const promised: Record<Action, readonly [boolean | Restriction, boolean | Restriction, boolean | Restriction]> = {
  'workspace.view': [true, true, true],
  'inbox.use': [true, true, true],
  'contacts.view': [true, true, true],
  'contacts.edit': [true, true, true],
  'contacts.assign': [true, true, true],
  'contacts.tag': [true, true, true],
  'conversations.start': [true, true, true],
  'workflowRuns.start': [true, true, true],
  'workflowRuns.stop': [true, true, true],
  'suggestions.review': [true, true, true],
  'merges.fromSuggestion': [true, true, true],
  'merges.undoFromCallout': [true, true, true],
  'channels.view': [true, true, true],
  'contacts.block': [true, true, true],
  'apiTokens.handle': [true, true, true],

  'contacts.browse': [true, true, false],
  'contacts.import': [true, true, false],
  'contactChannels.remove': [true, true, false],
  'contacts.unblock': [true, true, false],
  'optOut.lift': [true, true, false],
  'merges.any': [true, true, false],
  'merges.history': [true, true, false],
  'merges.undoFromHistory': [true, true, false],
  'duplicates.browse': [true, true, false],
  'sharedIdentifiers.manage': [true, true, false],
  'segments.manage': [true, true, false],
  'workflows.manage': [true, true, false],
  'dashboard.view': [true, true, false],
  'usage.view': [true, true, false],
  'channels.watch': [true, true, false],
  'members.manage': [true, true, false],

  'contacts.delete': [true, 'contactDeletion', false],
  'contacts.export': [true, 'dataExport', false],
  'settings.workspace': [true, 'workspaceSettings', false],
  'settings.tags': [true, 'workspaceSettings', false],
  'settings.fields': [true, 'workspaceSettings', false],
  'settings.lifecycle': [true, 'workspaceSettings', false],
  'settings.closingNotes': [true, 'workspaceSettings', false],
  'integrations.manage': [true, 'integrations', false],

  'teams.manage': [true, false, false],
  'audit.view': [true, false, false],
  'fields.delete': [true, false, false],
  'channels.manage': [true, false, false],
}

const access = (role: Role, given: readonly Restriction[] = [], more: Partial<Access> = {}): Access => ({
  memberId: 1,
  role,
  restrictions: given,
  teamId: null,
  ...more,
})

describe('who may do what', () => {
  test('every action of the policy is promised, and nothing else', () => {
    expect([...actions].sort()).toEqual(Object.keys(promised).sort())
  })

  for (const [at, role] of roles.entries()) {
    test(`the ${role} may do exactly what is promised, under every single restriction`, () => {
      const cases = actions.flatMap((action) => [null, ...restrictions].map((restriction) => ({ action, restriction })))
      const promises = cases.map(({ action, restriction }) => {
        const rule = promised[action][at]
        return [action, restriction, typeof rule === 'string' ? rule !== restriction : rule]
      })
      const found = cases.map(({ action, restriction }) => [
        action,
        restriction,
        can(access(role, restriction === null ? [] : [restriction]), action),
      ])
      expect(found).toEqual(promises)
    })
  }

  test('what a manager may do never exceeds the owner, nor an agent the manager', () => {
    const beyond = (lower: Role, higher: Role) =>
      actions.filter((action) => can(access(lower), action) && !can(access(higher), action))
    expect(beyond('manager', 'owner')).toEqual([])
    expect(beyond('agent', 'manager')).toEqual([])
  })
})

describe('which contacts a member sees', () => {
  const mine = { assigneeId: 1, teamId: 7 }
  const teammates = { assigneeId: 2, teamId: 7 }
  const others = { assigneeId: 3, teamId: 8 }
  const unassigned = { assigneeId: null, teamId: null }
  const seen = (who: Access) => [mine, teammates, others, unassigned].map((contact) => sees(who, contact))

  test('without a restriction, everyone sees everything', () => {
    for (const role of roles) expect(seen(access(role))).toEqual([true, true, true, true])
  })

  test('only mine: assigned to me, and nothing unassigned', () => {
    expect(seen(access('agent', ['onlyMine'], { teamId: 7 }))).toEqual([true, false, false, false])
  })

  test('only my team: assigned to somebody of my team, and nothing unassigned', () => {
    expect(seen(access('agent', ['onlyTeam'], { teamId: 7 }))).toEqual([true, true, false, false])
  })

  test('only my team without a team: nothing', () => {
    expect(seen(access('agent', ['onlyTeam']))).toEqual([false, false, false, false])
    expect(sees(access('agent', ['onlyTeam']), { assigneeId: 3, teamId: null })).toBe(false)
  })

  test('both restrictions: the narrower holds', () => {
    expect(visibilityOf(access('agent', ['onlyTeam', 'onlyMine'], { teamId: 7 }))).toEqual({
      kind: 'mine',
      memberId: 1,
    })
  })

  test('owners and managers are never narrowed', () => {
    for (const role of ['owner', 'manager'] as const)
      expect(seen(access(role, ['onlyMine', 'onlyTeam']))).toEqual([true, true, true, true])
  })
})

describe('whose access a member may change', () => {
  const may = (role: Role, target: Role, newRole?: Role, memberId = 2) =>
    mayManageMember(access(role), { memberId, role: target, ...(newRole === undefined ? {} : { newRole }) })

  test('an owner: everybody else, to any role', () => {
    for (const target of roles) for (const newRole of roles) expect(may('owner', target, newRole)).toBe(true)
  })

  test('a manager: agents only, who stay agents', () => {
    expect(may('manager', 'agent')).toBe(true)
    expect(may('manager', 'agent', 'agent')).toBe(true)
    for (const newRole of ['owner', 'manager'] as const) expect(may('manager', 'agent', newRole)).toBe(false)
    for (const target of ['owner', 'manager'] as const) expect(may('manager', target, 'agent')).toBe(false)
  })

  test('an agent: nobody', () => {
    for (const target of roles) expect(may('agent', target)).toBe(false)
  })

  test('nobody: their own', () => {
    for (const role of roles) expect(may(role, role, role, 1)).toBe(false)
  })

  test('somebody not yet a member is managed like one with the role they are invited to', () => {
    expect(mayManageMember(access('manager'), { memberId: null, role: 'agent' })).toBe(true)
    expect(mayManageMember(access('manager'), { memberId: null, role: 'owner' })).toBe(false)
  })
})

test('everybody handles their own API tokens; others’, who manages integrations', () => {
  const may = (role: Role, restriction: Restriction[], memberId: number) =>
    mayHandleToken(access(role, restriction), { memberId })
  expect(roles.map((role) => may(role, ['integrations'], 1))).toEqual([true, true, true])
  expect(roles.map((role) => may(role, [], 2))).toEqual([true, true, false])
  expect(may('manager', ['integrations'], 2)).toBe(false)
})

test('owners and managers may block anywhere; agents where the Inbox offers it to everyone', () => {
  const may = (role: Role) => blockingOffers.map((offered) => mayBlock(access(role), offered))
  expect(roles.map(may)).toEqual([
    [true, true, true],
    [true, true, true],
    [false, false, true],
  ])
})

test('each restriction means something for exactly one role, and owners have none', () => {
  expect(restrictionsOf.owner).toEqual([])
  expect([...restrictionsOf.manager, ...restrictionsOf.agent].sort()).toEqual([...restrictions].sort())
})
