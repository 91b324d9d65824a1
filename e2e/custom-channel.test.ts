import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startCustomDouble, type CustomDouble } from '../server/testing/custom-double.ts'
import { givenCustom, type GivenChannel } from '../server/testing/given-channel.ts'
import { givenWorkspace } from '../server/testing/given.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { closeBrowser, noBrowser, openBrowser } from './browser.ts'

const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

describe('a message by a custom channel', unless(noBrowser), () => {
  let server: TestServer
  let integrator: CustomDouble
  let shop: Awaited<ReturnType<typeof givenWorkspace>>
  let line: GivenChannel
  const ends: (() => Promise<void>)[] = []

  beforeAll(async () => {
    integrator = await startCustomDouble()
    server = await startTestServer()
  })
  beforeEach(async () => {
    shop = await givenWorkspace(server)
    line = await givenCustom(server, shop.owner, integrator)
    integrator.sent.length = 0
  })
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end()
  })
  afterAll(async () => {
    await closeBrowser()
    await server.close()
    await integrator.close()
  })

  async function openInbox() {
    const { page, faults, context } = await openBrowser(server.url, shop.agent.cookie, { language: 'en' })
    ends.push(() => context.close())
    await page.goto(`/w/${shop.id}/inbox?view=all`)
    await page.getByRole('heading').first().waitFor()
    return { page, faults, thread: page.getByRole('log', { name: 'Messages' }) }
  }
  async function post(events: readonly object[], token?: string) {
    const contact = { firstName: 'Ximena', lastName: 'Robles', language: 'es' }
    const body = { channelId: line.channel.setup.channelId, contactId: '+525512345678', contact, events }
    return (await integrator.call(line.webhookUrl, body, token)).status
  }
  const says = (mId: string, message: object, type = 'message') => ({ type, mId, timestamp: Date.now(), message })
  const handed = (count: number) =>
    waitFor(`message ${count} at the integrator`, () => integrator.sent.length >= count && integrator.sent[count - 1])

  test('makes a contact, is answered, and the answer is followed until it is read', async () => {
    const { page, faults, thread } = await openInbox()
    integrator.files.set('/mesa.png', { content: picture, type: 'image/png' })
    expect(await post([says('lie', { type: 'text', text: 'Soy otra persona' })], 'wrong')).toBe(401)
    const hello = says('m-1', { type: 'text', text: '¿Tienen esta mesa?' })
    expect(await post([hello])).toBe(200)
    await page.getByRole('link', { name: 'Ximena Robles' }).click()
    await thread.getByText('¿Tienen esta mesa?').waitFor()

    // sent once more as after a broken connection, with a picture and what the business said elsewhere
    const url = `${integrator.url}/mesa.png`
    const attachment = { type: 'image', url, mimeType: 'image/png', fileName: 'mesa.png', description: 'Nogal' }
    const shown = says('m-2', { type: 'attachment', attachment })
    expect(await post([hello, shown, says('m-3', { type: 'text', text: 'Un momento' }, 'message_echo')])).toBe(200)
    await thread.getByRole('link', { name: 'Open mesa.png' }).waitFor()
    await waitFor('the picture', () =>
      thread.getByRole('img', { name: 'mesa.png' }).evaluate((image: HTMLImageElement) => image.naturalWidth === 1),
    )
    await thread.getByText('Un momento').waitFor()
    expect(await thread.getByText('¿Tienen esta mesa?').count()).toBe(1)

    await page.getByRole('textbox', { name: 'Message', exact: true }).fill('Sí, quedan dos.')
    await page.keyboard.press('Control+Enter')
    const answer = await handed(1)
    expect(answer.body).toEqual({
      channelId: line.channel.setup.channelId,
      contactId: '+525512345678',
      message: { type: 'text', text: 'Sí, quedan dos.' },
    })
    await thread.getByText('Sent', { exact: true }).waitFor()
    for (const [value, words] of [
      ['delivered', 'Delivered'],
      ['read', 'Read'],
    ] as const) {
      expect(await post([{ type: 'message_status', mId: answer.mId, timestamp: Date.now(), status: { value } }])).toBe(
        200,
      )
      await thread.getByText(words, { exact: true }).waitFor()
    }

    await page.getByRole('button', { name: 'Contact details', exact: true }).click()
    const record = page.getByRole('complementary')
    await record.getByRole('heading', { name: 'Ximena Robles' }).waitFor()
    await record.getByRole('button', { name: 'Phone: +52 55 1234 5678' }).waitFor()
    await record.getByText('Mexico').waitFor()
    expect(await page.getByText('Soy otra persona').count()).toBe(0)
    expect(integrator.violations).toEqual([])
    expect(faults).toEqual([])
  })

  test('is the first between us when it goes to a number that nobody had: found by no name, put right, sent', async () => {
    await shop.owner.client.contacts.create({ values: { firstName: 'Ximena', lastName: 'Robles' } })
    const { page, faults, thread } = await openInbox()
    await page.keyboard.press('c')
    const dialog = page.getByRole('dialog', { name: 'New conversation' })
    await dialog.getByRole('searchbox', { name: 'Search contacts' }).fill('600 00 01 49')
    await dialog.getByRole('option', { name: 'Write to 600 00 01 49' }).click()
    await dialog.getByText(/country code is missing/).waitFor()
    await dialog.getByRole('button', { name: '+34 600 00 01 49' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('heading', { name: '+34 600 00 01 49' }).first().waitFor()

    await page.getByRole('textbox', { name: 'Message', exact: true }).fill('Su pedido está listo.')
    await page.keyboard.press('Control+Enter')
    expect((await handed(1)).body).toMatchObject({
      contactId: '+34600000149',
      message: { text: 'Su pedido está listo.' },
    })
    await thread.getByText('Sent', { exact: true }).waitFor()
    expect(faults.filter((fault) => !fault.includes('400'))).toEqual([])
  })

  test('is answered with a file the integrator fetches; a refusal says why, and one press sends again', async () => {
    const { page, faults, thread } = await openInbox()
    expect(await post([says('m-1', { type: 'text', text: '¿Me mandan las medidas?' })])).toBe(200)
    await page.getByRole('link', { name: 'Ximena Robles' }).click()
    await thread.getByText('¿Me mandan las medidas?').waitFor()
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'medidas.txt', mimeType: 'text/plain', buffer: Buffer.from('180 x 90') })
    const attached = page.getByRole('list', { name: 'Attached files' })
    await attached.getByText('medidas.txt').waitFor()
    await attached.getByRole('progressbar').waitFor({ state: 'detached' })
    integrator.trouble({ answer: { status: 400, body: { error: { message: 'La línea está ocupada' } } } })
    await page.getByRole('button', { name: /^Send/ }).click()
    await thread.getByText('La línea está ocupada').waitFor()
    await thread.getByText('Not sent').waitFor()
    expect(integrator.sent).toEqual([])

    await thread.getByRole('button', { name: 'Send again' }).click()
    const { message } = (await handed(1)).body
    expect(message).toMatchObject({ type: 'attachment', attachment: { type: 'file', fileName: 'medidas.txt' } })
    const { pathname } = new URL(message.type === 'attachment' ? message.attachment.url : '')
    expect(await (await fetch(server.url + pathname)).text()).toBe('180 x 90')
    await thread.getByText('Sent', { exact: true }).waitFor()
    expect(await thread.getByText('La línea está ocupada').count()).toBe(0)
    expect(faults).toEqual([])
  })
})
