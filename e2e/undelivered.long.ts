import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { textEvent } from '../server/conversations/testing.ts'
import { startCustomDouble, type CustomDouble } from '../server/testing/custom-double.ts'
import { givenCustom, type GivenChannel } from '../server/testing/given-channel.ts'
import { givenWorkspace, type GivenMember } from '../server/testing/given.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { closeBrowser, noBrowser, openBrowser, type Look } from './browser.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'
import { looks } from './looks.ts'

const refused = { answer: { status: 400, body: { error: { message: 'no such person' } } } }
const full = { answer: { status: 429, headers: { 'retry-after': '600' }, body: {} } }

describe('what does not go out', unless(noBrowser), () => {
  let server: TestServer
  let double: CustomDouble
  let shop: Awaited<ReturnType<typeof givenWorkspace>>
  let line: GivenChannel
  const ends: (() => Promise<void>)[] = []

  beforeAll(async () => {
    double = await startCustomDouble()
    server = await startTestServer()
  })
  beforeEach(async () => {
    shop = await givenWorkspace(server)
    line = await givenCustom(server, shop.owner, double)
    double.token = line.channel.setup.apiToken
    double.sent.length = 0
    double.calm()
  })
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end()
  })
  afterAll(async () => {
    await closeBrowser()
    await server.close()
    await double.close()
  })

  async function open(member: GivenMember, path: string, look: Look = { language: 'en' }) {
    const { page, faults, context } = await openBrowser(server.url, member.cookie, look)
    ends.push(() => context.close())
    await page.goto(`/w/${shop.id}${path}`)
    await page.getByRole('heading').first().waitFor()
    return { page, faults }
  }
  async function hear(firstName: string, phone: string): Promise<number> {
    const body = {
      channelId: line.channel.setup.channelId,
      contactId: phone,
      contact: { firstName },
      events: [textEvent('hola')],
    }
    await double.call(line.webhookUrl, body)
    return waitFor(firstName, async () => {
      const { items } = await shop.owner.client.conversations.list({ view: 'all' })
      return items.find(({ displayName }) => displayName === firstName)?.contactId
    })
  }
  async function say(contactId: number, text: string, trouble: Parameters<CustomDouble['trouble']>[0], status: string) {
    double.trouble(trouble)
    const { id } = await shop.agent.client.conversations.send({ contactId, body: { type: 'text', text } })
    await waitFor(status, async () => {
      const { items } = await shop.owner.client.conversations.thread({ contactId })
      return items.some((item) => item.type === 'message' && item.message.id === id && item.message.status === status)
    })
  }

  test('says why and what to do: where it was written, on the page of its channel, and in one list', async () => {
    const ana = await hear('Ana', '+34600000142')
    const bea = await hear('Bea', '+34600000143')
    await say(ana, 'Su mesa llega el jueves', refused, 'failed')
    await say(bea, '¿Le va bien el viernes?', 'cut', 'unknown')

    const agent = await open(shop.agent, `/inbox/${bea}?view=all`)
    const thread = agent.page.getByRole('log', { name: 'Messages' })
    await thread.getByText('It may have arrived').waitFor()
    expect(await findViolations(agent.page, '[role=log]')).toEqual([])
    await thread.getByRole('button', { name: 'It arrived' }).click()
    await thread.getByText('Sent', { exact: true }).waitFor()

    // too much at once: the line rests, and whoever writes by it is told before and after
    await say(bea, 'Hasta el viernes', full, 'queued')
    await agent.page.getByText('The provider takes no more messages for the moment. It goes out by itself.').waitFor()
    const note = agent.page.getByRole('status').filter({ hasText: 'What you write waits' })
    await note.waitFor()

    const owner = await open(shop.owner, '/settings/channels')
    await owner.page.getByText('Sending rests').waitFor()
    await owner.page.getByRole('link', { name: line.channel.name }).click()
    await owner.page.getByRole('heading', { name: 'How it does' }).waitFor()
    await owner.page.getByText('2 tried: 1 not delivered, 1 in doubt').first().waitFor()
    expect(await findViolations(owner.page, 'main')).toEqual([])
    await owner.page.getByRole('button', { name: 'Try now' }).click()
    await owner.page.getByText('It works again. What waited goes out now.').waitFor()
    await note.waitFor({ state: 'detached' })
    await waitFor('what waited', () =>
      double.sent.some(({ body }) => JSON.stringify(body).includes('Hasta el viernes')),
    )

    await owner.page.getByRole('link', { name: 'See them and send again' }).click()
    const list = owner.page.getByRole('list', { name: 'Undelivered messages' })
    await list.getByText('The provider refused the message. no such person (400)').waitFor()
    expect(await list.getByRole('listitem').count()).toBe(1)
    await owner.page.getByRole('button', { name: 'Send all again…' }).click()
    await owner.page.getByRole('button', { name: 'Send all again', exact: true }).click()
    await owner.page.getByText('1 message is on its way.').waitFor()
    await owner.page.getByRole('heading', { name: 'Nothing is undelivered' }).waitFor()
    await waitFor('the answer', () => double.sent.some(({ body }) => JSON.stringify(body).includes('el jueves')))
    expect([...agent.faults, ...owner.faults]).toEqual([])
  })

  test('is narrowed also to a channel that has been removed since', async () => {
    await say(await hear('Ana', '+34600000142'), 'Su mesa llega el jueves', refused, 'failed')
    const { id: channelId, name } = line.channel
    await shop.owner.client.channels.remove({ channelId })
    const { page, faults } = await open(shop.owner, '/settings/channels/undelivered')
    const rows = page.getByRole('list', { name: 'Undelivered messages' }).getByRole('listitem')
    await rows.first().waitFor()
    await page.getByRole('button', { name: /Channel$/ }).press('Enter')
    await page.getByRole('option', { name: `${name} (removed)` }).press('Enter')
    await page.waitForURL(new RegExp(`/undelivered/${channelId}$`))
    await page.getByRole('button', { name: new RegExp(`^${name} \\(removed\\)`) }).waitFor()
    await rows.filter({ hasText: 'el jueves' }).waitFor()
    expect(faults).toEqual([])
  })

  test.each(
    looks(
      { language: 'es', theme: 'dark' },
      { language: 'en', theme: 'light', width: 390, height: 844 },
      { language: 'es', theme: 'dark', width: 390, height: 844 },
    ),
  )('is worked off by keyboard and on a phone, as %o', async (look) => {
    const ana = await hear('Ana', '+34600000142')
    await say(ana, 'Su mesa llega el jueves', refused, 'failed')
    await say(ana, '¿Está usted en casa?', 'cut', 'unknown')
    double.sent.length = 0
    const { page, faults } = await open(shop.agent, '/settings/channels/undelivered', look)
    const rows = page
      .getByRole('list', { name: /^(Undelivered messages|Mensajes sin entregar)$/ })
      .getByRole('listitem')
    await waitFor('both', async () => (await rows.count()) === 2)
    expect(await fits(page)).toBe(true)
    expect(await findViolations(page, 'main')).toEqual([])
    // an agent decides one by one
    expect(await page.getByRole('button', { name: /otra vez…|all again…/ }).count()).toBe(0)
    await rows
      .filter({ hasText: 'en casa' })
      .getByRole('button', { name: /^(It arrived|Llegó)/ })
      .focus()
    await page.keyboard.press('Enter')
    await waitFor('one', async () => (await rows.count()) === 1)
    await rows.getByRole('button', { name: /^(Send again|Enviar otra vez)/ }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /^(Nothing is undelivered|No hay nada sin entregar)$/ }).waitFor()
    await waitFor('the answer', () => double.sent.some(({ body }) => JSON.stringify(body).includes('el jueves')))
    expect(faults).toEqual([])
  })
})
