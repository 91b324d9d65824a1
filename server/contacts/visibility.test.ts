import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Filter } from '#contract/filter.ts'
import type { Restriction } from '#contract/policy.ts'
import type { Client } from '../testing/client.ts'
import { connectClient } from '../testing/client.ts'
import { givenMember, givenWorkspace, type GivenMember } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
let shop: { id: number; owner: GivenMember; manager: GivenMember; agent: GivenMember }

beforeAll(async () => {
  server = await startTestServer({ work: false })
})
beforeEach(async () => {
  shop = await givenWorkspace(server)
})
afterAll(() => server.close())

async function contact(assigneeId: number | null = null): Promise<number> {
  const { id } = await shop.owner.client.contacts.create({ values: { firstName: 'Luz', phone: '+34 600 00 01 42' } })
  if (assigneeId !== null) await shop.owner.client.conversations.assign({ contactId: id, memberId: assigneeId })
  return id
}

const agent = (restrictions: Restriction[], teamId: number | null = null) =>
  givenMember(server, shop.id, { role: 'agent', restrictions, teamId })

/** How reading and editing a contact end. */
async function reach({ contacts }: Client, contactId: number): Promise<string[]> {
  const end = (act: Promise<unknown>) =>
    act.then(
      () => 'ok',
      (error: { code: string }) => error.code,
    )
  return [
    await end(contacts.get({ contactId })),
    await end(contacts.update({ contactId, values: { lastName: 'Cambiada' } })),
  ]
}
const open = ['ok', 'ok']
const notThere = ['NOT_FOUND', 'NOT_FOUND']

describe('an agent', () => {
  test('without restrictions opens and edits every contact', async () => {
    expect(await reach(shop.agent.client, await contact())).toEqual(open)
    expect(await reach(shop.agent.client, await contact(shop.manager.memberId))).toEqual(open)
  })

  test('who sees only their own finds nobody else’s, nor unassigned ones', async () => {
    const narrowed = await agent(['onlyMine'])
    expect(await reach(narrowed.client, await contact(narrowed.memberId))).toEqual(open)
    expect(await reach(narrowed.client, await contact(shop.agent.memberId))).toEqual(notThere)
    expect(await reach(narrowed.client, await contact())).toEqual(notThere)
  })

  test('who sees only the team’s finds those of its members, and without a team nothing', async () => {
    const { id: teamId } = await shop.owner.client.teams.create({ name: 'Ventas' })
    const narrowed = await agent(['onlyTeam'], teamId)
    const colleague = await agent([], teamId)
    expect(await reach(narrowed.client, await contact(colleague.memberId))).toEqual(open)
    expect(await reach(narrowed.client, await contact(shop.agent.memberId))).toEqual(notThere)
    expect(await reach(narrowed.client, await contact())).toEqual(notThere)
    const teamless = await agent(['onlyTeam'])
    expect(await reach(teamless.client, await contact())).toEqual(notThere)
  })

  test('hears the same of a hidden contact as of one that never was', async () => {
    const narrowed = await agent(['onlyMine'])
    const hidden = await contact()
    const answer = (id: number) =>
      fetch(`${server.url}/api/contacts/${id}`, { headers: narrowed.headers }).then(async (reply) => ({
        status: reply.status,
        body: await reply.text(),
      }))
    expect(await answer(hidden)).toEqual(await answer(987_654))
    expect((await answer(hidden)).status).toBe(404)
  })

  test('does not browse or add contacts; Managers and Owners do', async () => {
    for (const act of [
      () => shop.agent.client.contacts.list({}),
      () => shop.agent.client.contacts.create({ values: { firstName: 'X' } }),
    ])
      await expect(act()).rejects.toMatchObject({ code: 'FORBIDDEN', status: 403 })
    for (const { client } of [shop.owner, shop.manager]) {
      await client.contacts.create({ values: { firstName: 'X' } })
      expect((await client.contacts.list({})).items.length).toBeGreaterThan(0)
    }
  })
})

describe('another workspace', () => {
  test('has nothing here, and leaves no trace of having asked', async () => {
    const stranger = await givenWorkspace(server)
    const contactId = await contact()
    for (const { client } of [stranger.owner, stranger.manager, stranger.agent])
      expect(await reach(client, contactId)).toEqual(notThere)
    expect((await shop.owner.client.contacts.get({ contactId })).version).toBe(1)
    expect((await stranger.owner.client.contacts.list({ q: 'Luz' })).items).toEqual([])
  })

  test('cannot be entered by naming it', async () => {
    const stranger = await givenWorkspace(server)
    const contactId = await contact()
    const headers = { cookie: stranger.owner.cookie, 'x-ficha-workspace': String(shop.id) }
    expect(await reach(connectClient(server.url, headers), contactId)).toEqual(notThere)
  })

  test('is not reached by any filter: what it asks for is asked within one’s own', async () => {
    const { owner } = await givenWorkspace(server)
    await contact()
    const anybody: Filter = {
      or: [
        { field: 'email', operator: 'exists' },
        { field: 'email', operator: 'doesNotExist' },
        { and: [{ or: [{ field: 'phone', operator: 'doesNotExist' }] }] },
      ],
    }
    expect((await owner.client.contacts.list({ filter: anybody })).items).toEqual([])
    expect(await owner.client.contacts.count({ filter: anybody })).toMatchObject({ contacts: 0 })
    const { id } = await owner.client.segments.create({ name: 'Todos', filter: anybody })
    expect((await owner.client.contacts.list({ segmentId: id })).items).toEqual([])
    expect((await shop.owner.client.contacts.list({ filter: anybody })).items).toHaveLength(1)
  })

  test('does not share a page of its list', async () => {
    const stranger = await givenWorkspace(server)
    for (const { owner } of [shop, stranger])
      for (const firstName of ['A', 'B', 'C']) await owner.client.contacts.create({ values: { firstName } })
    const { next } = await stranger.owner.client.contacts.list({ limit: 1 })
    await expect(shop.owner.client.contacts.list({ limit: 1, cursor: next })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
  })
})

test('nobody signed out reaches anything', async () => {
  const contactId = await contact()
  expect(await reach(connectClient(server.url), contactId)).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED'])
})

test('the number of an absorbed contact opens and edits the one that absorbed it', async () => {
  const [survivor, absorbed] = [await contact(), await contact()]
  await server.deps.db
    .updateTable('contact')
    .set({ root_id: survivor })
    .where('workspace_id', '=', shop.id)
    .where('id', '=', absorbed)
    .execute()
  await server.deps.db
    .updateTable('contact_state')
    .set({ live: false })
    .where('workspace_id', '=', shop.id)
    .where('contact_id', '=', absorbed)
    .execute()
  const { contacts } = shop.agent.client
  expect((await contacts.get({ contactId: absorbed })).id).toBe(survivor)
  expect(await contacts.update({ contactId: absorbed, values: { lastName: 'Soto' } })).toMatchObject({
    id: survivor,
    displayName: 'Luz Soto',
  })
  const { items } = await shop.owner.client.contacts.list({})
  expect(items.map(({ id }) => id)).toEqual([survivor])
})
