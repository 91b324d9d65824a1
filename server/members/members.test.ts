import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Restriction, Role } from '#contract/policy.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { connectClient } from '../testing/client.ts'
import { waitFor } from '../testing/wait-for.ts'
import { makeSignedInMember, makeTestToken, makeTestWorkspace } from './testing.ts'

let server: TestServer
let workspaceId: number

beforeAll(async () => {
  server = await startTestServer()
  workspaceId = await makeTestWorkspace(server.deps)
})
afterAll(() => server.close())

async function member(
  role: Role,
  options: {
    workspace?: number
    restrictions?: Restriction[]
    teamId?: number | null
    name?: string
    userId?: string
    email?: string
  } = {},
) {
  const { workspace = workspaceId, ...rest } = options
  const made = await makeSignedInMember(server.deps, workspace, { role, ...rest })
  return { ...made, client: connectClient(server.url, { cookie: made.cookie }) }
}
const as = (role: Role, more: { restrictions?: Restriction[]; teamId?: number | null } = {}) => ({
  role,
  restrictions: [],
  teamId: null,
  ...more,
})

/** A contact assigned to a member, with an open conversation. */
async function assignedContact(memberId: number, teamId: number | null = null): Promise<number> {
  const { db, numbers } = server.deps
  const id = await numbers.next(workspaceId, 'contact')
  const conversationId = await numbers.next(workspaceId, 'conversation')
  await db
    .insertInto('contact')
    .values({ workspace_id: workspaceId, id, sort_name: 'x', born_source: 'member' })
    .execute()
  await db
    .insertInto('contact_state')
    .values({
      workspace_id: workspaceId,
      contact_id: id,
      status: 1,
      assignee_id: memberId,
      team_id: teamId,
      conversation_id: conversationId,
    })
    .execute()
  await db
    .insertInto('conversation')
    .values({
      workspace_id: workspaceId,
      id: conversationId,
      contact_id: id,
      owner_id: id,
      opened_at: new Date(),
      opened_source: 'member',
      assignee_id: memberId,
    })
    .execute()
  return id
}
const stateOf = (contactId: number) =>
  server.deps.db
    .selectFrom('contact_state as s')
    .innerJoin('conversation as c', (join) =>
      join.onRef('c.workspace_id', '=', 's.workspace_id').onRef('c.id', '=', 's.conversation_id'),
    )
    .select(['s.assignee_id', 's.team_id', 'c.assignee_id as conversation_assignee'])
    .where('s.workspace_id', '=', workspaceId)
    .where('s.contact_id', '=', contactId)
    .executeTakeFirstOrThrow()
const auditOf = async (kind: string) => {
  const row = await server.deps.db
    .selectFrom('audit')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', kind)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  return { ...row, data: row.data as Record<string, unknown> }
}

describe('access', () => {
  test('an owner changes anybody else’s; it holds from their next request on', async () => {
    const owner = await member('owner')
    const manager = await member('manager')
    await manager.client.members.list()
    const answer = await owner.client.members.updateAccess({
      memberId: manager.memberId,
      ...as('agent', { restrictions: ['onlyMine'] }),
    })
    expect(answer).toMatchObject({ role: 'agent', restrictions: ['onlyMine'], manageable: true })
    await expect(manager.client.invitations.list()).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect((await auditOf('accessChanged')).data).toMatchObject({
      memberId: manager.memberId,
      from: { role: 'manager' },
      to: { role: 'agent' },
    })
  })

  test('nobody changes or revokes their own, alone or last', async () => {
    const owner = await member('owner')
    for (const role of ['owner', 'manager', 'agent'] as const)
      await expect(owner.client.members.updateAccess({ memberId: owner.memberId, ...as(role) })).rejects.toMatchObject({
        code: 'FORBIDDEN',
        data: { reason: 'own-access' },
      })
    await expect(owner.client.members.remove({ memberId: owner.memberId })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('a manager changes agents only, and makes nobody more than an agent', async () => {
    const manager = await member('manager')
    const [owner, other, agent] = [await member('owner'), await member('manager'), await member('agent')]
    for (const target of [owner, other]) {
      await expect(
        manager.client.members.updateAccess({ memberId: target.memberId, ...as('agent') }),
      ).rejects.toMatchObject({ code: 'FORBIDDEN' })
      await expect(manager.client.members.remove({ memberId: target.memberId })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      })
    }
    await expect(
      manager.client.members.updateAccess({ memberId: agent.memberId, ...as('owner') }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(
      (
        await manager.client.members.updateAccess({
          memberId: agent.memberId,
          ...as('agent', { restrictions: ['onlyMine'] }),
        })
      ).restrictions,
    ).toEqual(['onlyMine'])
    const { items } = await manager.client.members.list()
    const manageable = Object.fromEntries(items.map((one) => [one.id, one.manageable]))
    expect(manageable).toMatchObject({
      [owner.memberId]: false,
      [other.memberId]: false,
      [agent.memberId]: true,
      [manager.memberId]: false,
    })
  })

  test('an agent changes nobody’s', async () => {
    const [agent, other] = [await member('agent'), await member('agent')]
    await expect(agent.client.members.updateAccess({ memberId: other.memberId, ...as('agent') })).rejects.toMatchObject(
      { code: 'FORBIDDEN' },
    )
    await expect(agent.client.members.remove({ memberId: other.memberId })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('two owners who demote or remove each other at once: one always stays', async () => {
    for (let round = 0; round < 12; round++) {
      const workspace = await makeTestWorkspace(server.deps)
      const [ana, leo] = [await member('owner', { workspace }), await member('owner', { workspace })]
      const act = (from: typeof ana, to: typeof ana) =>
        round % 2 === 0
          ? from.client.members.updateAccess({ memberId: to.memberId, ...as('agent') })
          : from.client.members.remove({ memberId: to.memberId })
      const outcomes = await Promise.allSettled([act(ana, leo), act(leo, ana)])
      expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
      const owners = await server.deps.db
        .selectFrom('member')
        .select('id')
        .where('workspace_id', '=', workspace)
        .where('role', '=', 'owner')
        .where('removed_at', 'is', null)
        .execute()
      expect(owners).toHaveLength(1)
    }
  })

  test('a member of another workspace is not there, nor is one who was removed', async () => {
    const owner = await member('owner')
    const foreign = await member('agent', { workspace: await makeTestWorkspace(server.deps) })
    const gone = await member('agent')
    await owner.client.members.remove({ memberId: gone.memberId })
    // numbers start anew in each workspace: take one that this workspace does not have
    for (const memberId of [foreign.memberId + 10_000, gone.memberId]) {
      await expect(owner.client.members.updateAccess({ memberId, ...as('agent') })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
      await expect(owner.client.members.remove({ memberId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
  })

  test('further keys in the body change nothing', async () => {
    const owner = await member('owner')
    const agent = await member('agent')
    const answer = await fetch(`${server.url}/api/members/${agent.memberId}/access`, {
      method: 'PUT',
      headers: { cookie: owner.cookie, 'content-type': 'application/json' },
      body: JSON.stringify({
        ...as('agent'),
        id: 1,
        workspaceId: 99,
        workspace_id: 99,
        userId: 'x',
        email: 'x@example.com',
        name: 'X',
      }),
    })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ id: agent.memberId, name: agent.name, email: agent.email })
  })
})

describe('removing a member', () => {
  test('unassigns their contacts and conversations, says so in the history, and keeps the name', async () => {
    const [owner, agent] = [await member('owner', { name: 'Ana' }), await member('agent', { name: 'Leo' })]
    const contactId = await assignedContact(agent.memberId)
    await owner.client.members.remove({ memberId: agent.memberId })
    expect(await stateOf(contactId)).toEqual({ assignee_id: null, team_id: null, conversation_assignee: null })
    const activity = await server.deps.db
      .selectFrom('activity')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('contact_id', '=', contactId)
      .execute()
    expect(activity).toMatchObject([
      {
        kind: 'unassigned',
        actor_id: owner.memberId,
        data: { from: { memberId: agent.memberId, name: 'Leo' }, to: null },
      },
    ])
    expect((await owner.client.members.list()).items.some((one) => one.id === agent.memberId)).toBe(false)
    const row = await server.deps.db
      .selectFrom('member')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', agent.memberId)
      .executeTakeFirstOrThrow()
    expect(row).toMatchObject({ name: 'Leo', removed_by: owner.memberId })
    expect((await auditOf('memberRemoved')).data).toMatchObject({ name: 'Leo', contacts: 1 })
  })

  test('ends their session, their token and their live streams at once, in every process', async () => {
    const [owner, agent] = [await member('owner'), await member('agent')]
    const token = await makeTestToken(server.deps, agent)
    const byToken = connectClient(server.url, { authorization: `Bearer ${token}` })
    expect((await byToken.workspaces.get()).me.memberId).toBe(agent.memberId)
    const second = await startTestServer({ databaseUrl: server.databaseUrl, work: false })
    try {
      const stream = await connectClient(second.url, { cookie: agent.cookie }).live.watch()
      await stream.next()
      await owner.client.members.remove({ memberId: agent.memberId })
      await waitFor('the stream to end', async () => (await stream.next()).done)
      await expect(agent.client.workspaces.get()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
      await expect(byToken.workspaces.get()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    } finally {
      await second.close()
    }
  })

  test('leaves their other workspaces alone', async () => {
    const owner = await member('owner')
    const agent = await member('agent')
    const elsewhere = await makeTestWorkspace(server.deps)
    await member('agent', { workspace: elsewhere, userId: agent.userId, email: agent.email })
    await owner.client.members.remove({ memberId: agent.memberId })
    const client = (workspace: number) =>
      connectClient(server.url, { cookie: agent.cookie, 'x-ficha-workspace': String(workspace) })
    expect((await client(elsewhere).workspaces.get()).id).toBe(elsewhere)
    await expect(client(workspaceId).workspaces.get()).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('somebody removed everywhere makes no workspace of their own', async () => {
    const [owner, agent] = [await member('owner'), await member('agent')]
    const shop = { name: 'Mine', defaultCountry: null, timeZone: 'Europe/Madrid', language: 'es' as const }
    await owner.client.members.remove({ memberId: agent.memberId })
    const again = await server.deps.db
      .transaction()
      .execute((tx) => server.deps.people.openSession(tx, agent.userId, { ip: '', userAgent: '' }))
    const client = connectClient(server.url, { cookie: again.slice(0, again.indexOf(';')) })
    await expect(client.workspaces.create(shop)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      data: { reason: 'no-workspace' },
    })
    expect((await client.workspaces.list()).items).toEqual([])
  })
})

describe('teams', () => {
  test('owners make, rename and remove them; names are unique without regard to case', async () => {
    const owner = await member('owner')
    const sales = await owner.client.teams.create({ name: 'Ventas' })
    await expect(owner.client.teams.create({ name: 'VENTAS' })).rejects.toMatchObject({
      code: 'CONFLICT',
      data: { reason: 'name-taken' },
    })
    const help = await owner.client.teams.create({ name: 'Ayuda' })
    await expect(owner.client.teams.rename({ teamId: help.id, name: 'ventas' })).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    expect((await owner.client.teams.rename({ teamId: sales.id, name: 'Tienda' })).name).toBe('Tienda')
    expect((await owner.client.teams.list()).items.map((team) => team.name)).toEqual(['Ayuda', 'Tienda'])
    for (const team of [sales, help]) await owner.client.teams.remove({ teamId: team.id })
    await expect(owner.client.teams.remove({ teamId: sales.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('managers and agents see them and change none', async () => {
    for (const role of ['manager', 'agent'] as const) {
      const { client } = await member(role)
      expect((await client.teams.list()).items).toEqual([])
      await expect(client.teams.create({ name: 'X' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    }
  })

  test('a member’s contacts follow them to another team, and out of one that is removed', async () => {
    const owner = await member('owner')
    const team = await owner.client.teams.create({ name: 'Ventas' })
    const agent = await member('agent')
    const contactId = await assignedContact(agent.memberId)
    await owner.client.members.updateAccess({
      memberId: agent.memberId,
      ...as('agent', { teamId: team.id, restrictions: ['onlyTeam'] }),
    })
    expect((await stateOf(contactId)).team_id).toBe(team.id)
    expect((await owner.client.teams.list()).items).toEqual([{ id: team.id, name: 'Ventas', members: 1 }])
    await owner.client.teams.remove({ teamId: team.id })
    expect(await stateOf(contactId)).toMatchObject({ assignee_id: agent.memberId, team_id: null })
    expect((await owner.client.members.list()).items.find((one) => one.id === agent.memberId)?.teamId).toBeNull()
  })
})

test('a person’s name is theirs to change, in all their workspaces', async () => {
  const agent = await member('agent', { name: 'Ana' })
  const elsewhere = await makeTestWorkspace(server.deps)
  const there = await member('agent', { workspace: elsewhere, userId: agent.userId, email: agent.email, name: 'Ana' })
  const client = connectClient(server.url, { cookie: agent.cookie, 'x-ficha-workspace': String(workspaceId) })
  expect((await client.members.updateProfile({ name: 'Ana María' })).name).toBe('Ana María')
  const row = await server.deps.db
    .selectFrom('member')
    .select('name')
    .where('workspace_id', '=', elsewhere)
    .where('id', '=', there.memberId)
    .executeTakeFirstOrThrow()
  expect(row.name).toBe('Ana María')
})
