import { ORPCError } from '@orpc/client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { classifyChannels } from '#contract/classify-line.ts'
import { openLine } from '../channels/open-line.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { givenCustom } from '../testing/given-channel.ts'
import { givenMember } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { ingestMessage } from './ingest-message.ts'
import { givenShop, words, type Shop } from './testing.ts'

const ana = '+34600000142'
let server: TestServer
let double: CustomDouble
let shop: Shop

beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer({ work: false })
})
beforeEach(async () => {
  shop = await givenShop(server, double)
  double.sent.length = 0
})
afterAll(async () => {
  await server.close()
  await double.close()
})

const reasonOf = (act: Promise<unknown>) =>
  act.then(
    () => 'nothing',
    (error: unknown) =>
      error instanceof ORPCError ? ((error.data as { reason?: string } | undefined)?.reason ?? error.code) : error,
  )
const record = (contactId: number) => shop.owner.client.contacts.get({ contactId })
const heard = async (text = 'hola') => {
  await shop.hear(ana, text, { firstName: 'Ana' })
  return (await shop.owner.client.conversations.list({ view: 'all' })).items[0]!.contactId
}
const added = async (values: object) => (await shop.owner.client.contacts.create({ values })).id
const send = (contactId: number, text = 'hola', channelId: number | null = shop.channelId) =>
  shop.owner.client.conversations.send({ contactId, channelId, body: { type: 'text', text } })
/** What the Channels tab shows an Owner, a line each. */
const tab = async (contactId: number) =>
  classifyChannels(await record(contactId), { role: 'owner', restrictions: [] }).map(
    ({ group, reason, line, link }) => `${line.channelName}: ${group}, ${reason}${link ? ` ${link.address}` : ''}`,
  )

test('the drawer’s one answer tells of every channel: where it stands, since when, and what was last said there', async () => {
  const contactId = await heard('¿Tienen mesas?')
  await givenCustom(server, shop.owner, double, 'custom')
  await shop.owner.client.channels.update({
    channelId: (await shop.owner.client.channels.list()).items[1]!.id,
    name: 'Por número',
  })
  const { channels, lines } = await record(contactId)
  expect(channels).toEqual([
    expect.objectContaining({
      channelName: 'Puente',
      address: ana,
      connectedAt: channels[0]!.lastInAt,
      last: { at: channels[0]!.lastInAt, direction: 'in', type: 'text', text: '¿Tienen mesas?' },
      url: null,
    }),
  ])
  expect(lines.map(({ channelName, startsWith, removed }) => [channelName, startsWith, removed])).toEqual([
    ['Puente', 'phone', null],
    ['Por número', null, null],
  ])
  expect(await tab(contactId)).toEqual([`Puente: active, exchanged ${ana}`, 'Por número: unavailable, only-contact'])
  await send(contactId, 'Sí, dos.')
  expect((await record(contactId)).channels[0]!.last?.text).toBe('¿Tienen mesas?')
  await shop.deliver(contactId)
  expect((await record(contactId)).channels[0]!.last).toMatchObject({ direction: 'out', text: 'Sí, dos.' })
})

test('a channel is active from the first message that was accepted, and says so meanwhile', async () => {
  const contactId = await added({ phone: ana })
  expect(await tab(contactId)).toEqual(['Puente: inactive, has-phone'])
  await send(contactId, 'Su pedido está listo')
  expect(await tab(contactId)).toEqual([`Puente: inactive, not-through ${ana}`])
  await shop.deliver(contactId)
  expect(await tab(contactId)).toEqual([`Puente: active, exchanged ${ana}`])
})

describe('the server refuses what the tab does not offer', () => {
  test('where only the contact can begin, and where what it takes is missing', async () => {
    const byId = await givenCustom(server, shop.owner, double, 'custom')
    const contactId = await added({ email: 'ana@example.com' })
    expect(await tab(contactId)).toEqual(['Puente: unavailable, no-phone', 'Puente: unavailable, only-contact'])
    expect(await reasonOf(send(contactId))).toBe('no-address')
    expect(await reasonOf(send(contactId, 'hola', byId.channel.id))).toBe('only-contact-can-start')
    expect(await reasonOf(send(contactId, 'hola', null))).toBe('no-channel')
  })

  test('where the address is another contact’s, and where the line is paused', async () => {
    const contactId = await added({ phone: ana })
    const twin = await added({ phone: ana })
    await send(contactId)
    expect(await tab(twin)).toEqual(['Puente: unavailable, address-of-another'])
    expect(await reasonOf(send(twin))).toBe('address-of-another')
    const other = await added({ phone: '+34600000143' })
    await shop.owner.client.channels.pause({ channelId: shop.channelId })
    expect(await tab(other)).toEqual(['Puente: unavailable, paused'])
    expect(await reasonOf(send(other))).toBe('channel-paused')
  })

  test('for the blocked, and removal to agents', async () => {
    const contactId = await heard()
    const { id: contactChannelId } = (await record(contactId)).channels[0]!
    const link = { contactId, contactChannelId }
    expect(await reasonOf(shop.agent.client.contactChannels.remove(link))).toBe('FORBIDDEN')
    const narrowed = await givenMember(server, shop.id, { role: 'agent', restrictions: ['onlyMine'] })
    expect(await reasonOf(narrowed.client.contactChannels.restore(link))).toBe('FORBIDDEN')
    await shop.owner.client.blocking.block({ contactId })
    expect(await reasonOf(send(contactId))).toBe('blocked')
    expect(await reasonOf(shop.owner.client.contactChannels.remove(link))).toBe('blocked')
    expect(await reasonOf(shop.owner.client.contactChannels.restore(link))).toBe('blocked')
    const stranger = await added({ phone: '+34600000143' })
    expect(await reasonOf(shop.owner.client.contactChannels.remove({ ...link, contactId: stranger }))).toBe('NOT_FOUND')
  })
})

describe('a channel that is taken off a contact', () => {
  let contactId: number
  let contactChannelId: number
  const remove = () => shop.manager.client.contactChannels.remove({ contactId, contactChannelId })
  const restore = () => shop.manager.client.contactChannels.restore({ contactId, contactChannelId })
  beforeEach(async () => {
    contactId = await heard('la primera')
    contactChannelId = (await record(contactId)).channels[0]!.id
  })

  test('falls back with who did it and when, live for everybody; its history stays', async () => {
    const causes: unknown[] = []
    const stop = server.deps.live.watch({
      workspaceId: shop.id,
      access: () => ({ memberId: shop.agent.memberId, role: 'agent', restrictions: [], teamId: null }),
      send: (event) => void causes.push('cause' in event ? event.cause : event.type),
      end: () => undefined,
    })
    const { channels, lines } = await remove()
    expect(channels).toEqual([])
    expect(lines[0]!.removed).toMatchObject({ contactChannelId, address: ana, by: 'Mario Gerente' })
    expect(await tab(contactId)).toEqual(['Puente: inactive, has-phone'])
    await expect.poll(() => causes).toContain('contactChannelRemoved')
    stop()
    expect(words(await shop.messages(contactId))).toEqual(['la primera'])
    await remove()
    const { items } = await shop.owner.client.activity.ofContact({ contactId })
    expect(items.filter(({ kind }) => kind === 'contactChannelRemoved')).toMatchObject([
      { actor: { name: 'Mario Gerente' }, data: { channelName: 'Puente', address: ana } },
    ])
  })

  test('comes back as a new link with the next message, and only until then by taking it back', async () => {
    await remove()
    const { channels } = await restore()
    expect(channels.map(({ id }) => id)).toEqual([contactChannelId])
    await remove()
    await heard('he vuelto')
    const [link] = (await record(contactId)).channels
    expect(link).toMatchObject({ address: ana, last: { text: 'he vuelto' } })
    expect(link!.id).not.toBe(contactChannelId)
    expect(words(await shop.messages(contactId))).toEqual(['la primera', 'he vuelto'])
    expect(await reasonOf(restore())).toBe('address-taken')
  })

  test('takes what was still queued with it: that fails where everybody sees it, and goes by no other way', async () => {
    await send(contactId, 'ya no')
    await remove()
    await shop.deliver(contactId)
    expect(double.sent).toEqual([])
    const message = (await shop.messages(contactId)).at(-1)!
    expect(message).toMatchObject({ status: 'failed', failure: { code: 'not-on-channel' } })
    const again = shop.owner.client.conversations.sendAgain({ contactId, messageId: message.id })
    expect(await reasonOf(again)).toBe('not-on-channel')
    // without a channel named there is none to go by
    expect(await reasonOf(send(contactId, 'hola', null))).toBe('no-channel')
    await send(contactId, 'de nuevo')
    await shop.deliver(contactId)
    expect(double.sent).toHaveLength(1)
  })

  test('is forgotten under every name of its person: one they are also known by leads to the new link', async () => {
    const { line } = (await openLine(server.deps, shop.id, shop.channelId))!
    const say = (text: string, addressKey: string, otherKeys: string[] = []) =>
      ingestMessage(
        server.deps,
        line,
        { addressedBy: 'other' },
        {
          type: 'message',
          extId: text,
          sentAt: null,
          sender: { address: addressKey, addressKey, otherKeys, profileName: null },
          body: { type: 'text', text },
          files: [],
        },
      )
    await say('uno', 'phone:1', ['user:1'])
    const person = async () => (await shop.owner.client.conversations.list({ view: 'all' })).items[0]!.contactId
    const first = await person()
    const { channels } = await record(first)
    await shop.owner.client.contactChannels.remove({ contactId: first, contactChannelId: channels[0]!.id })
    await say('dos', 'phone:1', ['user:1'])
    const second = await person()
    expect(second).not.toBe(first)
    await say('tres', 'user:1')
    expect(words(await shop.messages(second))).toEqual(['dos', 'tres'])
  })
})

test('a number that was wrong and is put right before anything went through is not written to', async () => {
  const contactId = await added({ phone: '+34600000149' })
  await send(contactId, 'al equivocado')
  await shop.owner.client.contacts.update({ contactId, values: { phone: ana } })
  await send(contactId, 'al bueno')
  await shop.deliver(contactId)
  expect(double.sent.map(({ body }) => body.contactId)).toEqual([ana])
  expect((await shop.messages(contactId)).map(({ status }) => status)).toEqual(['failed', 'sent'])
  // whoever has that number is somebody else
  await shop.hear('+34600000149', 'soy otra persona')
  expect(words(await shop.messages(contactId))).not.toContain('soy otra persona')
})

test('messages that arrive while the channel is taken off stand under links that tell the truth', async () => {
  const contactId = await heard()
  const { id: contactChannelId } = (await record(contactId)).channels[0]!
  for (let at = 0; at < 20; at += 1)
    await shop.post(ana, [
      { type: 'message', mId: `m-${at}`, timestamp: Date.now(), message: { type: 'text', text: `${at}` } },
    ])
  await Promise.all([shop.ingest(), shop.owner.client.contactChannels.remove({ contactId, contactChannelId })])
  await shop.ingest()
  const removal = await server.deps.db
    .selectFrom('contact_channel')
    .select('removed_at')
    .where('workspace_id', '=', shop.id)
    .where('id', '=', contactChannelId)
    .executeTakeFirstOrThrow()
  const messages = await server.deps.db
    .selectFrom('message')
    .select(['id', 'contact_channel_id'])
    .where('workspace_id', '=', shop.id)
    .orderBy('id')
    .execute()
  expect(messages).toHaveLength(21)
  const links = messages.map(({ contact_channel_id }) => contact_channel_id === contactChannelId)
  // by the old link up to a point, by the new one from there on
  expect(links).toEqual(links.toSorted((a, b) => Number(b) - Number(a)))
  expect(removal.removed_at).not.toBeNull()
})
