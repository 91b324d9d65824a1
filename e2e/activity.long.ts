import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { givenWorkspace } from '../server/testing/given.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { noBrowser } from './browser.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'
import { journeys } from './journeys.ts'
import { looks } from './looks.ts'

describe('the activity of a contact', unless(noBrowser), () => {
  const here = journeys(givenWorkspace)
  const { open } = here

  const panel = (page: Page) => page.getByRole('complementary').getByRole('tabpanel')
  const shows = (page: Page, ...parts: string[]) =>
    waitFor(`the activity ${parts.join(', ')}`, async () => {
      const lines = await panel(page).getByRole('listitem').allTextContents()
      return lines.length === parts.length && parts.every((part, at) => lines[at]?.includes(part))
    })

  async function givenStory() {
    const { contacts, conversations } = here.shop.owner.client
    const { id: contactId } = await contacts.create({
      values: { firstName: 'Lucía', lastName: 'Romero', phone: '+34600000142' },
    })
    await here.shop.manager.client.contacts.tag({ contactId, names: ['VIP', 'Autumn 2026'] })
    await here.shop.manager.client.contacts.update({
      contactId,
      values: { lastName: 'Romero Vidal', phone: '+5491155550163', email: 'lucia.romero@example.com' },
    })
    await conversations.assign({ contactId, memberId: here.shop.agent.memberId })
    await conversations.open({ contactId })
    await conversations.close({ contactId, category: 'Sale', summary: 'Bought the Olmo table' })
    return contactId
  }

  test('stands beside each value too: what it was before, by whom and when, live, page by page, by key', async () => {
    const { contacts } = here.shop.owner.client
    const { id: contactId } = await contacts.create({ values: { firstName: 'Lucía' } })
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', null])
      await here.shop.manager.client.contacts.update({ contactId, values: { email: name && `${name}@example.com` } })
    const { page, faults } = await open(`/contacts/${contactId}`)
    const ask = page.getByRole('button', { name: 'Where Email comes from' })
    await ask.press('Enter')
    const told = page.getByRole('dialog', { name: 'Where Email comes from' })
    await told.getByText('Empty since').waitFor()
    const lines = told.getByRole('listitem')
    await waitFor('a page of them', async () => (await lines.count()) === 5)
    expect(await findViolations(page)).toEqual([])
    await told.getByRole('button', { name: 'Show earlier values' }).press('Enter')
    await waitFor('all of them', async () => (await lines.count()) === 7)
    expect(await lines.last().textContent()).toContain('a@example.com')
    expect(await lines.nth(1).textContent()).toMatch(/Before: e@example.com.*Now: f@example.com.*Mario Gerente/)
    expect(await findViolations(page)).toEqual([])
    await here.shop.manager.client.contacts.update({ contactId, values: { email: 'g@example.com' } })
    await told.getByText('g@example.com').waitFor()
    await page.keyboard.press('Escape')
    await waitFor('the focus back', () =>
      page.evaluate(() => document.activeElement?.ariaLabel === 'Where Email comes from'),
    )
    expect(faults).toEqual([])
  })

  test('is a tab of the record, reached by key and kept in the address; it is live and narrowed by kind', async () => {
    const contactId = await givenStory()
    const { page, faults } = await open(`/contacts/${contactId}`)
    await page.getByRole('tab', { name: 'Details' }).waitFor()
    await page.keyboard.press('3')
    const whole = [
      'Conversation closed',
      'Conversation opened',
      'Contact assigned',
      '4 fields changed',
      '2 tags added',
      'Contact added',
    ]
    await shows(page, ...whole)
    const [closed, , assigned, changed, tagged] = await panel(page).getByRole('listitem').allTextContents()
    expect(closed).toContain('SaleBought the Olmo table')
    expect(assigned).toContain('Ana Agente')
    expect(assigned).toContain('You')
    expect(changed).toContain('Last nameBefore: RomeroNow: Romero Vidal')
    expect(changed).toContain('Before: +34 600 00 01 42Now: +54 9 11 5555 0163')
    expect(changed).toMatch(/Before:\s+SpainNow:\s+ArgentinaWorked out from the phone/)
    expect(changed).toContain('Mario Gerente')
    expect(tagged).toContain('VIP')
    expect(await findViolations(page)).toEqual([])

    await page.reload()
    await shows(page, ...whole)
    await here.shop.agent.client.conversations.open({ contactId })
    await shows(page, 'Conversation opened', ...whole)
    await page.getByRole('button', { name: /What to show/ }).click()
    await page.getByRole('option', { name: 'Tags' }).click()
    await shows(page, '2 tags added')
    await page.getByRole('button', { name: /What to show/ }).click()
    await page.getByRole('option', { name: 'Blocking' }).click()
    await page.getByRole('button', { name: 'Show everything' }).click()
    await shows(page, 'Conversation opened', ...whole)
    await page.keyboard.press('1')
    await page.getByRole('tab', { name: 'Details', selected: true }).waitFor()
    expect(new URL(page.url()).searchParams.get('tab')).toBeNull()
    expect(faults).toEqual([])
  })

  test.for(
    looks(
      { theme: 'light', language: 'en', width: 1440, height: 900 },
      { theme: 'dark', language: 'es', width: 360, height: 800 },
    ),
  )('reads well and fits: %o', async (look) => {
    const contactId = await givenStory()
    const { page } = await open(`/contacts/${contactId}?tab=activity`, here.shop.owner, look)
    await waitFor('every line', async () => (await panel(page).getByRole('listitem').count()) === 6)
    expect(await findViolations(page)).toEqual([])
    expect(await fits(page)).toBe(true)
    if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}-${look.width}.png` })
  })
})
