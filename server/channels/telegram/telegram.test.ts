import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import type { OutgoingBody } from '#contract/conversations.ts'
import { givenTelegram, type GivenChannel } from '../../testing/given-channel.ts'
import { givenWorkspace, type GivenMember } from '../../testing/given.ts'
import { startTelegramDouble, telegramError, type TelegramDouble } from '../../testing/telegram-double.ts'
import {
  telegramEdit,
  telegramExample,
  telegramGroupMessage,
  telegramMembership,
  telegramMessage,
  telegramPress,
  telegramReaction,
} from '../../testing/telegram-updates.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'
import { waitFor } from '../../testing/wait-for.ts'

let server: TestServer
let telegram: TelegramDouble
let owner: GivenMember
let workspaceId: number
let line: GivenChannel

beforeAll(async () => {
  telegram = await startTelegramDouble()
  server = await startTestServer({ config: { telegramApi: telegram.url, publicUrl: 'https://ficha.example' } })
})
beforeEach(async () => {
  ;({ owner, id: workspaceId } = await givenWorkspace(server))
  line = await givenTelegram(server, owner, telegram)
  await waitFor('the webhook', () => telegram.webhook.url === line.channel.setup.webhookUrl)
})
afterEach(async () => {
  // what one test's line has set, the next one's must not find
  await owner.client.channels.remove({ channelId: line.channel.id })
  Object.assign(telegram.webhook, { url: '', secret: '', lastError: null })
  telegram.sent.length = 0
  telegram.violations.length = 0
  telegram.blocked.clear()
})
afterAll(async () => {
  await server.close()
  await telegram.close()
})

const hear = async (update: unknown) => (await telegram.call(line.webhookUrl, update)).status
const firstContact = () =>
  waitFor('a contact', async () => (await owner.client.conversations.list({ view: 'all' })).items[0]?.contactId)
const messages = async (contactId: number) =>
  (await owner.client.conversations.thread({ contactId })).items.flatMap((item) =>
    item.type === 'message' ? [item.message] : [],
  )
const send = (contactId: number, body: OutgoingBody, more: object = {}) =>
  owner.client.conversations.send({ contactId, channelId: line.channel.id, body, ...more })
const text = (words: string): OutgoingBody => ({ type: 'text', text: words })
const events = () =>
  server.deps.db.selectFrom('inbound_event').selectAll().where('workspace_id', '=', workspaceId).execute()
const upload = async (content: Buffer, type: string, name: string) => {
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(content)], { type }), name)
  const answer = await fetch(`${server.url}/files`, { method: 'POST', headers: owner.headers, body: form })
  return ((await answer.json()) as { items: { id: string }[] }).items[0]!.id
}
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

test('a bot that is connected is known by name, and has Telegram call with a secret', async () => {
  expect(line.channel).toMatchObject({ address: '@lucky_shrub_bot', settings: { botToken: '' } })
  expect(telegram.webhook.secret).toMatch(/^[\w-]{32}$/)
  expect(JSON.stringify(line.channel)).not.toContain(telegram.webhook.secret)
  const check = async (settings: object) => {
    const { ok, steps } = await owner.client.channels.check({
      channelId: line.channel.id,
      settings: { ...telegram.settings, ...settings },
    })
    return ok ? 'ok' : steps.at(-1)!.code
  }
  expect(await check({ botToken: '' })).toBe('ok')
  expect(await check({ botToken: `1234567:${'y'.repeat(35)}` })).toBe('bot-token-refused')
  telegram.webhook.url = 'https://elsewhere.example/x'
  expect(await check({})).toBe('webhook-elsewhere')
  await expect(check({ botToken: 'mine' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  // the token stands in the address of every request, and in no log
  expect(server.logged.join('')).not.toContain(telegram.settings.botToken)
  expect(telegram.violations).toEqual([])
})

test('who presses Start is a contact, with the name and language Telegram knows, and can be answered', async () => {
  expect(await hear(telegramMessage({ text: '/start spring' }))).toBe(200)
  const contactId = await firstContact()
  const { fields } = await owner.client.contacts.get({ contactId })
  expect(fields).toMatchObject({
    firstName: { value: 'Lucía' },
    lastName: { value: 'Ferrer' },
    language: { value: 'es' },
    phone: { value: null },
  })
  const answered = (await messages(contactId))[0]!
  await send(contactId, text('Hola 👋'), { replyTo: answered.id })
  const { method, params, messageId } = await waitFor('the answer', () => telegram.sent[0])
  expect([method, params['chat_id'], params['text']]).toEqual(['sendMessage', telegramExample.personId, 'Hola 👋'])
  expect(params['reply_parameters']).toEqual({ message_id: expect.any(Number), allow_sending_without_reply: true })
  await waitFor('sent', async () => (await messages(contactId)).some(({ status }) => status === 'sent'))
  await hear(telegramMessage({ text: 'Gracias', reply_to_message: { message_id: messageId } as never }))
  await hear(telegramReaction(messageId, '👍'))
  await waitFor('the reaction', async () => {
    const [thanks, mine] = await messages(contactId)
    return thanks!.replyTo?.text === 'Hola 👋' && mine!.reactions[0]?.emoji === '👍'
  })
  await hear(telegramReaction(messageId, null))
  await waitFor('taken back', async () => (await messages(contactId))[1]!.reactions.length === 0)
  expect(telegram.violations).toEqual([])
})

test('a phone that somebody shares of themselves becomes theirs', async () => {
  const contact = { phone_number: '34600000142', first_name: 'Lucía', user_id: telegramExample.personId }
  await hear(telegramMessage({ contact }))
  const contactId = await firstContact()
  expect((await owner.client.contacts.get({ contactId })).fields.phone.value).toBe('+34600000142')
  expect((await messages(contactId))[0]!.body).toMatchObject({
    type: 'contacts',
    contacts: [{ name: 'Lucía', phones: ['+34600000142'] }],
  })
})

test('a message that is written anew shows its new words; an older edit that comes late does not', async () => {
  await hear(telegramMessage({ text: 'a las 8' }, { messageId: 70 }))
  const contactId = await firstContact()
  await hear(telegramEdit(70, 'a las 9', 1_441_645_600))
  await waitFor('the edit', async () =>
    JSON.stringify((await messages(contactId))[0]!.body).includes('"text":"a las 9"'),
  )
  await hear(telegramEdit(70, 'a las 7', 1_441_645_550))
  await waitFor('all events', async () => (await events()).every(({ state }) => state === 1))
  expect((await messages(contactId))[0]!.body).toMatchObject({ text: 'a las 9' })
})

test('files come by their id; one beyond what bots may fetch says so', async () => {
  const photo = telegram.addFile(png, 'photos/file_1.png')
  const film = telegram.addFile(Buffer.alloc(20 * 1024 * 1024 + 1), 'videos/file_2.mp4')
  const sizes = [90, 1280].map((width) => ({ file_id: width === 1280 ? photo : 'small', width }))
  await hear(telegramMessage({ photo: sizes as never, caption: 'Mira' }))
  await hear(telegramMessage({ video: { file_id: film, file_name: 'Boda.mp4', mime_type: 'video/mp4' } as never }))
  const contactId = await firstContact()
  const [large, picture] = await waitFor('both', async () => {
    const all = await messages(contactId)
    return all.length === 2 && all.every(({ attachments }) => attachments[0]!.state !== 'pending') ? all : undefined
  })
  expect(picture).toMatchObject({
    body: { text: 'Mira' },
    attachments: [{ kind: 'image', type: 'image/png', state: 'stored', size: png.length }],
  })
  expect(large!.attachments).toMatchObject([{ name: 'Boda.mp4', state: 'failed' }])
})

test('files go as what Telegram shows of them, and a picture it does not take as a file', async () => {
  await hear(telegramMessage({ text: 'Hola' }))
  const contactId = await firstContact()
  const picture = await upload(png, 'image/png', 'sofá.png')
  await send(contactId, text('Mira'), { attachmentIds: [picture] })
  await waitFor('the picture', () => telegram.sent.length === 1)
  telegram.trouble({ answer: telegramError(400, 'Bad Request: PHOTO_INVALID_DIMENSIONS') })
  await send(contactId, text('Esto también'), { attachmentIds: [await upload(png, 'image/png', 'largo.png')] })
  await waitFor('the second', () => telegram.sent.length === 2)
  await send(contactId, text(''), { attachmentIds: [await upload(Buffer.from('a,b'), 'text/csv', 'precios.csv')] })
  await waitFor('the file', () => telegram.sent.length === 3)
  expect(telegram.sent.map(({ method, params }) => [method, params['caption']])).toEqual([
    ['sendPhoto', 'Mira'],
    ['sendDocument', 'Esto también'],
    ['sendDocument', undefined],
  ])
  const file = telegram.sent[0]!.params['photo'] as File
  expect([file.name, Buffer.from(await file.arrayBuffer()).equals(png)]).toEqual(['sofá.png', true])
  expect(telegram.violations).toEqual([])
})

test('a question goes with buttons; a press is their answer, and is acknowledged', async () => {
  await hear(telegramMessage({ text: 'Hola' }))
  const contactId = await firstContact()
  await send(contactId, { type: 'buttons', text: '¿Le va bien?', choices: ['Sí, mañana', 'No'] })
  const { messageId } = await waitFor('the question', () => telegram.sent[0])
  await hear(telegramPress(messageId, ['Sí, mañana', 'No'], 1))
  await waitFor('the answer', async () => {
    const [latest] = await messages(contactId)
    return latest!.body.type === 'buttons' && latest!.body.chosen === 'Sí, mañana'
  })
  expect(telegram.sent.at(-1)).toMatchObject({ method: 'answerCallbackQuery' })
  expect(telegram.violations).toEqual([])
})

test('a group is told once that this is no place to talk, and left at the first word', async () => {
  await hear(telegramMembership('group', ['left', 'member']))
  expect(telegram.sent).toMatchObject([
    { method: 'sendMessage', params: { chat_id: telegramExample.groupId, text: expect.stringContaining('privado') } },
  ])
  await hear(telegramGroupMessage('/start@lucky_shrub_bot'))
  await hear(telegramMembership('group', ['member', 'left']))
  expect(telegram.sent.slice(1)).toMatchObject([{ method: 'leaveChat', params: { chat_id: telegramExample.groupId } }])
  await waitFor('all events', async () => (await events()).every(({ state }) => state === 1))
  expect((await owner.client.conversations.list({ view: 'all' })).items).toEqual([])
  expect(telegram.violations).toEqual([])
})

test('a call without the secret changes nothing; one that is replayed changes nothing the second time', async () => {
  const update = telegramMessage({ text: 'Hola' })
  const header = 'x-telegram-bot-api-secret-token'
  for (const secret of ['', 'wrong', telegram.webhook.secret.slice(1), `${telegram.webhook.secret}x`])
    expect((await telegram.call(line.webhookUrl, update, { [header]: secret })).status).toBe(401)
  expect((await fetch(line.webhookUrl)).status).toBe(400)
  expect(await events()).toEqual([])
  for (let round = 0; round < 3; round++) await hear(update)
  const contactId = await firstContact()
  await hear({ ...update, update_id: update.update_id + 500 })
  await waitFor('both events', async () => {
    const stored = await events()
    return stored.length === 2 && stored.every(({ state }) => state === 1)
  })
  expect(await messages(contactId)).toHaveLength(1)
})

test('what Telegram refuses is told in words one can act on', async () => {
  await hear(telegramMessage({ text: 'Hola' }))
  const contactId = await firstContact()
  const failure = async () => (await messages(contactId)).find(({ status }) => status === 'failed')?.failure
  telegram.blocked.add(telegramExample.personId)
  await send(contactId, text('¿Sigue ahí?'))
  expect(await waitFor('blocked', failure)).toMatchObject({
    code: 'blocked-by-contact',
    detail: 'Forbidden: bot was blocked by the user',
  })
  telegram.blocked.clear()
  telegram.trouble({ answer: telegramError(429, 'Too Many Requests: retry after 1', { retry_after: 1 }) })
  const asked = performance.now()
  await send(contactId, text('Otra vez'))
  await waitFor('the second attempt', () => telegram.sent.some(({ params }) => params['text'] === 'Otra vez'))
  expect(performance.now() - asked).toBeGreaterThanOrEqual(1000)
  const { contactId: other } = await owner.client.conversations.start({ to: '+34600000199' })
  await expect(send(other, text('Hola'))).rejects.toMatchObject({ data: { reason: 'only-contact-can-start' } })
})

test.each([0, 5000])(
  'the same chat gets one message a second, in order, though the database’s clock was set forward by %s ms',
  async (setForward) => {
    await hear(telegramMessage({ text: 'Hola' }))
    const contactId = await firstContact()
    const { now } = server.deps.clock
    const clock = vi.spyOn(server.deps.clock, 'now').mockImplementation(() => new Date(now().getTime() - setForward))
    onTestFinished(() => clock.mockRestore())
    const asked = performance.now()
    for (const words of ['uno', 'dos', 'tres']) await send(contactId, text(words))
    const went = () => telegram.sent.map(({ params }) => params['text'])
    await waitFor('all three', () => went().length === 3)
    expect(performance.now() - asked).toBeGreaterThanOrEqual(2000)
    expect(went()).toEqual(['uno', 'dos', 'tres'])
  },
)

test('a bot that is removed is called no more; one that another server has taken is left to it', async () => {
  await owner.client.channels.remove({ channelId: line.channel.id })
  expect(telegram.webhook.url).toBe('')
  line = await givenTelegram(server, owner, telegram)
  await waitFor('the webhook', () => telegram.webhook.url === line.channel.setup.webhookUrl)
  telegram.webhook.url = 'https://elsewhere.example/hook'
  await owner.client.channels.remove({ channelId: line.channel.id })
  expect(telegram.webhook.url).toBe('https://elsewhere.example/hook')
  line = await givenTelegram(server, owner, telegram)
})
