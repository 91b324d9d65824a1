import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { givenWhatsapp, type GivenChannel } from '../server/testing/given-channel.ts'
import { givenWorkspace } from '../server/testing/given.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { startWhatsappDouble, type WhatsappDouble } from '../server/testing/whatsapp-double.ts'
import { contact, example, message, signature, status, webhook } from '../server/testing/whatsapp-webhooks.ts'
import { closeBrowser, noBrowser, openBrowser, type Look } from './browser.ts'

const dayAgo = () => String(Math.floor(Date.now() / 1000) - 25 * 3600)
const now = () => String(Math.floor(Date.now() / 1000))

describe('a WhatsApp message', unless(noBrowser), () => {
  let server: TestServer
  let whatsapp: WhatsappDouble
  let shop: Awaited<ReturnType<typeof givenWorkspace>>
  let line: GivenChannel
  const ends: (() => Promise<void>)[] = []

  beforeAll(async () => {
    whatsapp = await startWhatsappDouble()
    server = await startTestServer({ config: { whatsappApi: whatsapp.url } })
  })
  beforeEach(async () => {
    shop = await givenWorkspace(server)
    line = await givenWhatsapp(server, shop.owner, whatsapp)
    whatsapp.sent.length = 0
  })
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end()
    await shop.owner.client.channels.remove({ channelId: line.channel.id })
  })
  afterAll(async () => {
    await closeBrowser()
    await server.close()
    await whatsapp.close()
  })

  async function openInbox(look: Look) {
    const { page, faults, context } = await openBrowser(server.url, shop.agent.cookie, look)
    ends.push(() => context.close())
    await page.goto(`/w/${shop.id}/inbox?view=all`)
    await page.getByRole('heading').first().waitFor()
    return { page, faults }
  }
  const call = async (payload: unknown, headers?: Record<string, string>) =>
    (await whatsapp.call(line.webhookUrl, payload, headers)).status

  test('that is signed makes a contact, one that is forged nothing; the answer’s way is seen', async () => {
    const { page, faults } = await openInbox({ language: 'en' })
    const hello = (id: string, body: string) =>
      webhook({ messages: [message('text', { body }, { id, timestamp: now() })] })
    const lie = hello('wamid.forged', 'Soy otra persona')
    expect(await call(lie, { 'x-hub-signature-256': signature('another secret', JSON.stringify(lie)) })).toBe(401)
    const unsigned = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(lie) }
    expect((await fetch(line.webhookUrl, unsigned)).status).toBe(401)
    expect(await call(hello('wamid.first', 'Hola, ¿tienen mesas de nogal?'))).toBe(200)

    await page.getByRole('link', { name: example.profileName }).click()
    const thread = page.getByRole('log', { name: 'Messages' })
    await thread.getByText('Hola, ¿tienen mesas de nogal?').waitFor()
    await page.getByText(/^Free text for 2[34] hours more/).waitFor()
    await page.getByRole('textbox', { name: 'Message', exact: true }).fill('Sí, dos.')
    await page.keyboard.press('Control+Enter')
    const sent = await waitFor('the answer at WhatsApp', () => whatsapp.sent[0])
    expect(sent.body).toMatchObject({ to: example.waId, type: 'text', text: { body: 'Sí, dos.' } })
    for (const [value, words] of [
      ['sent', 'Sent'],
      ['delivered', 'Delivered'],
      ['read', 'Read'],
    ] as const) {
      expect(await call(webhook({ statuses: [status(sent.id, value, { timestamp: now() })] }))).toBe(200)
      await thread.getByText(words, { exact: true }).waitFor()
    }
    // an older status that comes late moves nothing back
    expect(await call(webhook({ statuses: [status(sent.id, 'delivered', { timestamp: now() })] }))).toBe(200)
    expect(await call(hello('wamid.second', '¿A qué hora abren?'))).toBe(200)
    await thread.getByText('¿A qué hora abren?').waitFor()
    await thread.getByText('Read', { exact: true }).waitFor()
    expect(await page.getByText('Soy otra persona').count()).toBe(0)

    await page.getByRole('button', { name: 'Contact details', exact: true }).click()
    const record = page.getByRole('complementary')
    await record.getByRole('button', { name: 'Phone: +1 650 555 1234' }).waitFor()
    await record.getByText('United States').waitFor()
    expect(whatsapp.violations).toEqual([])
    expect(faults).toEqual([])
  })

  test('of yesterday is answered on a phone with a template, seen before it goes', async () => {
    whatsapp.templates = [
      {
        name: 'pedido_listo',
        language: 'es',
        status: 'APPROVED',
        category: 'UTILITY',
        components: [{ type: 'BODY', text: 'Hola, {{1}}: su pedido está listo.' }],
      },
    ]
    const { page, faults } = await openInbox({ language: 'es', width: 390, height: 844, theme: 'dark' })
    const old = message(
      'text',
      { body: 'Avísenme, por favor' },
      { id: 'wamid.old', timestamp: dayAgo(), from: '5215512345678' },
    )
    expect(await call(webhook({ contacts: [contact('5215512345678', 'Santiago Paredes')], messages: [old] }))).toBe(200)
    await page.getByRole('link', { name: 'Santiago Paredes' }).click()
    await page.getByText('Avísenme, por favor').waitFor()
    // why no free text can be written, and what can be sent
    await page.getByText('WhatsApp admite texto libre durante 24 horas desde el último mensaje del contacto.').waitFor()
    await page.getByRole('textbox', { name: 'Mensaje', exact: true }).fill('Ya está listo')
    const send = page.getByRole('button', { name: /^Enviar/ })
    expect(await send.getAttribute('aria-disabled')).toBe('true')
    await page.getByRole('button', { name: 'Elegir plantilla…' }).click()
    const dialog = page.getByRole('dialog')
    // by key: the sheet may still be rising, and what is aimed at would move away
    const choice = dialog.getByRole('combobox', { name: 'Plantilla' })
    await choice.fill('pedido')
    await page.getByRole('option', { name: /pedido listo/ }).waitFor()
    await choice.press('ArrowDown')
    await choice.press('Enter')
    await dialog.getByRole('textbox', { name: 'Valor 1' }).fill('Santiago')
    await dialog.getByText('Hola, Santiago: su pedido está listo.').waitFor()
    await dialog.getByRole('button', { name: 'Enviar' }).click()
    const sent = await waitFor('the template at WhatsApp', () => whatsapp.sent[0])
    expect(sent.body).toMatchObject({ to: '5215512345678', type: 'template', template: { name: 'pedido_listo' } })
    await page.getByText('Hola, Santiago: su pedido está listo.').waitFor()
    expect(whatsapp.violations).toEqual([])
    expect(faults).toEqual([])
  })
})
