import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { givenMailLine, mailProgram, mailSettings } from '../server/channels/email/testing.ts'
import { givenWorkspace, type GivenMember } from '../server/testing/given.ts'
import { freePort, imapMissing, startMailbox, type MailboxServer } from '../server/testing/mail-imap.ts'
import { startSmtpDouble, type SmtpDouble } from '../server/testing/mail-smtp.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { closeBrowser, noBrowser, openBrowser, type Look } from './browser.ts'

const address = 'ventas@tienda.example'

describe('an e-mail', unless(noBrowser), () => {
  let server: TestServer
  let smtp: SmtpDouble
  let port: number
  let shop: Awaited<ReturnType<typeof givenWorkspace>>
  const ends: (() => Promise<void>)[] = []

  beforeAll(async () => {
    smtp = await startSmtpDouble()
    port = await freePort()
    server = await startTestServer({ config: { smtpListen: { host: '127.0.0.1', port } } })
  })
  beforeEach(async () => {
    shop = await givenWorkspace(server)
    smtp.mails.length = 0
  })
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end()
  })
  afterAll(async () => {
    await closeBrowser()
    await server.close()
    await smtp.close()
  })

  async function openInbox(who: GivenMember, look: Look) {
    const { page, faults, context } = await openBrowser(server.url, who.cookie, look)
    ends.push(() => context.close())
    await page.goto(`/w/${shop.id}/inbox?view=all`)
    return { page, faults }
  }
  const record = (page: Page) => page.getByRole('complementary')
  const answerAtTheServer = () => waitFor('the answer at the mail server', () => smtp.mails[0])

  test('handed to the listener makes a contact, its record is put right, the answer leaves in its thread', async () => {
    const line = await givenMailLine(shop.owner, mailSettings(smtp, { address }))
    ends.push(async () => void (await shop.owner.client.channels.remove({ channelId: line.id })))
    const { page, faults } = await openInbox(shop.owner, { language: 'en' })
    await page.getByRole('heading', { name: 'Ready for the first message' }).waitFor()
    const asked: string[] = []
    await page.route('https://pictures.example/**', async (route) => {
      asked.push(route.request().url())
      await route.fulfill({ contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' })
    })

    const { messageId } = await mailProgram(port).sendMail({
      from: { name: 'Lucía H.', address: 'lucia@example.com' },
      to: address,
      subject: 'Mesa de nogal',
      text: '¿Llega el viernes?\n\nEl 24/11/2026 a las 10:15, Tienda escribió:\n> Sale mañana',
      html: '<p>¿Llega el <b>viernes</b>?</p><script>top.document.title = "taken"</script><img src="https://pictures.example/open.svg" alt="logo">',
      attachments: [{ filename: 'medidas.txt', content: '180 x 90' }],
    })
    // shown without being asked for
    await page.getByRole('link', { name: 'Lucía H.' }).click()
    const thread = page.getByRole('log', { name: 'Messages' })
    await thread.getByText('Mesa de nogal').waitFor()
    await thread.getByText('¿Llega el viernes?').waitFor()
    await thread.getByText('medidas.txt').waitFor()
    expect(await thread.getByText('Sale mañana').isVisible()).toBe(false)
    await thread.getByText('Quoted text').click()
    await thread.getByText('Sale mañana').waitFor()

    await thread.getByRole('button', { name: 'Show original' }).click()
    const frame = page.getByTitle('Original email')
    const sandbox = await frame.getAttribute('sandbox')
    expect(sandbox?.split(' ')).not.toContain('allow-scripts')
    expect(sandbox?.split(' ')).not.toContain('allow-same-origin')
    await frame.contentFrame().locator('b', { hasText: 'viernes' }).waitFor()
    expect(asked).toEqual([])
    await thread.getByRole('button', { name: 'Load remote pictures' }).click()
    await waitFor('the picture to be asked for', () => asked.length > 0)
    expect(await page.title()).not.toBe('taken')

    await page.getByRole('button', { name: 'Contact details of Lucía H.' }).click()
    await record(page).getByRole('button', { name: 'Email: lucia@example.com' }).waitFor()
    await page.getByRole('button', { name: 'Contact details', exact: true }).click()
    await record(page).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Contact details', exact: true }).click()
    await record(page).getByRole('button', { name: 'Edit name' }).click()
    await record(page).getByRole('textbox', { name: 'First name' }).fill('Lucía')
    await record(page).getByRole('textbox', { name: 'Last name' }).fill('Herrera Campos')
    await page.keyboard.press('Enter')
    await record(page).getByRole('heading', { name: 'Lucía Herrera Campos' }).waitFor()
    await record(page)
      .getByRole('button', { name: /^Phone:/ })
      .click()
    await record(page).getByRole('textbox', { name: 'Phone', exact: true }).fill('600000142')
    await page.keyboard.press('Enter')
    // nothing is guessed: the country code is missing, and the remedy is one press away
    await record(page).getByRole('button', { name: '+34 600 00 01 42', exact: true }).click()
    await record(page).getByRole('button', { name: 'Phone: +34 600 00 01 42' }).waitFor()
    await record(page).getByText('Spain').waitFor()
    // the list and the thread call her so too
    await page.getByRole('link', { name: 'Lucía Herrera Campos' }).waitFor()

    await page.getByRole('textbox', { name: 'Message', exact: true }).fill('Sí, el viernes por la mañana.')
    await page.keyboard.press('Control+Enter')
    const answer = await answerAtTheServer()
    expect(answer).toMatchObject({ from: address, to: ['lucia@example.com'] })
    expect(answer.mail).toMatchObject({ inReplyTo: messageId, references: messageId, subject: 'Re: Mesa de nogal' })
    expect(answer.mail.from?.value).toEqual([{ name: 'Tienda del Puerto', address }])
    expect(answer.mail.text).toContain('Sí, el viernes por la mañana.')
    await thread.getByText('Sí, el viernes por la mañana.').waitFor()
    // the phone without its country code was refused, nothing else
    expect(faults).toEqual([expect.stringContaining('400')])
  })

  test(
    'fetched from a mailbox is in the Inbox of a phone; the answer leaves in its thread',
    unless(imapMissing),
    async () => {
      const box: MailboxServer = await startMailbox()
      ends.push(() => box.close())
      const line = await givenMailLine(shop.owner, mailSettings(smtp, { address, imap: box.server }))
      ends.push(async () => void (await shop.owner.client.channels.remove({ channelId: line.id })))
      const { page, faults } = await openInbox(shop.agent, { language: 'es', width: 390, height: 844, theme: 'dark' })
      await page.getByRole('heading').first().waitFor()
      box.deliver(
        [
          'From: =?utf-8?Q?Andr=C3=A9s_Ib=C3=A1=C3=B1ez?= <andres@example.com>',
          `To: ${address}`,
          'Subject: Presupuesto',
          'Message-ID: <tercera@example.com>',
          'Content-Type: text/plain; charset=utf-8',
          '',
          'Me vale. ¿Cómo pago?',
        ].join('\r\n'),
      )
      await page.getByRole('link', { name: 'Andrés Ibáñez' }).click()
      await page.getByText('Me vale. ¿Cómo pago?').waitFor()
      await page.getByRole('textbox', { name: 'Mensaje', exact: true }).fill('Por transferencia.')
      await page.getByRole('button', { name: /^Enviar/ }).click()
      const { mail } = await answerAtTheServer()
      expect(mail).toMatchObject({
        inReplyTo: '<tercera@example.com>',
        references: '<tercera@example.com>',
        subject: 'Re: Presupuesto',
      })
      expect(mail.text).toContain('Por transferencia.')
      await page.getByRole('button', { name: 'Detalles del contacto', exact: true }).click()
      await record(page).getByRole('heading', { name: 'Andrés Ibáñez' }).waitFor()
      expect(faults).toEqual([])
    },
  )
})
