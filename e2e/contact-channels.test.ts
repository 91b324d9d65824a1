import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { givenMailLine, mailSettings } from '../server/channels/email/testing.ts'
import { startCustomDouble, type CustomDouble } from '../server/testing/custom-double.ts'
import { givenCustom, givenWhatsapp } from '../server/testing/given-channel.ts'
import { givenWorkspace, type GivenMember } from '../server/testing/given.ts'
import { startSmtpDouble, type SmtpDouble } from '../server/testing/mail-smtp.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { startWhatsappDouble, type WhatsappDouble } from '../server/testing/whatsapp-double.ts'
import { closeBrowser, noBrowser, openBrowser, type Look } from './browser.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'

describe('the channels of a contact', unless(noBrowser), () => {
  let server: TestServer
  let smtp: SmtpDouble
  let whatsapp: WhatsappDouble
  let integrator: CustomDouble
  let shop: Awaited<ReturnType<typeof givenWorkspace>>
  const ends: (() => Promise<unknown>)[] = []

  beforeAll(async () => {
    smtp = await startSmtpDouble()
    whatsapp = await startWhatsappDouble()
    integrator = await startCustomDouble()
    server = await startTestServer({ config: { whatsappApi: whatsapp.url } })
  })
  beforeEach(async () => {
    shop = await givenWorkspace(server)
    for (const { sent } of [whatsapp, integrator]) sent.length = 0
    smtp.mails.length = 0
  })
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end()
  })
  afterAll(async () => {
    await closeBrowser()
    await server.close()
    await Promise.all([smtp.close(), whatsapp.close(), integrator.close()])
  })

  async function open(who: GivenMember, path: string, look: Look = { language: 'en' }) {
    const { page, faults, context } = await openBrowser(server.url, who.cookie, look)
    ends.push(() => context.close())
    await page.goto(`/w/${shop.id}/${path}`)
    return { page, faults }
  }
  const group = (page: Page, name: string): Locator => page.getByRole('complementary').getByRole('region', { name })
  const message = (page: Page, name = 'Message') => page.getByRole('textbox', { name, exact: true })

  test('say what is missing, take it, and begin a mail with the caret where it is written', async () => {
    const line = await givenMailLine(shop.owner, { ...mailSettings(smtp, { address: 'ventas@tienda.example' }) })
    ends.push(() => shop.owner.client.channels.remove({ channelId: line.id }))
    const { id } = await shop.owner.client.contacts.create({ values: { firstName: 'Lucía', lastName: 'Romero' } })
    const { page, faults } = await open(shop.manager, `contacts/${id}`)
    await page.getByRole('complementary').getByRole('heading', { name: 'Lucía Romero' }).waitFor()
    await page.keyboard.press('2')
    await group(page, 'Unavailable').getByText('No email address').waitFor()
    await group(page, 'Unavailable').getByRole('button', { name: 'Email: Add email' }).click()
    await page.keyboard.type('lucia@example.com')
    await page.keyboard.press('Enter')
    // its address says why it can be started now
    await group(page, 'Inactive').getByText('lucia@example.com').waitFor()
    expect(await findViolations(page)).toEqual([])

    await group(page, 'Inactive')
      .getByRole('button', { name: /^Send first message/ })
      .click()
    await page.waitForURL(`**/inbox/${id}`)
    await waitFor('the caret in the message', () => message(page).evaluate((area) => area === document.activeElement))
    expect(await page.getByRole('button', { name: /^Channel: / }).textContent()).toContain(line.name)
    await page.getByRole('textbox', { name: 'Subject' }).fill('Su pedido')
    await message(page).fill('Ya está listo.')
    await page.keyboard.press('Control+Enter')
    const sent = await waitFor('the mail at its server', () => smtp.mails[0])
    expect(sent.to).toEqual(['lucia@example.com'])
    expect(sent.mail.subject).toBe('Su pedido')

    await page.goto(`/w/${shop.id}/inbox/${id}?drawer=open&tab=channels`)
    await group(page, 'Active').getByText('You: Ya está listo.').waitFor()
    await group(page, 'Active')
      .getByText(/^Connected /)
      .waitFor()
    expect(faults).toEqual([])
  })

  test('begin on WhatsApp with a template, seen filled in before it goes; on a phone', async () => {
    const template = { language: 'es', status: 'APPROVED', category: 'UTILITY' }
    whatsapp.templates = [
      { ...template, name: 'pedido_listo', components: [{ type: 'BODY', text: 'Hola, {{1}}: su pedido está listo.' }] },
    ]
    const line = await givenWhatsapp(server, shop.owner, whatsapp)
    ends.push(() => shop.owner.client.channels.remove({ channelId: line.channel.id }))
    const { id } = await shop.owner.client.contacts.create({
      values: { firstName: 'Santiago', phone: '+5215512345678' },
    })
    const { page, faults } = await open(shop.agent, `inbox/${id}?drawer=open&tab=channels`, {
      language: 'es',
      width: 390,
      height: 844,
      theme: 'dark',
    })
    await group(page, 'Inactivos').getByText('+52 55 1234 5678').waitFor()
    expect(await fits(page)).toBe(true)
    expect(await findViolations(page)).toEqual([])
    await group(page, 'Inactivos')
      .getByRole('button', { name: /^Enviar primer mensaje/ })
      .click()
    await page.getByText('El primer mensaje en WhatsApp tiene que ser una plantilla.').waitFor()
    expect(await message(page, 'Mensaje').evaluate((area) => area === document.activeElement)).toBe(true)
    await page.getByRole('button', { name: 'Elegir plantilla…' }).click()
    const dialog = page.getByRole('dialog')
    // by key: the sheet may still be rising, and what is aimed at would move away
    await dialog.getByRole('combobox', { name: 'Plantilla' }).fill('pedido')
    await page.getByRole('option', { name: /pedido listo/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await dialog.getByRole('textbox', { name: 'Valor 1' }).fill('Santiago')
    await dialog.getByText('Hola, Santiago: su pedido está listo.').waitFor()
    await dialog.getByRole('button', { name: 'Enviar' }).click()
    const sent = await waitFor('the template at WhatsApp', () => whatsapp.sent[0])
    expect(sent.body).toMatchObject({ to: '525512345678', type: 'template', template: { name: 'pedido_listo' } })
    await page.getByRole('log', { name: 'Mensajes' }).getByText('Hola, Santiago: su pedido está listo.').waitFor()
    expect(whatsapp.violations).toEqual([])
    expect(faults).toEqual([])
  })

  test('are taken off in Contacts for everybody at once, given back, and come back by themselves when the contact writes', async () => {
    const line = await givenCustom(server, shop.owner, integrator, 'custom')
    const says = (mId: string, text: string) =>
      integrator.call(
        line.webhookUrl,
        {
          channelId: line.channel.setup.channelId,
          contactId: 'ximena_7',
          contact: { firstName: 'Ximena', lastName: 'Robles', phone: '+525512345678' },
          events: [{ type: 'message', mId, timestamp: Date.now(), message: { type: 'text', text } }],
        },
        line.channel.setup.apiToken,
      )
    await says('m-1', '¿Tienen esta mesa?')
    const contact = await waitFor('the contact', async () => (await shop.owner.client.contacts.list({})).items[0])
    const { page, faults } = await open(shop.manager, `contacts/${contact.id}?tab=channels`)
    const other = await open(shop.agent, `inbox/${contact.id}?drawer=open&tab=channels`)
    await group(other.page, 'Active').getByText('¿Tienen esta mesa?').waitFor()
    // agents see them, in the Inbox nobody takes them off
    expect(await other.page.getByRole('button', { name: /^Remove channel/ }).count()).toBe(0)

    const removal = page.getByRole('button', { name: 'Remove channel Custom channel · Puente' })
    await removal.focus()
    await waitFor('it to show on focus', () => removal.evaluate((button) => getComputedStyle(button).opacity === '1'))
    await page.keyboard.press('Enter')
    await group(page, 'Unavailable')
      .getByText(/^Removed by Mario Gerente on/)
      .waitFor()
    await group(page, 'Unavailable').getByText('Only the contact can start on Puente').waitFor()
    expect(await findViolations(page)).toEqual([])
    await group(other.page, 'Unavailable')
      .getByText(/^Removed by Mario Gerente on/)
      .waitFor()
    const thread = other.page.getByRole('log', { name: 'Messages' })
    await thread.getByText('¿Tienen esta mesa?').waitFor()
    await thread.getByText('Mario Gerente removed the channel Puente').waitFor()

    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await group(page, 'Active').waitFor()
    await group(other.page, 'Active').waitFor()
    await page.getByRole('button', { name: /^Remove channel/ }).click()
    await group(page, 'Unavailable')
      .getByRole('button', { name: /^Restore channel/ })
      .waitFor()

    // an id of the integrator's proves no phone: who writes by it anew is somebody new
    await says('m-2', 'Sigo aquí')
    const again = await waitFor('the message', async () => {
      const { items } = await shop.owner.client.conversations.list({ view: 'all' })
      return items.find(({ snippet }) => snippet.text === 'Sigo aquí')
    })
    await page.goto(`/w/${shop.id}/contacts/${again.contactId}?tab=channels`)
    await group(page, 'Active').getByText('Sigo aquí').waitFor()
    expect([...faults, ...other.faults]).toEqual([])
  })
})
