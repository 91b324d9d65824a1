import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { runJob } from '../bulk/run-job.ts'
import { givenShop, type Shop } from '../conversations/testing.ts'
import { deletion as deleting } from '../deletion/deletion.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import type { Client } from '../testing/client.ts'
import { givenMember } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
let double: CustomDouble
let shop: Shop
beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer({ work: false })
})
beforeEach(async () => {
  shop = await givenShop(server, double)
})
afterAll(async () => {
  await server.close()
  await double.close()
})

const told = async (contactId: number, client: Client = shop.owner.client) =>
  (await client.activity.ofContact({ contactId, limit: 100 })).items
/** Newest last, without what differs from run to run. */
const story = async (contactId: number) =>
  (await told(contactId)).toReversed().map(({ kind, actor, data }) => ({ kind, by: actor.name ?? actor.type, data }))

test('every act on a contact is told with who did it and from → to', async () => {
  const { owner, manager, agent } = shop
  const { contacts, conversations, fields, blocking } = owner.client
  const size = await fields.create({ name: 'Talla', type: 'number' })
  const { id: contactId } = await contacts.create({ values: { firstName: 'Luz', phone: '+34600000142' } })
  await contacts.update({
    contactId,
    values: { firstName: 'Lucía', phone: '+5491155550163', custom: { [size.id]: 38 } },
  })
  const { tags } = await manager.client.contacts.tag({ contactId, names: ['VIP'] })
  await contacts.untag({ contactId, tagIds: [tags[0]!.id] })
  await conversations.assign({ contactId, memberId: agent.memberId })
  await conversations.open({ contactId })
  const soon = new Date(Date.now() + 3600_000).toISOString()
  const later = new Date(Date.now() + 7200_000).toISOString()
  await agent.client.conversations.snooze({ contactId, until: soon })
  await conversations.snooze({ contactId, until: later })
  await conversations.open({ contactId })
  await conversations.close({ contactId, category: 'Venta', summary: 'Compró' })
  await blocking.block({ contactId, reason: 'Publicidad' })
  await blocking.unblock({ contactId, showHeld: false })
  await owner.client.members.remove({ memberId: agent.memberId })

  const person = { memberId: agent.memberId, name: 'Ana Agente' }
  expect(await story(contactId)).toMatchObject([
    { kind: 'contactCreated', by: 'Olga Dueñas', data: { source: 'person', name: 'Luz' } },
    { kind: 'fieldChanged', by: 'Olga Dueñas', data: { field: 'firstName', from: 'Luz', to: 'Lucía' } },
    { kind: 'fieldChanged', by: 'Olga Dueñas', data: { field: 'phone', from: '+34600000142', to: '+5491155550163' } },
    { kind: 'fieldChanged', by: 'Olga Dueñas', data: { field: `#${size.id}`, name: 'Talla', from: null, to: 38 } },
    { kind: 'fieldChanged', by: 'system', data: { field: 'country', from: 'ES', to: 'AR', source: 'derived' } },
    { kind: 'tagAdded', by: 'Mario Gerente', data: { name: 'VIP' } },
    { kind: 'tagRemoved', by: 'Olga Dueñas', data: { name: 'VIP' } },
    { kind: 'assigned', by: 'Olga Dueñas', data: { from: null, to: person } },
    { kind: 'opened', by: 'Olga Dueñas', data: { source: 'member' } },
    // of somebody who is no longer a member
    { kind: 'snoozed', by: 'Ana Agente', data: { from: null, until: soon } },
    { kind: 'snoozed', by: 'Olga Dueñas', data: { from: soon, until: later } },
    { kind: 'unsnoozed', by: 'Olga Dueñas', data: { cause: 'member' } },
    { kind: 'closed', by: 'Olga Dueñas', data: { category: 'Venta', summary: 'Compró' } },
    { kind: 'blocked', by: 'Olga Dueñas', data: { reason: 'Publicidad' } },
    { kind: 'unblocked', by: 'Olga Dueñas', data: { held: 0, shown: false } },
    { kind: 'unassigned', by: 'Olga Dueñas', data: { from: person, to: null, cause: 'memberRemoved' } },
  ])
  const { phones } = (await told(contactId)).find(
    ({ kind, data }) => kind === 'fieldChanged' && data.field === 'phone',
  )!
  expect(phones).toEqual({ '+34600000142': '+34 600 00 01 42', '+5491155550163': '+54 9 11 5555 0163' })

  const { items } = await owner.client.activity.ofContact({ contactId, group: 'tags' })
  expect(items.map(({ kind }) => kind)).toEqual(['tagRemoved', 'tagAdded'])
  await expect(owner.client.activity.ofContact({ contactId, cursor: 'bm8' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  })
  const pages: number[] = []
  for (let cursor: string | null = null; ;) {
    const page: Awaited<ReturnType<typeof owner.client.activity.ofContact>> = await owner.client.activity.ofContact({
      contactId,
      limit: 7,
      cursor,
    })
    pages.push(...page.items.map(({ id }) => id))
    cursor = page.next
    if (cursor === null) break
  }
  expect(pages).toEqual((await told(contactId)).map(({ id }) => id))
})

test('what the channel brings is told with the channel, and a new name as well', async () => {
  await shop.hear('+34600000142', 'hola', { firstName: 'Luz', profile: { name: 'Luz S' } })
  await shop.hear('+34600000142', 'soy otra', { firstName: 'Lucía' })
  const { items } = await shop.owner.client.contacts.list({ limit: 5 })
  const events = (await told(items[0]!.id)).toReversed()
  expect(events.map(({ kind, actor }) => `${kind} ${actor.type}`)).toEqual([
    'contactCreated contact',
    'contactChannelAdded contact',
    'opened contact',
    'fieldChanged contact',
    'fieldChanged contact',
  ])
  for (const [at, field] of [
    [3, 'firstName'],
    [4, 'profileName'],
  ] as const)
    expect(events[at]).toMatchObject({
      data: { field, from: 'Luz', to: 'Lucía' },
      channelName: events[0]!.channelName,
    })
  expect(events[0]!.channelName).not.toBeNull()
})

test('a merged contact tells what happened to all of it, a merge once; undone, each tells its own', async () => {
  const { contacts, merging, duplicates } = shop.owner.client
  const add = async (firstName: string) => (await contacts.create({ values: { firstName, phone: '+34600000142' } })).id
  const [a, b] = [await add('Luz'), await add('Lucía')]
  await shop.owner.client.duplicates.dismiss({ a, b })
  await duplicates.reopen({ a, b })
  const { mergeId } = await merging.merge({ contactIds: [a, b], survivorId: a })
  const kinds = async (contactId: number) =>
    (await told(contactId)).toReversed().map((event) => `${event.kind} ${event.contactId}`)
  const whole = [
    `contactCreated ${a}`,
    `contactCreated ${b}`,
    `toldApart ${a}`,
    `toldApart ${b}`,
    `toldApartUndone ${a}`,
    `toldApartUndone ${b}`,
    `merged ${a}`,
  ]
  expect(await kinds(a)).toEqual(whole)
  // the number it had answers for the one it is now
  expect(await kinds(b)).toEqual(whole)
  await merging.undo({ mergeId })
  const alone = (id: number) =>
    ['contactCreated', 'toldApart', 'toldApartUndone', 'merged', 'unmerged'].map((kind) => `${kind} ${id}`)
  expect(await kinds(a)).toEqual(alone(a))
  expect(await kinds(b)).toEqual(alone(b))
})

test('whoever may not see the contact is not told of it', async () => {
  const { id: contactId } = await shop.owner.client.contacts.create({ values: { firstName: 'Luz' } })
  const mine = await givenMember(server, shop.id, { role: 'agent', restrictions: ['onlyMine'] })
  await expect(told(contactId, mine.client)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await shop.owner.client.conversations.assign({ contactId, memberId: mine.memberId })
  expect((await told(contactId, mine.client)).map(({ kind }) => kind)).toEqual(['assigned', 'contactCreated'])
})

test('what a field held before is told alone, by whom and from where; of a merged contact each part; gone with the contact', async () => {
  const { contacts, fields, merging, deletion, activity } = shop.owner.client
  const { id: size } = await fields.create({ name: 'Talla', type: 'number' })
  const { id: contactId } = await contacts.create({ values: { firstName: 'Luz' } })
  const { id: other } = await contacts.create({ values: { firstName: 'Luz' } })
  for (const value of [38, 39, null])
    await shop.manager.client.contacts.update({ contactId, values: { custom: { [size]: value } } })
  await contacts.update({ contactId, values: { country: 'PT' } })
  await contacts.update({ contactId: other, values: { custom: { [size]: 44 } } })
  await merging.merge({ contactIds: [contactId, other], survivorId: contactId })
  const values = async (limit: number) => {
    const seen: unknown[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof activity.ofContact>> = await activity.ofContact({
        contactId,
        field: `#${size}`,
        limit,
        cursor,
      })
      for (const { kind, actor, data, contactId: of } of page.items)
        seen.push(kind === 'fieldChanged' ? [actor.name, data.from, data.to, of] : kind)
      cursor = page.next
    } while (cursor !== null)
    return seen
  }
  const expected = [
    ['Olga Dueñas', null, 44, other],
    ['Mario Gerente', 39, null, contactId],
    ['Mario Gerente', 38, 39, contactId],
    ['Mario Gerente', null, 38, contactId],
  ]
  for (const limit of [1, 3, 10]) expect(await values(limit)).toEqual(expected)
  const { id: jobId } = await deletion.start({ selection: { kind: 'ids', ids: [contactId] }, contacts: 1 })
  await runJob(server.deps, { delete: deleting }, { workspaceId: shop.id, jobId }, new AbortController().signal)
  expect((await shop.owner.client.bulk.get({ jobId })).result?.checked?.left).toBe(0)
  const left = await server.deps.db.selectFrom('activity').select('id').where('workspace_id', '=', shop.id).execute()
  expect(left).toEqual([])
})
