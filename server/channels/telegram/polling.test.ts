import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenTelegram } from '../../testing/given-channel.ts'
import { givenWorkspace } from '../../testing/given.ts'
import { startTelegramDouble, type TelegramDouble } from '../../testing/telegram-double.ts'
import { telegramMembership, telegramMessage } from '../../testing/telegram-updates.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'
import { waitFor } from '../../testing/wait-for.ts'

let server: TestServer
let telegram: TelegramDouble
beforeAll(async () => {
  telegram = await startTelegramDouble()
  server = await startTestServer({ config: { telegramApi: telegram.url } })
})
afterAll(async () => {
  await server.close()
  await telegram.close()
})

test('a server that nobody can call asks for its news, once each, and goes on where it was', async () => {
  telegram.webhook.url = 'https://once.example/x'
  telegram.pending.push(telegramMessage({ text: 'uno' }), telegramMembership('group', ['left', 'member']))
  const { owner, id } = await givenWorkspace(server)
  const { channel } = await givenTelegram(server, owner, telegram)
  const names = async () => (await owner.client.conversations.list({ view: 'all' })).items.map((one) => one.displayName)
  await waitFor('the contact', async () => (await names()).includes('Lucía Ferrer'))
  expect(telegram.webhook.url).toBe('')
  await waitFor('both confirmed', () => telegram.pending.length === 0)
  expect(telegram.sent.map(({ method }) => method)).toEqual(['sendMessage'])

  await owner.client.channels.pause({ channelId: channel.id })
  telegram.pending.push(telegramMessage({ text: 'dos' }))
  await owner.client.channels.resume({ channelId: channel.id })
  await waitFor('confirmed', () => telegram.pending.length === 0)
  const stored = await server.deps.db
    .selectFrom('inbound_event')
    .select('body')
    .where('workspace_id', '=', id)
    .orderBy('id')
    .execute()
  expect(stored.map(({ body }) => /"text":"(\w+)"/.exec(body.toString())?.[1])).toEqual(['uno', undefined, 'dos'])

  telegram.revokeToken()
  const { problem } = await waitFor('the problem', async () => {
    const now = await owner.client.channels.get({ channelId: channel.id })
    return now.state === 'broken' ? now : undefined
  })
  expect(problem).toMatchObject({ code: 'bot-token-refused', detail: 'Unauthorized' })
  expect(telegram.violations).toEqual([])
})
