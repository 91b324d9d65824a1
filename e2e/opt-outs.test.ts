import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenShop, onlyContact } from '../server/conversations/testing.ts'
import { startCustomDouble, type CustomDouble } from '../server/testing/custom-double.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { closeBrowser, noBrowser, openBrowser } from './browser.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'

describe('who wants no messages', unless(noBrowser), () => {
  let server: TestServer
  let double: CustomDouble

  beforeAll(async () => {
    double = await startCustomDouble()
    server = await startTestServer({ work: false })
  })
  afterAll(async () => {
    await closeBrowser()
    await server.close()
    await double.close()
  })

  test('is noted in the record, is not written to, and is written to again when a manager says why', async () => {
    const shop = await givenShop(server, double)
    await shop.hear('+34600000141', 'hola', { firstName: 'Lucía' })
    const contactId = await onlyContact(shop)
    const { name } = await shop.owner.client.channels.get({ channelId: shop.channelId })
    const { page, faults, context } = await openBrowser(server.url, shop.manager.cookie, { language: 'en' })
    await page.goto(`/w/${shop.id}/inbox/${contactId}?drawer=open&tab=channels`)
    const record = page.getByRole('complementary', { name: 'Contact details' })
    await record.getByRole('button', { name: `Wants no messages: Custom channel · ${name}` }).click()
    const dialog = page.getByRole('dialog', { name: 'Wants no messages' })
    await dialog.getByRole('textbox', { name: /^Reason/ }).fill('By phone')
    expect(await findViolations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await record.getByText(`Wants no messages by ${name}`).waitFor()
    await page.getByText(`The contact wants no messages by ${name}. Owners`).waitFor()
    await page.getByRole('textbox', { name: 'Message' }).fill('oferta')
    await page.keyboard.press('Control+Enter')
    expect(await page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('oferta')
    expect(await findViolations(page)).toEqual([])

    await record.getByRole('button', { name: `Lift… ${name}` }).click()
    const lifting = page.getByRole('dialog', { name: 'Write to them again' })
    await lifting.getByRole('textbox', { name: 'Reason' }).fill('They wrote a letter')
    await page.keyboard.press('Enter')
    await record.getByText(`Wants no messages by ${name}`).waitFor({ state: 'detached' })
    await page.getByText(`Can be written to by ${name} again`).waitFor()
    await page.getByRole('textbox', { name: 'Message' }).press('Control+Enter')
    await waitFor('the message', async () => (await shop.messages(contactId)).length === 2)
    expect(faults).toEqual([])
    await context.close()
  })

  test('is read on a phone, in Spanish', async () => {
    const shop = await givenShop(server, double)
    await shop.hear('+34600000141', 'hola', { firstName: 'Lucía' })
    const contactId = await onlyContact(shop)
    await shop.owner.client.optOuts.set({ contactId, channelId: null, reason: 'Por teléfono' })
    const look = { language: 'es', theme: 'dark', width: 360 } as const
    const { page, faults, context } = await openBrowser(server.url, shop.owner.cookie, look)
    await page.goto(`/w/${shop.id}/contacts/${contactId}`)
    await page.getByText('No quiere ningún mensaje').waitFor()
    expect(await findViolations(page)).toEqual([])
    expect(await fits(page)).toBe(true)
    expect(faults).toEqual([])
    await context.close()
  })
})
