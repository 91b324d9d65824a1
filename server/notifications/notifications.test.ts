import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { LiveEvent } from '#contract/live.ts'
import { givenShop, type Shop } from '../conversations/testing.ts'
import type { Client } from '../testing/client.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { waitFor } from '../testing/wait-for.ts'

let server: TestServer
let double: CustomDouble
let shop: Shop
let contactId: number
beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer({ work: false })
})
beforeEach(async () => {
  shop = await givenShop(server, double)
  await shop.hear('+34600000142', 'hola', { firstName: 'Luz' })
  contactId = (await shop.owner.client.contacts.list({ limit: 1 })).items[0]!.id
})
afterAll(async () => {
  await server.close()
  await double.close()
})

/** What somebody has not read, newest first. */
const unread = async (client: Client) =>
  (await client.notifications.unread()).items.map(({ kind, by, text, messages }) =>
    [kind, by?.name ?? '', text ?? '', messages].join(' · '),
  )

test('who is given a contact, written to by it or called in a note is told; nobody is told of their own doing', async () => {
  const { owner, manager, agent } = shop
  await shop.hear('+34600000142', 'nadie lo mira')
  await owner.client.conversations.assign({ contactId, memberId: agent.memberId })
  await shop.hear('+34600000142', 'uno')
  await shop.hear('+34600000142', 'dos')
  await owner.client.conversations.addNote({ contactId, text: 'ojo', mentions: [agent.memberId, owner.memberId] })
  expect(await unread(agent.client)).toEqual([
    'mention · Olga Dueñas · ojo · 1',
    'message ·  · dos · 2',
    'assigned · Olga Dueñas ·  · 1',
  ])
  expect((await agent.client.notifications.list({})).items[0]).toMatchObject({
    contact: { id: contactId, displayName: 'Luz' },
    isRead: false,
  })
  expect(await unread(owner.client)).toEqual([])

  await manager.client.conversations.assign({ contactId, memberId: manager.memberId })
  expect(await unread(manager.client)).toEqual([])
  await shop.hear('+34600000142', 'tres')
  expect(await unread(manager.client)).toEqual(['message ·  · tres · 1'])
})

test('what was read is read; what comes after it is new', async () => {
  const { agent, owner } = shop
  const { notifications, conversations } = agent.client
  await owner.client.conversations.assign({ contactId, memberId: agent.memberId })
  await shop.hear('+34600000142', 'uno')
  const [message, assigned] = (await notifications.list({})).items
  // nobody reads for somebody else
  await owner.client.notifications.markRead({ notificationIds: [message!.id, assigned!.id] })
  await notifications.markRead({ notificationIds: [assigned!.id] })
  expect(await unread(agent.client)).toEqual(['message ·  · uno · 1'])
  // reading the thread is reading what it was about
  const [newest] = (await shop.messages(contactId)).toReversed()
  await conversations.markRead({ contactId, upTo: newest!.id })
  expect(await unread(agent.client)).toEqual([])
  await shop.hear('+34600000142', 'dos')
  expect(await unread(agent.client)).toEqual(['message ·  · dos · 1'])
  await notifications.markAllRead({ upTo: assigned!.id })
  expect(await unread(agent.client)).toHaveLength(1)
  const { items, next } = await notifications.list({ limit: 2 })
  await notifications.markAllRead({ upTo: items[0]!.id })
  expect(await notifications.unread()).toEqual({ count: 0, items: [] })
  expect((await notifications.list({ limit: 2, cursor: next })).items.map(({ id }) => id)).toEqual([assigned!.id])
})

test('blocked contacts and what was held tell nobody; a contact that is merged is told of by the one it is now', async () => {
  const { agent, owner } = shop
  await owner.client.conversations.assign({ contactId, memberId: agent.memberId })
  await owner.client.blocking.block({ contactId })
  await shop.hear('+34600000142', 'retenido')
  expect(await unread(agent.client)).toEqual([])
  await owner.client.blocking.unblock({ contactId, showHeld: true })
  expect(await unread(agent.client)).toEqual(['assigned · Olga Dueñas ·  · 1'])

  const { id } = await owner.client.contacts.create({ values: { firstName: 'Lucía' } })
  await owner.client.merging.merge({ contactIds: [id, contactId], survivorId: id })
  const { items } = await agent.client.notifications.unread()
  expect(items.map(({ contact }) => contact)).toMatchObject([{ id, displayName: 'Lucía' }])
})

test('each says what they want to be told of; out of sight, nothing is said', async () => {
  const { agent, owner } = shop
  const { notifications } = agent.client
  expect(await notifications.settings()).toEqual({ assigned: 'desktop', message: 'desktop', mention: 'desktop' })
  expect(await notifications.updateSettings({ message: 'off', mention: 'app' })).toEqual({
    assigned: 'desktop',
    message: 'off',
    mention: 'app',
  })
  await owner.client.conversations.assign({ contactId, memberId: agent.memberId })
  await shop.hear('+34600000142', 'uno')
  expect(await unread(agent.client)).toEqual(['assigned · Olga Dueñas ·  · 1'])
  expect(await owner.client.notifications.settings()).toMatchObject({ message: 'desktop' })

  await owner.client.members.updateAccess({
    memberId: agent.memberId,
    role: 'agent',
    restrictions: ['onlyMine'],
    teamId: null,
  })
  expect(await unread(agent.client)).toHaveLength(1)
  await owner.client.conversations.assign({ contactId, memberId: owner.memberId })
  expect(await notifications.unread()).toEqual({ count: 0, items: [] })
  expect((await notifications.list({})).items).toEqual([])
})

test('the browser of the one who is meant hears of it, and no other', async () => {
  const { agent, manager, owner } = shop
  const heard = async (client: Client) => {
    const events: LiveEvent[] = []
    const end = new AbortController()
    const stream = await client.live.watch(undefined, { signal: end.signal })
    void (async () => {
      for await (const event of stream) events.push(event)
    })().catch(() => {})
    await waitFor('the stream', async () => events.length > 0)
    return { events, end: () => end.abort() }
  }
  const [theirs, others] = [await heard(agent.client), await heard(manager.client)]
  await owner.client.conversations.assign({ contactId, memberId: agent.memberId })
  await waitFor('the notice', async () => theirs.events.some(({ type }) => type === 'notifications'))
  await waitFor('the assignment', async () => others.events.some(({ type }) => type === 'conversation'))
  expect(others.events.map(({ type }) => type)).not.toContain('notifications')
  theirs.end()
  others.end()
})
