import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startCustomDouble, type CustomDouble } from '../server/testing/custom-double.ts'
import { givenWorkspace, type GivenMember } from '../server/testing/given.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { startWhatsappDouble, type WhatsappDouble } from '../server/testing/whatsapp-double.ts'
import { message, signature, webhook } from '../server/testing/whatsapp-webhooks.ts'
import { closeBrowser, noBrowser, openBrowser } from './browser.ts'

describe('an Owner, in the settings', unless(noBrowser), () => {
  let server: TestServer
  let whatsapp: WhatsappDouble
  let integrator: CustomDouble
  let workspace: { id: number; owner: GivenMember; manager: GivenMember; agent: GivenMember }
  let close: (() => Promise<void>) | undefined

  beforeAll(async () => {
    whatsapp = await startWhatsappDouble()
    integrator = await startCustomDouble()
    server = await startTestServer({ config: { whatsappApi: whatsapp.url } })
  })
  beforeEach(async () => {
    await close?.()
    workspace = await givenWorkspace(server)
  })
  afterAll(async () => {
    await close?.()
    await closeBrowser()
    await server.close()
    await whatsapp.close()
    await integrator.close()
  })

  async function open(who: GivenMember, path = ''): Promise<{ page: Page; faults: string[] }> {
    const { page, faults, context } = await openBrowser(server.url, who.cookie, { language: 'en' })
    close = () => context.close()
    await page.goto(`/w/${workspace.id}/settings/channels${path}`)
    return { page, faults }
  }
  const entry = (page: Page, label: string) =>
    page.locator('dl > div', { has: page.getByText(label, { exact: true }) }).locator('code')
  // the server learns its port only when it listens, so of the address it shows the path is what counts
  const onServer = async (page: Page, label: string) =>
    server.url + new URL((await entry(page, label).textContent())!).pathname
  const names = async () => {
    const { items } = await workspace.owner.client.conversations.list({ view: 'all' })
    return items.map(({ displayName }) => displayName)
  }
  // React Aria tells of a button at work by a hidden node that names it, for seconds after the button may have gone
  const violations = async (page: Page) =>
    (await new AxeBuilder({ page }).exclude('[data-live-announcer]').analyze()).violations.map(
      ({ id, nodes }) => `${id}: ${nodes[0]?.html}`,
    )

  test('connects a WhatsApp number after a test that tells right from wrong; its first message is in the Inbox', async () => {
    const { page, faults } = await open(workspace.owner)
    await page.getByRole('link', { name: 'WhatsApp' }).click()
    const { phoneNumberId, businessAccountId, accessToken, appSecret } = whatsapp.settings

    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByText('This is needed.').nth(3).waitFor()
    await page.getByLabel('Phone number ID').fill('+1 555 078')
    await page.getByLabel('WhatsApp Business account ID').fill(businessAccountId)
    await page.getByLabel('App secret').fill(appSecret)
    await page.getByLabel('Access token').fill('EAABwrong')
    await page.getByRole('button', { name: 'Test this' }).click()
    await page.getByText('An ID has digits only, between 5 and 25.').waitFor()
    expect(faults.splice(0)).toEqual([expect.stringContaining('400')])
    // whoever sees no more than the end of the form is led to what is wrong
    await page.locator('input[name=phoneNumberId]:focus').fill(phoneNumberId)
    await page.getByRole('button', { name: 'Test this' }).click()
    await page.getByText('Meta refuses the access token.').waitFor()
    expect(await violations(page)).toEqual([])

    await page.getByLabel('Access token').fill(accessToken)
    await page.getByRole('button', { name: 'Test this' }).click()
    await page.getByText('It works.').waitFor()
    await page.getByText('The token may send and receive.').waitFor()

    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByRole('heading', { name: 'What to enter at Meta' }).waitFor()
    const webhookUrl = await onServer(page, 'Callback URL')
    const verifyToken = (await entry(page, 'Verify token').textContent())!
    expect((await whatsapp.shakeHands(webhookUrl, verifyToken, '42')).status).toBe(200)
    expect(await page.getByLabel('Access token').inputValue()).toBe('')
    expect(await violations(page)).toEqual([])

    // the number does not call here yet, which only a test after connecting can tell
    await page.getByRole('button', { name: 'Test this' }).click()
    await page.getByText('The provider does not know yet where to call.').waitFor()
    whatsapp.webhookUrl = await entry(page, 'Callback URL').textContent()
    await page.getByRole('button', { name: 'Test this' }).click()
    await page.getByText('The provider calls this Ficha.').waitFor()

    const hello = webhook({ messages: [message('text', { body: 'Hola, ¿tienen mesas de nogal?' })] })
    const forged = { 'x-hub-signature-256': signature('another secret', JSON.stringify(hello)) }
    expect((await whatsapp.call(webhookUrl, hello, forged)).status).toBe(401)
    expect((await whatsapp.call(webhookUrl, hello)).status).toBe(200)
    await waitFor('the contact in the Inbox', async () => (await names()).includes('Sheena Nelson'))
    expect(await names()).toHaveLength(1)
    expect(faults).toEqual([])
  })

  test('connects a custom channel, pauses it, goes on and removes it; what came by it stays', async () => {
    const { page } = await open(workspace.owner)
    await page.getByRole('link', { name: 'Custom channel' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Puente')
    await page.getByLabel('API base URL').fill('http://127.0.0.1:9')
    await page.getByRole('button', { name: 'Test this' }).click()
    await page.getByText('Nothing can be reached there.').waitFor()
    await page.getByLabel('API base URL').fill(integrator.url)
    await page.getByRole('button', { name: 'Test this' }).click()
    await page.getByText(/Something answers at this address/).waitFor()
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByRole('heading', { name: 'What to enter in your program' }).waitFor()

    const webhookUrl = await onServer(page, 'Webhook URL')
    const token = (await entry(page, 'API token').textContent())!
    const call = (mId: string) => ({
      contactId: '+34600000142',
      contact: { firstName: 'Lucía', lastName: 'Ferrer' },
      events: [{ type: 'message', mId, timestamp: Date.now(), message: { type: 'text', text: 'hola' } }],
    })
    const channelId = await entry(page, 'Channel ID').textContent()
    expect((await integrator.call(webhookUrl, { channelId, ...call('m-1') }, 'wrong')).status).toBe(401)
    expect((await integrator.call(webhookUrl, { channelId, ...call('m-1') }, token)).status).toBe(200)
    await waitFor('the contact in the Inbox', async () => (await names()).length === 1)

    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('button', { name: 'Pause' }).waitFor()
    await page.getByRole('button', { name: 'Remove…' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove the channel' }).click()
    await page.getByRole('heading', { name: 'Connect your first channel' }).waitFor()
    expect(await names()).toHaveLength(1)
    expect(await violations(page)).toEqual([])
  })

  test('changes a channel by keyboard alone, and its secrets stay when they are left empty', async () => {
    const { id: channelId } = await workspace.owner.client.channels.connect({
      name: 'Ventas',
      settings: whatsapp.settings,
    })
    const { page, faults } = await open(workspace.owner)
    await page.getByRole('link', { name: 'Ventas' }).focus()
    await page.keyboard.press('Enter')
    await page.getByLabel('Name', { exact: true }).focus()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('Ventas Sur')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Ventas Sur' }).waitFor()
    const checked = await workspace.owner.client.channels.check({
      channelId,
      settings: { ...whatsapp.settings, accessToken: '', appSecret: '' },
    })
    expect(checked.steps[0]).toMatchObject({ step: 'phoneNumber', ok: true })
    expect(faults).toEqual([])
  })

  test('is told the servers of a known mail provider, and of each field that is wrong', async () => {
    const { page } = await open(workspace.owner, '/new/email')
    await page.getByLabel('Address', { exact: true }).fill('taller@gmail.com')
    await page.getByText('smtp.gmail.com:465 · imap.gmail.com:993').waitFor()
    expect(await page.getByLabel('User', { exact: true }).inputValue()).toBe('taller@gmail.com')
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByText('This is needed.').waitFor()
    expect(await violations(page)).toEqual([])
  })

  test.each(['manager', 'agent'] as const)(
    'and whoever is %s sees what is connected, and why there is no more to do',
    async (role) => {
      await workspace.owner.client.channels.connect({ name: 'Ventas', settings: whatsapp.settings })
      const { page } = await open(workspace[role])
      await page.getByText('Ventas', { exact: true }).waitFor()
      await page.getByText(/^Only owners connect and change channels/).waitFor()
      const link = page.getByRole('link', { name: 'Ventas' })
      expect(await link.count()).toBe(role === 'manager' ? 1 : 0)
      expect(await violations(page)).toEqual([])
      if (role === 'manager') {
        await link.click()
        await page.getByText('Nothing has come or gone yet.').waitFor()
        await page.getByText(/^Only owners connect and change channels/).waitFor()
      }
      expect(await page.getByRole('button', { name: 'Pause' }).count()).toBe(0)
      await page.goto(`/w/${workspace.id}/settings/channels/new/whatsapp`)
      await page.getByText('Only owners manage channels').waitFor()
    },
  )
})
