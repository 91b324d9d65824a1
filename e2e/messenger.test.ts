import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { givenWorkspace } from '../server/testing/given.ts'
import { startMessengerDouble, type MessengerDouble } from '../server/testing/messenger-double.ts'
import { did, page as facebook, pageWebhook, said } from '../server/testing/messenger-webhooks.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { closeBrowser, noBrowser, openBrowser, type Look } from './browser.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'

describe('a Facebook page', unless(noBrowser), () => {
  let server: TestServer
  let meta: MessengerDouble
  let shop: Awaited<ReturnType<typeof givenWorkspace>>
  const ends: (() => Promise<unknown>)[] = []

  beforeAll(async () => {
    meta = await startMessengerDouble()
    server = await startTestServer({ config: { metaApi: meta.url } })
  })
  beforeEach(async () => {
    shop = await givenWorkspace(server)
  })
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end()
  })
  afterAll(async () => {
    await closeBrowser()
    await server.close()
    await meta.close()
  })

  async function open(cookie: string, path: string, look: Look = { language: 'en' }) {
    const { page, faults, context } = await openBrowser(server.url, cookie, look)
    ends.push(() => context.close())
    await page.goto(`/w/${shop.id}/${path}`)
    return { page, faults }
  }

  test('is connected with a test, written to and answered; its record leads to the conversation on Facebook', async () => {
    const owner = await open(shop.owner.cookie, 'settings/channels/new/messenger')
    const form = owner.page
    await form.getByLabel('Page ID').fill(meta.settings.pageId)
    await form.getByLabel('Access token').fill(meta.settings.accessToken)
    await form.getByLabel('App secret').fill('not-the-one')
    await form.getByRole('button', { name: 'Test this' }).click()
    await form.getByText(/The app secret is not that of the token's app/).waitFor()
    await form.getByLabel('App secret').fill(meta.settings.appSecret)
    await form.getByRole('button', { name: 'Test this' }).click()
    await form.getByText('It works.').waitFor()
    await form.getByRole('button', { name: 'Connect', exact: true }).click()
    await form.getByRole('heading', { name: 'What to enter at Meta' }).waitFor()
    expect(await findViolations(form)).toEqual([])
    expect(owner.faults).toEqual([])
    const { items } = await shop.owner.client.channels.list({})
    const { setup } = await shop.owner.client.channels.get({ channelId: items[0]!.id })
    const webhookUrl = server.url + new URL(setup.webhookUrl!).pathname
    expect((await meta.shakeHands(webhookUrl, setup.verifyToken!)).status).toBe(200)

    meta.people.set(facebook.psid, { first_name: 'Ximena', last_name: 'Robles', profile_pic: null })
    const call = async (event: object) => (await meta.call(webhookUrl, pageWebhook([event]))).status
    const { page, faults } = await open(shop.agent.cookie, 'inbox?view=all')
    await page.getByRole('heading').first().waitFor()
    expect(await call(said({ mid: 'm_1', text: '¿Tienen mesas de nogal?' }, { timestamp: Date.now() }))).toBe(200)
    await page.getByRole('link', { name: 'Ximena Robles' }).click()
    const thread = page.getByRole('log', { name: 'Messages' })
    await thread.getByText('¿Tienen mesas de nogal?').waitFor()
    await page.getByText(/^2[34] hours left to answer/).waitFor()
    await page.getByRole('textbox', { name: 'Message', exact: true }).fill('Sí, dos.')
    await page.keyboard.press('Control+Enter')
    const sent = await waitFor('the answer at Facebook', () => meta.sent[0])
    await thread.getByText('Sent', { exact: true }).waitFor()
    expect(await call(did({ delivery: { mids: [sent.id], watermark: Date.now() } }))).toBe(200)
    await thread.getByText('Delivered', { exact: true }).waitFor()
    expect(await call(did({ read: { watermark: Date.now() } }))).toBe(200)
    await thread.getByText('Read', { exact: true }).waitFor()
    expect(await call(did({ message_edit: { mid: 'm_1', text: '¿Tienen mesas de roble?', num_edit: 1 } }))).toBe(200)
    await thread.getByText('¿Tienen mesas de roble?').waitFor()
    await thread.getByText(/^Edited/).click()
    await thread.getByText('¿Tienen mesas de nogal?').waitFor()

    await page.goto(`${page.url().split('?')[0]}?drawer=open&tab=channels`)
    const active = page.getByRole('complementary').getByRole('region', { name: 'Active' })
    await active.getByText('You: Sí, dos.').waitFor()
    const link = active.getByRole('link', { name: 'Open in Facebook (new tab)' })
    await link.focus()
    expect(await link.evaluate((one) => getComputedStyle(one).opacity)).toBe('1')
    expect(await link.getAttribute('target')).toBe('_blank')
    expect(await link.getAttribute('href')).toBe(
      `https://www.facebook.com/${facebook.id}/inbox/${facebook.psid}/?section=messages`,
    )
    await link.blur()
    expect(await findViolations(page)).toEqual([])
    expect(meta.violations).toEqual([])
    expect(faults).toEqual([])
  })

  test('says on a phone when the time to answer is over, and lets nobody be written to first', async () => {
    const { id } = await shop.owner.client.channels.connect({ name: 'Página', settings: meta.settings })
    ends.push(() => shop.owner.client.channels.remove({ channelId: id }))
    const { setup } = await shop.owner.client.channels.get({ channelId: id })
    const webhookUrl = server.url + new URL(setup.webhookUrl!).pathname
    meta.people.set(facebook.psid, { first_name: 'Ximena', last_name: 'Robles', profile_pic: null })
    const yesterday = Date.now() - 25 * 3_600_000
    await meta.call(webhookUrl, pageWebhook([said({ mid: 'm_old', text: 'ayer' }, { timestamp: yesterday })]))
    const stranger = await shop.owner.client.contacts.create({ values: { firstName: 'Otro' } })
    const { page, faults } = await open(shop.agent.cookie, 'inbox?view=all', {
      language: 'es',
      width: 390,
      height: 844,
      theme: 'dark',
    })
    await page.getByRole('link', { name: 'Ximena Robles' }).click()
    await page.getByText(/^El plazo de Meta para contestar aquí ha terminado/).waitFor()
    await page.getByRole('textbox', { name: 'Mensaje', exact: true }).fill('Perdón')
    expect(await page.getByRole('button', { name: /^Enviar/ }).getAttribute('aria-disabled')).toBe('true')
    expect(await fits(page)).toBe(true)
    await page.goto(`/w/${shop.id}/inbox/${stranger.id}?drawer=open&tab=channels`)
    const unavailable = page.getByRole('complementary').getByRole('region', { name: 'No disponibles' })
    await unavailable.getByText('Página').waitFor()
    expect(await unavailable.getByRole('button', { name: /^Enviar primer mensaje/ }).count()).toBe(0)
    expect(await fits(page)).toBe(true)
    expect(faults).toEqual([])
  })
})
