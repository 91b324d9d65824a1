import { ORPCError } from '@orpc/client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { givenMember, givenWorkspace, type GivenMember } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { givenShop, onlyContact, textEvent, words, type Shop } from './testing.ts'
import { wakeSnoozed } from './wake-snoozed.ts'

let server: TestServer
let double: CustomDouble
let shop: Shop
const running = new AbortController().signal

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

const phone = (at: number) => `+3460000${String(1000 + at)}`

/** Conversations with `count` people; answers their contacts, in the order they wrote. */
async function hearFrom(count: number): Promise<number[]> {
  for (let at = 0; at < count; at++)
    await shop.post(phone(at), [textEvent(`hola ${at}`)], { firstName: `Persona ${at}` })
  await shop.ingest()
  const { items } = await shop.owner.client.conversations.list({ view: 'all', limit: 100 })
  return items.map(({ contactId }) => contactId).toReversed()
}

const refusal = async (act: Promise<unknown>): Promise<{ code: string; reason: string | undefined }> => {
  try {
    await act
  } catch (error) {
    if (error instanceof ORPCError) {
      const data = error.data as { reason?: string; fields?: { reason?: string }[] } | undefined
      return { code: error.code, reason: data?.reason ?? data?.fields?.[0]?.reason }
    }
    throw error
  }
  return { code: 'none', reason: undefined }
}
const soon = () => new Date(Date.now() + 60_000).toISOString()

test('pages hold everybody once, newest first, and an edited cursor is refused', async () => {
  const contacts = await hearFrom(23)
  const seen: number[] = []
  let cursor: string | null = null
  do {
    const page = await shop.owner.client.conversations.list({ view: 'all', limit: 5, cursor })
    seen.push(...page.items.map(({ contactId }) => contactId))
    cursor = page.next
  } while (cursor !== null)
  expect(seen).toEqual(contacts.toReversed())
  const { next } = await shop.owner.client.conversations.list({ view: 'all', limit: 5 })
  for (const [wrong, view] of [
    [`${next}x`, 'all'],
    [next!.slice(2), 'all'],
    [next!, 'unassigned'],
  ] as const)
    expect(await refusal(shop.owner.client.conversations.list({ view, limit: 5, cursor: wrong }))).toMatchObject({
      code: 'BAD_REQUEST',
    })
})

test('a thread’s pages hold every message and event once', async () => {
  await shop.post(
    phone(0),
    Array.from({ length: 30 }, (_, at) => textEvent(`línea ${at}`)),
  )
  await shop.ingest()
  const contactId = await onlyContact(shop)
  const found: string[] = []
  let cursor: string | null = null
  do {
    const page = await shop.owner.client.conversations.thread({ contactId, limit: 7, cursor })
    for (const item of page.items) found.push(...(item.type === 'message' ? words([item.message]) : [item.event.kind]))
    cursor = page.next
  } while (cursor !== null)
  expect(found.toReversed()).toEqual([
    'contactChannelAdded',
    'opened',
    ...Array.from({ length: 30 }, (_, at) => `línea ${at}`),
  ])
})

test('unread is each member’s own, capped, forward only, and can be put back', async () => {
  await shop.post(
    phone(0),
    Array.from({ length: 120 }, (_, at) => textEvent(`línea ${at}`)),
  )
  await shop.ingest()
  const contactId = await onlyContact(shop)
  const { client } = shop.owner
  const unread = async (who = client) => (await who.conversations.list({ view: 'all' })).items[0]!.unread
  expect(await unread()).toBe(100)
  const messages = await shop.thread(contactId)
  const last = messages.at(-1)!
  const lastId = last.type === 'message' ? last.message.id : 0
  const early = messages[50]!
  await client.conversations.markRead({ contactId, upTo: lastId + 1_000_000_000 })
  expect(await unread()).toBe(0)
  expect(await unread(shop.manager.client)).toBe(100)
  await client.conversations.markRead({ contactId, upTo: early.type === 'message' ? early.message.id : 0 })
  expect(await unread()).toBe(0)
  expect((await client.conversations.thread({ contactId })).readUpTo).toBe(lastId)
  await shop.hear(phone(0), 'una más')
  expect(await unread()).toBe(1)
  await client.conversations.markRead({ contactId, upTo: null })
  expect(await unread()).toBe(1)
  expect((await client.conversations.list({ view: 'all', unreadOnly: true })).items).toHaveLength(1)
  expect(await client.conversations.counts({})).toEqual({ mine: 0, unassigned: 1, all: 1 })
})

test('search finds names, mails and phones, and takes wildcards as they are', async () => {
  await shop.hear(phone(1), 'hola', { firstName: 'José', lastName: 'Núñez', email: 'pepe@example.com' })
  await shop.hear(phone(2), 'hola', { firstName: '%oferta', lastName: 'a_b' })
  const find = async (q: string) =>
    (await shop.owner.client.conversations.list({ view: 'all', q })).items.map(({ displayName }) => displayName)
  expect(await find('nuñez jose')).toEqual(['José Núñez'])
  expect(await find('pepe@exa')).toEqual(['José Núñez'])
  expect(await find('600 001 002')).toEqual(['%oferta a_b'])
  expect(await find('%')).toEqual(['%oferta a_b'])
  expect(await find('a_b')).toEqual(['%oferta a_b'])
  expect(await find('axb')).toEqual([])
  expect(await find("' or 1=1 --")).toEqual([])
  expect(await find('%a'.repeat(100))).toEqual([])
})

describe('assigning', () => {
  test('gives the contact to a member, moves it between views, and is written down with names', async () => {
    const [contactId] = await hearFrom(1)
    const { agent, owner } = shop
    const details = await owner.client.conversations.assign({ contactId: contactId!, memberId: agent.memberId })
    expect(details.assignee).toEqual({ memberId: agent.memberId, name: agent.name })
    const view = async (member: GivenMember, which: 'mine' | 'unassigned') =>
      (await member.client.conversations.list({ view: which })).items.length
    expect([await view(agent, 'mine'), await view(owner, 'mine'), await view(owner, 'unassigned')]).toEqual([1, 0, 0])
    await owner.client.conversations.assign({ contactId: contactId!, memberId: null, replaces: agent.memberId })
    const events = (await shop.thread(contactId!)).flatMap((item) => (item.type === 'event' ? [item.event] : []))
    expect(events.slice(-2)).toMatchObject([
      { kind: 'assigned', actor: { name: owner.name }, data: { from: null, to: { name: agent.name } } },
      { kind: 'unassigned', data: { from: { name: agent.name }, to: null } },
    ])
  })

  test('does not overwrite what somebody else did meanwhile', async () => {
    const [contactId] = await hearFrom(1)
    const { agent, manager, owner } = shop
    await manager.client.conversations.assign({ contactId: contactId!, memberId: agent.memberId })
    const stale = owner.client.conversations.assign({
      contactId: contactId!,
      memberId: owner.memberId,
      replaces: null,
    })
    await expect(stale).rejects.toMatchObject({
      code: 'STALE',
      data: { fields: [{ field: 'assignee', current: { memberId: agent.memberId }, by: manager.name }] },
    })
  })

  test('is refused for strangers, for the removed, and for who would not see it', async () => {
    const [contactId] = await hearFrom(1)
    const elsewhere = await givenWorkspace(server)
    const blind = await givenMember(server, shop.id, { restrictions: ['onlyTeam'] })
    const assign = (memberId: number) =>
      refusal(shop.owner.client.conversations.assign({ contactId: contactId!, memberId }))
    expect(await assign(999_999)).toEqual({ code: 'BAD_REQUEST', reason: 'unknown' })
    expect(await assign(blind.memberId)).toEqual({ code: 'BAD_REQUEST', reason: 'cannot-see' })
    expect(
      await refusal(elsewhere.owner.client.conversations.assign({ contactId: contactId!, memberId: null })),
    ).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('answers even when the giver loses sight of it by that', async () => {
    const [contactId] = await hearFrom(1)
    const mine = await givenMember(server, shop.id, { restrictions: ['onlyMine'] })
    await shop.owner.client.conversations.assign({ contactId: contactId!, memberId: mine.memberId })
    const given = await mine.client.conversations.assign({ contactId: contactId!, memberId: shop.agent.memberId })
    expect(given.assignee?.memberId).toBe(shop.agent.memberId)
    expect(await refusal(mine.client.conversations.thread({ contactId: contactId! }))).toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})

test('a narrowed agent sees and touches their own only; for them the rest is not there', async () => {
  const [theirs, others] = await hearFrom(2)
  const narrow = await givenMember(server, shop.id, { restrictions: ['onlyMine'] })
  await shop.owner.client.conversations.assign({ contactId: theirs!, memberId: narrow.memberId })
  const { conversations } = narrow.client
  const listed = await conversations.list({ view: 'all' })
  expect(listed.items.map(({ contactId }) => contactId)).toEqual([theirs])
  expect(await conversations.counts({})).toEqual({ mine: 1, unassigned: 0, all: 1 })
  expect((await conversations.list({ view: 'all', q: 'Persona 1' })).items).toEqual([])
  const contactId = others!
  const message = (await shop.messages(contactId))[0]!
  const acts = [
    conversations.thread({ contactId }),
    conversations.emailHtml({ contactId, messageId: message.id }),
    conversations.send({ contactId, body: { type: 'text', text: 'x' } }),
    conversations.sendAgain({ contactId, messageId: message.id }),
    conversations.addNote({ contactId, text: 'x' }),
    conversations.assign({ contactId, memberId: narrow.memberId }),
    conversations.close({ contactId }),
    conversations.open({ contactId }),
    conversations.snooze({ contactId, until: soon() }),
    conversations.markRead({ contactId, upTo: message.id }),
  ]
  const codes = await Promise.all(acts.map(async (act) => (await refusal(act)).code))
  expect(new Set(codes)).toEqual(new Set(['NOT_FOUND']))
  expect(await shop.messages(contactId)).toHaveLength(1)
})

test('a message of another contact, or of another workspace, cannot be reached through a contact one sees', async () => {
  const [one, two] = await hearFrom(2)
  const foreign = (await shop.messages(two!))[0]!
  const { conversations } = shop.owner.client
  const messageId = foreign.id
  expect(await refusal(conversations.sendAgain({ contactId: one!, messageId }))).toMatchObject({ code: 'NOT_FOUND' })
  expect(await refusal(conversations.emailHtml({ contactId: one!, messageId }))).toMatchObject({ code: 'NOT_FOUND' })
  expect(
    await refusal(conversations.send({ contactId: one!, body: { type: 'text', text: 'x' }, replyTo: foreign.id })),
  ).toEqual({ code: 'BAD_REQUEST', reason: 'unknown' })
})

describe('notes', () => {
  test('stand in the thread, and leave the contact’s exchange as it is', async () => {
    const [contactId] = await hearFrom(1)
    const { client, memberId, name } = shop.agent
    const before = (await client.conversations.list({ view: 'all' })).items
    const note = await client.conversations.addNote({
      contactId: contactId!,
      text: 'ojo con este',
      mentions: [shop.owner.memberId],
    })
    expect(note).toMatchObject({
      direction: 'out',
      sender: { type: 'member', memberId, name },
      body: { type: 'note', text: 'ojo con este', mentions: [shop.owner.memberId] },
    })
    expect((await client.conversations.list({ view: 'all' })).items).toEqual(before)
    expect(words(await shop.messages(contactId!))).toEqual(['hola 0', 'ojo con este'])
  })

  test('mention only members who see the contact', async () => {
    const [contactId] = await hearFrom(1)
    const narrow = await givenMember(server, shop.id, { restrictions: ['onlyMine'] })
    const note = (mentions: number[]) =>
      refusal(shop.owner.client.conversations.addNote({ contactId: contactId!, text: 'x', mentions }))
    expect(await note([narrow.memberId])).toEqual({ code: 'BAD_REQUEST', reason: 'cannot-see' })
    expect(await note([123_456])).toEqual({ code: 'BAD_REQUEST', reason: 'cannot-see' })
    expect(await shop.messages(contactId!)).toHaveLength(1)
  })
})

describe('closing, opening and snoozing', () => {
  test('two who close at once close once', async () => {
    const [contactId] = await hearFrom(1)
    await Promise.all(
      [shop.owner, shop.manager, shop.agent].map(({ client }) =>
        client.conversations.close({ contactId: contactId!, category: 'Venta' }),
      ),
    )
    const closings = (await shop.thread(contactId!)).filter(
      (item) => item.type === 'event' && item.event.kind === 'closed',
    )
    expect(closings).toHaveLength(1)
    await shop.owner.client.conversations.open({ contactId: contactId! })
    await shop.owner.client.conversations.open({ contactId: contactId! })
    expect(await onlyContact(shop)).toBe(contactId)
  })

  test('what never was open cannot be closed or snoozed, but opened', async () => {
    const { client } = shop.owner
    const { id: contactId } = await client.contacts.create({ values: { firstName: 'Nadie' } })
    expect(await refusal(client.conversations.close({ contactId }))).toMatchObject({ reason: 'no-conversation' })
    expect(await refusal(client.conversations.snooze({ contactId, until: soon() }))).toMatchObject({
      reason: 'not-open',
    })
    await client.conversations.open({ contactId })
    const { items } = await client.conversations.list({ view: 'all' })
    expect(items).toMatchObject([{ contactId, displayName: 'Nadie', unread: 0, snippet: { text: null } }])
  })

  test('a snooze ends by itself, once, and not after the conversation was closed', async () => {
    const [one, two] = await hearFrom(2)
    const { client } = shop.owner
    expect(await refusal(client.conversations.snooze({ contactId: one!, until: new Date(0).toISOString() }))).toEqual({
      code: 'BAD_REQUEST',
      reason: 'past',
    })
    for (const contactId of [one!, two!]) await client.conversations.snooze({ contactId, until: soon() })
    await client.conversations.close({ contactId: two! })
    const later = new Date(Date.now() + 120_000)
    await wakeSnoozed(server.deps, new Date(), running)
    expect((await client.conversations.list({ view: 'all' })).items).toEqual([])
    await Promise.all([wakeSnoozed(server.deps, later, running), wakeSnoozed(server.deps, later, running)])
    expect((await client.conversations.list({ view: 'all' })).items.map(({ contactId }) => contactId)).toEqual([one])
    const woken = (await shop.thread(one!)).filter((item) => item.type === 'event' && item.event.kind === 'unsnoozed')
    expect(woken).toMatchObject([{ event: { actor: { type: 'system' }, data: { cause: 'time' } } }])
  })

  test('closing notes of the workspace are offered', async () => {
    const { items } = await shop.agent.client.conversations.closingNotes({})
    expect(items.map(({ category }) => category)).toContain('Resuelto')
  })

  test('a manager says what conversations are closed with; what was closed keeps its words', async () => {
    const { client } = shop.manager
    const categories = async () =>
      (await shop.agent.client.conversations.closingNotes({})).items.map(({ category }) => category)
    const note = await client.conversations.addClosingNote({ category: 'Garantía', description: 'Algo se rompió' })
    expect(await refusal(client.conversations.addClosingNote({ category: 'garantía' }))).toMatchObject({
      code: 'CONFLICT',
      reason: 'category-taken',
    })
    const [contactId] = await hearFrom(1)
    await shop.agent.client.conversations.close({ contactId: contactId!, category: 'Garantía' })
    const taken = { closingNoteId: note.id, category: 'RESUELTO' }
    expect(await refusal(client.conversations.editClosingNote(taken))).toMatchObject({ reason: 'category-taken' })
    const edited = { closingNoteId: note.id, category: 'garantía', description: '' }
    expect(await client.conversations.editClosingNote(edited)).toMatchObject({ category: 'garantía' })
    expect(await categories()).toContain('garantía')
    await client.conversations.removeClosingNote({ closingNoteId: note.id })
    expect(await categories()).not.toContain('garantía')
    const closed = (await shop.thread(contactId!)).find((item) => item.type === 'event' && item.event.kind === 'closed')
    expect(closed).toMatchObject({ event: { data: { category: 'Garantía' } } })
  })
})

test('the same key twice answers the same and does it once', async () => {
  const [contactId] = await hearFrom(1)
  const note = (text: string) =>
    fetch(`${server.url}/api/contacts/${contactId}/notes`, {
      method: 'POST',
      headers: { ...shop.owner.headers, 'content-type': 'application/json', 'idempotency-key': 'press-once-1' },
      body: JSON.stringify({ text }),
    })
  const answers = await Promise.all([note('hola'), note('hola'), note('hola')])
  const bodies = await Promise.all(answers.map((answer) => answer.text()))
  expect(new Set(bodies).size).toBe(1)
  expect((await note('otra cosa')).status).toBe(409)
  expect(await shop.messages(contactId!)).toHaveLength(2)
})
