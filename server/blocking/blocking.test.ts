import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { LiveEvent } from '#contract/live.ts'
import type { Incoming } from '../channels/adapter.ts'
import { openLine } from '../channels/open-line.ts'
import { lockRoot } from '../contacts/lock-root.ts'
import { cleanUp } from '../conversations/clean-up.ts'
import { ingestChannel } from '../conversations/ingest-channel.ts'
import { ingestMessage } from '../conversations/ingest-message.ts'
import { releaseHeld } from '../conversations/release-held.ts'
import { givenShop, onlyContact, textEvent, words, type Shop } from '../conversations/testing.ts'
import { suggestDuplicates } from '../duplicates/suggest-duplicates.ts'
import { FileMissing } from '../files/file-store.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { givenCustom } from '../testing/given-channel.ts'
import { brokenLaws } from '../testing/merge-laws.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { waitFor } from '../testing/wait-for.ts'

const ana = '+34600000142'
const running = new AbortController().signal

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
  await shop.hear(ana, 'hola', { firstName: 'Ana' })
  contactId = await onlyContact(shop)
})
afterAll(async () => {
  await server.close()
  await double.close()
})

const block = (reason?: string) => shop.owner.client.blocking.block({ contactId, reason })
const unblock = async (showHeld: boolean) => {
  const contact = await shop.owner.client.blocking.unblock({ contactId, showHeld })
  await releaseHeld(server.deps, { workspaceId: shop.id }, running)
  return contact
}
const get = (id = contactId) => shop.owner.client.contacts.get({ contactId: id })
const thread = async (id = contactId) => words(await shop.messages(id))
const heldRows = () =>
  server.deps.db.selectFrom('held_message').selectAll().where('workspace_id', '=', shop.id).execute()
const refusalOf = (act: Promise<unknown>) =>
  act.then(
    () => 'done',
    (error: { code: string; data?: { reason?: string } }) => error.data?.reason ?? error.code,
  )

test('blocking closes the conversation, then blocks; the record says who, when and why', async () => {
  await shop.owner.client.conversations.snooze({ contactId, until: new Date(Date.now() + 3_600_000).toISOString() })
  const { blocked, status, snoozedUntil } = await shop.manager.client.blocking.block({ contactId, reason: ' Spam ' })
  expect(blocked).toEqual({ at: expect.any(String), by: 'Mario Gerente', reason: 'Spam', held: 0, kept: 0 })
  expect({ status, snoozedUntil }).toEqual({ status: 'closed', snoozedUntil: null })
  const kinds = (await shop.thread(contactId)).map((item) => (item.type === 'event' ? item.event.kind : 'message'))
  expect(kinds.slice(-2)).toEqual(['closed', 'blocked'])
  // who presses a moment later changes nothing of it
  expect((await block('otra cosa')).blocked).toEqual(blocked)
})

test('a blocked contact is in no list but its own, and nothing can be done with it but unblock it', async () => {
  const { contacts, conversations, duplicates, merging, blocking } = shop.owner.client
  const twin = await contacts.create({ values: { firstName: 'Ana', phone: ana } })
  const compare = () => suggestDuplicates(server.deps, { workspaceId: shop.id }, running)
  await compare()
  expect((await get()).suggestions).toHaveLength(1)
  const wish = { contactIds: [contactId, twin.id] }
  const plan = await merging.plan(wish)
  await block('Spam')

  const lists = async () => [
    ...(await contacts.list({ q: ana })).items.map(({ id }) => id),
    ...(await conversations.list({ view: 'all', status: 'closed', q: ana })).items.map((row) => row.contactId),
    ...(await duplicates.list({})).items.map(({ a }) => a.id),
    ...(await get(twin.id)).suggestions.map(({ a }) => a.id),
  ]
  expect(await lists()).toEqual([twin.id])
  expect((await contacts.count({})).contacts).toBe(1)
  await compare()
  expect(await lists()).toEqual([twin.id])
  expect((await get()).suggestions).toEqual([])
  expect((await blocking.list({ q: '600 000 142' })).items).toMatchObject([
    { contact: { id: contactId, displayName: 'Ana' }, block: { by: 'Olga Dueñas', reason: 'Spam' } },
  ])
  expect((await blocking.list({ q: 'nadie' })).items).toEqual([])
  expect(await blocking.counts({})).toEqual({ blocked: 1 })

  expect(await refusalOf(merging.plan(wish))).toBe('blocked')
  expect(await refusalOf(merging.merge({ ...wish, fingerprint: plan.fingerprint }))).toBe('blocked')
  expect(await refusalOf(conversations.send({ contactId, body: { type: 'text', text: 'x' } }))).toBe('blocked')
  expect(await refusalOf(conversations.open({ contactId }))).toBe('blocked')

  await unblock(false)
  await compare()
  expect((await get()).suggestions).toHaveLength(1)
  expect(await blocking.list({})).toEqual({ items: [], next: null })
})

test('the list of blocked contacts comes in pages, the newest first, each once', async () => {
  const ids: number[] = []
  for (let number = 0; number < 5; number++) {
    const { id } = await shop.owner.client.contacts.create({ values: { firstName: `Persona ${number}` } })
    await shop.owner.client.blocking.block({ contactId: id })
    ids.unshift(id)
  }
  const found: number[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Awaited<ReturnType<typeof shop.owner.client.blocking.list>> = await shop.owner.client.blocking.list({
      cursor,
      limit: 2,
    })
    found.push(...page.items.map(({ contact }) => contact.id))
    cursor = page.next
  }
  expect(found).toEqual(ids)
})

describe('what a blocked contact sends', () => {
  test('is held whatever the channel: counted once, shown nowhere, told to nobody as news', async () => {
    await block()
    const before = await shop.thread(contactId)
    const stop = new AbortController()
    const stream = await shop.agent.client.live.watch(undefined, { signal: stop.signal })
    await stream.next()
    const mId = await shop.hear(ana, 'insulto')
    await shop.post(ana, [{ ...textEvent('insulto', mId), again: true }])
    await shop.ingest()
    expect((await stream.next()).value as LiveEvent).toMatchObject({ type: 'contact', cause: 'held' })
    stop.abort()
    // the same phone on a line where it has never been heard
    const other = await givenCustom(server, shop.owner, double, 'phone')
    const body = { channelId: other.channel.setup.channelId, contactId: ana, events: [textEvent('y por aquí')] }
    await double.call(other.webhookUrl, body, other.channel.setup.apiToken)
    await shop.ingest()
    await ingestChannel(server.deps, { workspaceId: shop.id, channelId: other.channel.id }, running)

    const { blocked, channels, status } = await get()
    expect(blocked).toMatchObject({ held: 2, kept: 2 })
    expect({ channels: channels.length, status }).toEqual({ channels: 1, status: 'closed' })
    expect(await shop.thread(contactId)).toEqual(before)
    expect((await shop.owner.client.contacts.list({})).items).toEqual([])
    expect(await shop.owner.client.conversations.counts({})).toEqual({ mine: 0, unassigned: 0, all: 0 })
  })

  test('is dropped on unblocking; what comes then opens a conversation as ever', async () => {
    await block()
    await shop.hear(ana, 'insulto')
    const contact = await unblock(false)
    expect(contact).toMatchObject({ blocked: null, status: 'closed' })
    expect(await thread()).toEqual(['hola'])
    await shop.hear(ana, 'perdón')
    expect(await thread()).toEqual(['hola', 'perdón'])
    expect(await get()).toMatchObject({ status: 'open', blocked: null })
    await cleanUp(server.deps, new Date(), running)
    expect(await heldRows()).toEqual([])
  })

  test('is shown where it came, if somebody wishes so, and opens nothing', async () => {
    await block()
    await shop.hear(ana, 'uno')
    const other = await givenCustom(server, shop.owner, double, 'phone')
    const image = { type: 'attachment', attachment: { type: 'image', url: `${double.url}/foto.png` } }
    const events = [{ ...textEvent(''), message: image }]
    await double.call(
      other.webhookUrl,
      { channelId: other.channel.setup.channelId, contactId: ana, events },
      other.channel.setup.apiToken,
    )
    await ingestChannel(server.deps, { workspaceId: shop.id, channelId: other.channel.id }, running)
    await shop.owner.client.blocking.unblock({ contactId, showHeld: true })
    // something new comes before the old is in its place
    await shop.hear(ana, 'tres')
    await releaseHeld(server.deps, { workspaceId: shop.id }, running)
    await releaseHeld(server.deps, { workspaceId: shop.id }, running)

    const messages = await shop.messages(contactId)
    expect(words(messages)).toEqual(['hola', 'uno', '', 'tres'])
    expect(messages[2]).toMatchObject({ channelId: other.channel.id, attachments: [{ kind: 'image' }] })
    const kinds = (await shop.thread(contactId)).map((item) => (item.type === 'event' ? item.event.kind : 'message'))
    expect(kinds.filter((kind) => kind === 'opened')).toHaveLength(2)
    expect(new Set((await get()).channels.map(({ channelId }) => channelId))).toEqual(
      new Set([shop.channelId, other.channel.id]),
    )
    expect(await brokenLaws(server.deps, shop.id)).toEqual([])
    const last = messages.at(-1)!.id
    await shop.owner.client.conversations.markRead({ contactId, upTo: last })
    expect(await shop.owner.client.conversations.counts({})).toMatchObject({ all: 0 })
  })

  test('keeps what hangs on it: the HTML of a mail, its files, and what it answers', async () => {
    const { line } = (await openLine(server.deps, shop.id, shop.channelId))!
    const hear = (extId: string, more: Partial<Extract<Incoming, { type: 'message' }>> = {}) =>
      ingestMessage(
        server.deps,
        line,
        { addressedBy: 'email' },
        {
          type: 'message',
          extId,
          sentAt: new Date(),
          sender: { address: 'eva@nogal.es', addressKey: 'e:eva@nogal.es', profileName: 'Eva', email: 'eva@nogal.es' },
          body: {
            type: 'email',
            subject: 'Pedido',
            text: extId,
            quoted: null,
            hasHtml: true,
            to: [],
            cc: [],
            autoReply: false,
          },
          files: [],
          ...more,
        },
      )
    await hear('<uno>')
    const eva = (await shop.owner.client.contacts.list({ q: 'eva@nogal.es' })).items[0]!.id
    await shop.owner.client.blocking.block({ contactId: eva })
    const file = {
      name: 'pedido.txt',
      type: 'text/plain',
      kind: 'file' as const,
      content: Buffer.from('doce sillas'),
      contentId: null,
    }
    await hear('<dos>', { html: '<p>Doce <b>sillas</b></p>', files: [file], replyToExtIds: ['<uno>'] })
    await shop.owner.client.blocking.unblock({ contactId: eva, showHeld: true })
    await releaseHeld(server.deps, { workspaceId: shop.id }, running)

    const [first, second] = await shop.messages(eva)
    expect(second).toMatchObject({
      replyTo: { messageId: first!.id },
      attachments: [{ name: 'pedido.txt', state: 'stored' }],
    })
    const { html } = await shop.owner.client.conversations.emailHtml({ contactId: eva, messageId: second!.id })
    expect(html).toContain('Doce <b>sillas</b>')
    const answer = await fetch(server.url + second!.attachments[0]!.url!, { headers: shop.owner.headers })
    expect(await answer.text()).toBe('doce sillas')
  })

  test('stays as long as the workspace wants, then goes with its files; the count stays', async () => {
    await shop.owner.client.workspaces.update({ heldDays: 7 })
    await block()
    await shop.hear(ana, 'insulto')
    const file = randomUUID()
    await server.deps.files.put(shop.id, file, Buffer.from('foto'))
    const [held] = await heldRows()
    await server.deps.db
      .updateTable('held_message')
      .set({ incoming: JSON.stringify({ ...(held!.incoming as object), files: [{ id: file }] }) })
      .where('workspace_id', '=', shop.id)
      .execute()
    const after = (days: number) => new Date(Date.now() + days * 24 * 3_600_000)
    await cleanUp(server.deps, after(6.9), running)
    expect((await get()).blocked).toMatchObject({ held: 1, kept: 1 })
    await cleanUp(server.deps, after(7.1), running)
    expect(await heldRows()).toEqual([])
    await expect(server.deps.files.read(shop.id, file)).rejects.toThrow(FileMissing)
    expect((await get()).blocked).toMatchObject({ held: 1, kept: 0 })
  })

  test('while somebody is just blocking is held; while somebody is just unblocking it is in the thread', async () => {
    const waiting = async (many: number) => {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(server.deps.db)
      return rows[0]!.count >= many
    }
    /** The message finds the contact as it was before the press, and has to wait for it. */
    const overtaken = async (text: string, press: () => Promise<unknown>) => {
      let acts: Promise<unknown>[] = []
      await server.deps.db.transaction().execute(async (tx) => {
        await lockRoot(tx, shop.id, contactId)
        acts = [press()]
        await waitFor('the press to wait', () => waiting(1))
        acts.push(shop.hear(ana, text))
        await waitFor('the message to wait', () => waiting(2))
      })
      await Promise.all(acts)
    }
    await overtaken('insulto', () => block())
    expect((await get()).blocked).toMatchObject({ held: 1, kept: 1 })
    expect(await thread()).toEqual(['hola'])
    await overtaken('perdón', () => shop.owner.client.blocking.unblock({ contactId, showHeld: false }))
    expect(await thread()).toEqual(['hola', 'perdón'])
    expect(await get()).toMatchObject({ blocked: null, status: 'open' })
    expect(await brokenLaws(server.deps, shop.id)).toEqual([])
  })
})

test('a merged contact is blocked with all it has absorbed, and each stays so when they are parted', async () => {
  const { contacts, merging, blocking } = shop.owner.client
  await shop.hear('+34600000143', 'soy yo también', { firstName: 'Anita' })
  const other = (await contacts.list({ q: '600000143' })).items[0]!.id
  const { mergeId } = await merging.merge({ contactIds: [contactId, other], survivorId: contactId })
  await blocking.block({ contactId: other, reason: 'Spam' })
  await shop.hear('+34600000143', 'insulto')
  await shop.hear(ana, 'uno')
  await shop.hear(ana, 'dos')
  expect((await get()).blocked).toMatchObject({ held: 3, kept: 3, reason: 'Spam' })
  expect((await merging.undoPlan({ mergeId })).staysBlocked).toBe(true)

  await merging.undo({ mergeId })
  expect(await brokenLaws(server.deps, shop.id)).toEqual([])
  expect((await get()).blocked).toMatchObject({ held: 2, kept: 2, reason: 'Spam' })
  expect((await get(other)).blocked).toMatchObject({ held: 1, kept: 1, reason: 'Spam' })
  expect(await blocking.counts({})).toEqual({ blocked: 2 })

  await unblock(true)
  expect(await thread()).toEqual(['hola', 'uno', 'dos'])
  expect(await thread(other)).toEqual(['soy yo también'])
  expect((await get(other)).blocked).toMatchObject({ held: 1 })
  expect(await brokenLaws(server.deps, shop.id)).toEqual([])
})

test('a merged contact is unblocked with all it has absorbed, and each gets back what was held of it', async () => {
  const { contacts, merging } = shop.owner.client
  await shop.hear('+34600000143', 'soy yo también', { firstName: 'Anita' })
  const other = (await contacts.list({ q: '600000143' })).items[0]!.id
  const { mergeId } = await merging.merge({ contactIds: [contactId, other], survivorId: contactId })
  await block()
  await shop.hear('+34600000143', 'uno')
  await shop.hear(ana, 'dos')
  await unblock(true)
  expect(await brokenLaws(server.deps, shop.id)).toEqual([])
  expect(await thread()).toEqual(['hola', 'soy yo también', 'uno', 'dos'])
  await merging.undo({ mergeId })
  expect(await brokenLaws(server.deps, shop.id)).toEqual([])
  expect([await thread(), await thread(other)]).toEqual([
    ['hola', 'dos'],
    ['soy yo también', 'uno'],
  ])
  expect([(await get()).blocked, (await get(other)).blocked]).toEqual([null, null])
})

describe('who may', () => {
  test('an agent blocks where the Inbox offers it to everyone, and never unblocks', async () => {
    const { blocking } = shop.agent.client
    const press = () => refusalOf(blocking.block({ contactId }))
    expect(await press()).toBe('not-offered')
    await shop.owner.client.workspaces.update({ blockingInInbox: 'managers' })
    expect(await press()).toBe('not-offered')
    expect((await get()).blocked).toBeNull()
    await shop.owner.client.workspaces.update({ blockingInInbox: 'everyone' })
    expect(await press()).toBe('done')
    expect((await get()).blocked).toMatchObject({ by: 'Ana Agente' })
    expect(await refusalOf(blocking.unblock({ contactId }))).toBe('FORBIDDEN')
    expect(await refusalOf(blocking.list({}))).toBe('FORBIDDEN')
  })
})
