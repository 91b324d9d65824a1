import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { givenMember } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { suggestDuplicates } from './suggest-duplicates.ts'
import { givenCrowd, type Crowd } from './testing.ts'

let server: TestServer
let crowd: Crowd

beforeAll(async () => {
  server = await startTestServer({ work: false })
})
beforeEach(async () => {
  crowd = await givenCrowd(server)
})
afterAll(() => server.close())

const phone = '+34600000142'
const refusalOf = (act: Promise<unknown>) =>
  act.then(
    () => null,
    (error: { code?: string; data?: unknown }) => error,
  )
const byNumber = (a: number, b: number) => a - b
const everybody = { tiers: ['A', 'B', 'C'] as ('A' | 'B' | 'C')[] }

test('a phone in Mexico’s old spelling and the same one in today’s are one', async () => {
  await crowd.add({ firstName: 'Lucía', lastName: 'Romero', phone: '+52 1 55 1234 5678' })
  await crowd.add({ firstName: 'Lucia', lastName: 'Romero', phone: '+52 55 1234 5678' })
  expect(await crowd.suggested()).toEqual(['1–2 A'])
  const { items } = await crowd.owner.client.duplicates.list({})
  expect(items[0]!.reasons).toMatchObject([
    { kind: 'phone', fields: ['phone', 'phone'], holders: 2 },
    { kind: 'name', strength: 'agree', values: ['Lucía Romero', 'Lucia Romero'] },
  ])
})

test('dots, plus signs and the other name of one mailbox make no second person', async () => {
  await crowd.add({ firstName: 'Iván', email: 'ivan.perez@gmail.com' })
  await crowd.add({ firstName: 'Iván', email: 'IvanPerez+tienda@googlemail.com' })
  expect(await crowd.suggested()).toEqual(['1–2 A'])
})

test('fillers and the inbox of a task join nobody', async () => {
  for (const email of ['test@example.com', 'info@talleres-vidal.es', 'noreply@talleres-vidal.es'])
    for (const firstName of ['Marta', 'Jorge']) await crowd.add({ firstName, email })
  expect(await crowd.suggested()).toEqual([])
})

test('a family’s phone joins nobody whose name contradicts, and counts against the one who shares it', async () => {
  const lucia = await crowd.add({ firstName: 'Lucía', lastName: 'Romero', phone })
  const jorge = await crowd.add({ firstName: 'Jorge', lastName: 'Vidal', phone })
  expect(await crowd.suggested()).toEqual([])
  const lu = await crowd.add({ firstName: 'Lucía', lastName: 'Romero', phone })
  expect(await crowd.suggested()).toEqual([`${lucia}–${lu} B`])
  const { items } = await crowd.owner.client.duplicates.ofContact({ contactId: lu })
  expect(items[0]!.reasons.find(({ kind }) => kind === 'dispute')).toMatchObject({
    strength: 'two',
    others: [{ contactId: jorge, displayName: 'Jorge Vidal' }],
  })
})

test('what more than twenty share joins nobody, is listed, and joins again when it is fewer', async () => {
  const contacts = []
  for (let n = 0; n < 20; n++) contacts.push(await crowd.add({ firstName: 'Ana', phone }))
  expect(await crowd.suggested()).toHaveLength(100)
  const { duplicates } = crowd.owner.client
  expect(await duplicates.counts()).toMatchObject({ A: 190 })
  expect((await duplicates.sharedIdentifiers({})).items).toEqual([])

  const last = await crowd.add({ firstName: 'Ana', phone })
  expect(await crowd.suggested()).toEqual([])
  expect((await duplicates.sharedIdentifiers({})).items).toMatchObject([
    { kind: 'phone', value: '+34 600 00 01 42', holders: 21, because: 'many' },
  ])
  expect((await duplicates.ofContact({ contactId: last })).items).toEqual([])

  await crowd.edit(contacts[0]!, { phone: null })
  await crowd.compare()
  expect(await duplicates.counts()).toMatchObject({ A: 190 })
  expect((await duplicates.sharedIdentifiers({})).items).toEqual([])
})

test('two told apart are not suggested again, whatever else is edited, until something new joins them', async () => {
  const a = await crowd.add({ firstName: 'Lucía', phone })
  const b = await crowd.add({ firstName: 'Lucía', lastName: 'Romero', phone })
  expect(await crowd.suggested()).toEqual(['1–2 A'])
  const { duplicates } = crowd.owner.client
  await duplicates.dismiss({ a: b, b: a })
  expect(await crowd.suggested()).toEqual([])
  await crowd.edit(a, { lastName: 'Romero', language: 'es' })
  await crowd.edit(b, { phone: null })
  await crowd.compare()
  await crowd.edit(b, { phone })
  expect(await crowd.suggested()).toEqual([])
  expect((await duplicates.dismissed({})).items).toMatchObject([{ a: { id: a }, b: { id: b }, by: 'Olga Dueñas' }])

  await crowd.edit(a, { email: 'lucia@talleres-vidal.es' })
  expect(await crowd.suggested()).toEqual([])
  await crowd.edit(b, { email: 'lucia@talleres-vidal.es' })
  expect(await crowd.suggested()).toEqual(['1–2 A'])
})

test('telling apart can be taken back', async () => {
  const a = await crowd.add({ firstName: 'Lucía', phone })
  const b = await crowd.add({ firstName: 'Lucía', phone })
  await crowd.compare()
  const { duplicates } = crowd.owner.client
  await duplicates.dismiss({ a, b })
  await duplicates.dismiss({ a, b })
  await duplicates.reopen({ a, b })
  expect(await crowd.suggested()).toEqual(['1–2 A'])
  expect((await duplicates.dismissed({})).items).toEqual([])
})

test('a value that the workspace calls shared joins nobody, until it takes that back', async () => {
  const a = await crowd.add({ firstName: 'Lucía', phone })
  await crowd.add({ firstName: 'Lucía', phone })
  expect(await crowd.suggested()).toEqual(['1–2 A'])
  const { duplicates } = crowd.owner.client
  const { key } = await duplicates.blockValue({ value: '600 000 142' })
  expect(await crowd.suggested()).toEqual([])
  await crowd.edit(a, { lastName: 'Romero' })
  expect(await crowd.suggested()).toEqual([])
  expect((await duplicates.sharedIdentifiers({})).items).toMatchObject([
    { key, because: 'blocked', blockedBy: 'Olga Dueñas' },
  ])
  await duplicates.unblockValue({ key })
  expect(await crowd.suggested()).toEqual(['1–2 A'])
})

test('a value that is nobody’s by itself need not be blocked, and is said to be so', async () => {
  const { duplicates } = crowd.owner.client
  const refusal = await refusalOf(duplicates.blockValue({ value: 'test@example.com' }))
  expect(refusal?.data).toMatchObject({ fields: [{ path: 'value', reason: 'placeholder' }] })
  const wrong = await refusalOf(duplicates.blockValue({ value: 'hola' }))
  expect(wrong?.data).toMatchObject({ fields: [{ path: 'value', reason: 'format' }] })
})

test('who is blocked is suggested to nobody and speaks against nobody', async () => {
  const jorge = await crowd.add({ firstName: 'Jorge', lastName: 'Vidal', phone })
  await crowd.add({ firstName: 'Lucía', lastName: 'Romero', phone })
  const lu = await crowd.add({ firstName: 'Lucía', lastName: 'Romero', phone })
  expect(await crowd.suggested()).toEqual(['2–3 B'])
  await crowd.block(jorge, true)
  expect(await crowd.suggested()).toEqual(['2–3 A'])
  await crowd.block(lu, true)
  expect(await crowd.suggested()).toEqual([])
  await crowd.block(jorge, false)
  await crowd.block(lu, false)
  expect(await crowd.suggested()).toEqual(['2–3 B'])
})

test('a group is only what can be one person as a whole, and never two who were told apart', async () => {
  const a = await crowd.add({ firstName: 'Lucía', lastName: 'Romero', phone })
  const b = await crowd.add({ firstName: 'Lucía', lastName: 'Romero', phone, email: 'lucia@talleres-vidal.es' })
  const c = await crowd.add({ firstName: 'Lucía', email: 'lucia@talleres-vidal.es' })
  const d = await crowd.add({ firstName: 'Lucía', phone })
  await crowd.compare()
  const { duplicates } = crowd.owner.client
  // c hangs together with a and d through b alone
  expect((await duplicates.ofContact({ contactId: a })).group).toEqual({ contactIds: [a, b, d] })
  expect((await duplicates.ofContact({ contactId: c })).group).toBeNull()
  await duplicates.dismiss({ a, b: d })
  await crowd.compare()
  expect((await duplicates.ofContact({ contactId: a })).group).toBeNull()
  expect((await duplicates.ofContact({ contactId: b })).group).toBeNull()
})

test('nobody is suggested across workspaces, and to a member only whom they see', async () => {
  const other = await givenCrowd(server)
  await other.add({ firstName: 'Lucía', phone })
  const mine = await crowd.add({ firstName: 'Lucía', phone })
  expect(await crowd.suggested()).toEqual([])
  const agent = await givenMember(server, crowd.id, { role: 'agent', restrictions: ['onlyMine'] })
  const theirs = await crowd.add({ firstName: 'Lucía', phone })
  await crowd.owner.client.conversations.assign({ contactId: theirs, memberId: agent.memberId })
  expect(await crowd.suggested()).toEqual([`${mine}–${theirs} A`])
  expect((await agent.client.duplicates.ofContact({ contactId: theirs })).items).toEqual([])
  expect(await refusalOf(agent.client.duplicates.dismiss({ a: mine, b: theirs }))).toMatchObject({ code: 'NOT_FOUND' })
  await crowd.owner.client.conversations.assign({ contactId: mine, memberId: agent.memberId })
  expect((await agent.client.duplicates.ofContact({ contactId: theirs })).items).toMatchObject([{ a: { id: mine } }])
})

test('two who write the same phone at the same moment are found, however they are compared', async () => {
  for (let round = 0; round < 10; round++) {
    const same = `+3460000${String(1000 + round)}`
    const pair = await Promise.all([
      crowd.add({ firstName: 'Lucía', phone: same }).then(async (id) => (await crowd.compare(), id)),
      crowd.add({ firstName: 'Lucía', phone: same }).then(async (id) => (await crowd.compare(), id)),
    ])
    // which of the two stands first is told by when they were made, and they were made at once
    const { items } = await crowd.owner.client.duplicates.list({ ...everybody, limit: 100 })
    expect(items.map(({ a, b }) => [a.id, b.id].toSorted(byNumber))).toContainEqual(pair.toSorted(byNumber))
  }
})

test('who was found while the work was cut off is found all the same', async () => {
  await crowd.add({ firstName: 'Lucía', phone })
  await crowd.add({ firstName: 'Lucía', phone })
  await suggestDuplicates(server.deps, { workspaceId: crowd.id }, AbortSignal.abort())
  expect((await crowd.owner.client.duplicates.list({})).items).toEqual([])
  expect(await crowd.suggested()).toEqual(['1–2 A'])
})

test('a page goes on exactly where the last one ended, surest first', async () => {
  for (let n = 0; n < 7; n++) await crowd.add({ firstName: n % 2 ? 'Lucía' : 'Ana', lastName: 'Gil', phone })
  await crowd.compare()
  const { duplicates } = crowd.owner.client
  const whole = (await duplicates.list({ ...everybody, limit: 100 })).items
  expect(whole.length).toBeGreaterThan(5)
  expect(whole.map(({ score }) => score)).toEqual(whole.map(({ score }) => score).toSorted((x, y) => y - x))
  const pieces = []
  for (let cursor: string | null = null, more = true; more;) {
    const page: Awaited<ReturnType<typeof duplicates.list>> = await duplicates.list({ ...everybody, limit: 2, cursor })
    pieces.push(...page.items)
    cursor = page.next
    more = cursor !== null
  }
  expect(pieces).toEqual(whole)
})
