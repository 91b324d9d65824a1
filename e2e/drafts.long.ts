import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { givenShop } from '../server/conversations/testing.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { noBrowser } from './browser.ts'
import { journeys } from './journeys.ts'

describe('what is written to somebody', unless(noBrowser), () => {
  const here = journeys(givenShop)
  const phones = { Rosa: '+34600000101', Iván: '+34600000102' }
  type Person = keyof typeof phones

  const area = (page: Page) => page.getByRole('textbox', { name: 'Message' })
  const turnTo = async (page: Page, who: Person) => {
    await page
      .getByRole('list', { name: 'Conversations' })
      .getByRole('link', { name: `${who} Prats` })
      .click()
    await page.getByRole('log', { name: 'Messages' }).getByText(`soy ${who}`).waitFor()
  }
  const sentTo = (who: Person) =>
    here.integrator.sent
      .filter(({ body }) => body.contactId === phones[who])
      .map(({ body: { message } }) => {
        if (message.type === 'text') return message.text
        return message.type === 'attachment' ? message.attachment.fileName : message.type
      })

  test('goes to them, whoever is looked at by then, and from each tab what was written there', async () => {
    for (const who of ['Rosa', 'Iván'] as const)
      await here.shop.hear(phones[who], `soy ${who}`, { firstName: who, lastName: 'Prats' })
    const { page, faults } = await here.open('/inbox?view=all')
    const other = await page.context().newPage()
    await other.goto(page.url())

    // a file is on its way up and words are half written when another conversation is opened
    let letUp = () => {}
    const held = new Promise<void>((resolve) => (letUp = resolve))
    await page.route('**/files', async (route) => {
      await held
      await route.continue()
    })
    await turnTo(page, 'Rosa')
    await area(page).fill('para Rosa')
    const file = { name: 'rosa.txt', mimeType: 'text/plain', buffer: Buffer.from('180 x 90') }
    await page.locator('input[type=file]').setInputFiles(file)
    await turnTo(page, 'Iván')
    expect(await area(page).inputValue()).toBe('')
    letUp()
    await area(page).fill('para Iván')
    await turnTo(other, 'Iván')
    expect(await area(other).inputValue()).toBe('')
    await area(other).fill('desde la otra')
    await area(page).press('Control+Enter')
    await waitFor('what is Iván’s', () => sentTo('Iván').length === 1)
    expect([await area(other).inputValue(), sentTo('Rosa')]).toEqual(['desde la otra', []])

    await turnTo(page, 'Rosa')
    expect(await area(page).inputValue()).toBe('para Rosa')
    const attached = page.getByRole('list', { name: 'Attached files' })
    await attached.getByRole('progressbar').waitFor({ state: 'detached' })
    // and another is opened while the server is still taking it
    let letSend = () => {}
    const taking = new Promise<void>((resolve) => (letSend = resolve))
    await page.route('**/rpc/conversations/send', async (route) => {
      await taking
      await route.continue()
    })
    await area(page).press('Control+Enter')
    await turnTo(page, 'Iván')
    letSend()
    await waitFor('what is Rosa’s', () => sentTo('Rosa').length === 1)
    await area(other).press('Control+Enter')
    await waitFor('what the other tab has for Iván', () => sentTo('Iván').length === 2)
    expect(sentTo('Iván')).toEqual(['para Iván', 'desde la otra'])
    expect(sentTo('Rosa')).toEqual(['rosa.txt'])
    expect(await page.getByRole('log', { name: 'Messages' }).getByText('para Rosa').count()).toBe(0)
    await turnTo(page, 'Rosa')
    await page.getByRole('log', { name: 'Messages' }).getByText('para Rosa').waitFor()
    expect(faults).toEqual([])
  })
})
