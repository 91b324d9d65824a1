import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { givenWorkspace, type GivenMember } from '../server/testing/given.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { startTwilioDouble, type TwilioDouble } from '../server/testing/twilio-double.ts'
import { incomingSms, smsReceipt, twilioExample } from '../server/testing/twilio-webhooks.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { closeBrowser, noBrowser, openBrowser, type Look } from './browser.ts'
import { findViolations } from './find-violations.ts'

describe('text messages', unless(noBrowser), () => {
  let server: TestServer
  let twilio: TwilioDouble
  const ends: (() => Promise<void>)[] = []

  beforeAll(async () => {
    twilio = await startTwilioDouble()
    server = await startTestServer({ config: { twilioApi: twilio.url } })
  })
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end()
  })
  afterAll(async () => {
    await closeBrowser()
    await server.close()
    await twilio.close()
  })

  async function open(member: GivenMember, path: string, look: Look = { language: 'en' }) {
    const { page, faults, context } = await openBrowser(server.url, member.cookie, look)
    ends.push(() => context.close())
    await page.goto(path)
    return { page, faults }
  }

  test('are connected with a number at Twilio; the first one is written with its parts in sight, and followed up', async () => {
    const shop = await givenWorkspace(server)
    const { page, faults } = await open(shop.owner, `/w/${shop.id}/settings/channels/new/sms`)
    await page.getByLabel('Account SID').fill(twilio.settings.accountSid)
    await page.getByLabel('Auth token').fill(twilio.settings.authToken)
    await page.getByLabel('Number or messaging service').fill('600 000 142')
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByText('Write the number with its country code').waitFor()
    expect(faults.splice(0)).toEqual([expect.stringContaining('400')])
    await page.getByLabel('Number or messaging service').fill(twilioExample.number)
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByRole('heading', { name: 'What to enter at Twilio' }).waitFor()
    const toldUrl = (await page.getByText(/^http:.*\/webhooks\/sms\//).textContent())!
    twilio.webhooks.set(twilioExample.number, toldUrl)
    await page.getByRole('button', { name: 'Test this' }).click()
    await page.getByText('The provider calls this Ficha.').waitFor()
    expect(await findViolations(page)).toEqual([])
    expect(faults).toEqual([])

    const line = { webhookUrl: server.url + new URL(toldUrl).pathname, toldUrl }
    await twilio.call(line, incomingSms('¿Abren hoy?'))
    const narrow: Look = { language: 'es', width: 390, height: 844, theme: 'dark' }
    const { page: phone, faults: others } = await open(shop.agent, `/w/${shop.id}/inbox?view=mine`, narrow)
    await phone.getByRole('button', { name: 'Nueva conversación' }).click()
    const dialog = phone.getByRole('dialog')
    await dialog.getByRole('searchbox').fill('+34 600 000 142')
    await dialog.getByRole('option', { name: /Escribir a/ }).click()
    const message = phone.getByRole('textbox', { name: 'Mensaje', exact: true })
    await message.fill('Mañana a las 8')
    await phone.getByText('1 mensaje de texto · quedan 146').waitFor()
    await message.fill(`Aquí estamos. ${'Mañana a las 8. '.repeat(4)}`)
    await phone.getByText('2 mensajes de texto').waitFor()
    await phone.getByText('«í» los acorta').waitFor()
    expect(await findViolations(phone)).toEqual([])
    await message.fill('Mañana a las 8')
    await phone.getByRole('button', { name: /^Enviar/ }).click()
    const sent = await waitFor('the message at Twilio', () => twilio.sent[0])
    expect(sent.form.get('To')).toBe('+34600000142')
    await twilio.call(line, smsReceipt(sent.sid, 'delivered'))
    const thread = phone.getByRole('log', { name: 'Mensajes' })
    await thread.getByText('Entregado', { exact: true }).waitFor()
    await twilio.call(line, incomingSms('Perfecto', { From: '+34600000142', FromCountry: 'ES' }))
    await thread.getByText('Perfecto').waitFor()

    await message.fill('¡Hasta mañana!')
    await phone.getByRole('button', { name: /^Enviar/ }).click()
    const second = await waitFor('the second', () => twilio.sent[1])
    await twilio.call(line, smsReceipt(second.sid, 'undelivered', { ErrorCode: '30006' }))
    await thread.getByText('Este número no admite mensajes de texto.').waitFor()
    expect(twilio.violations).toEqual([])
    expect(others).toEqual([])
  })
})
