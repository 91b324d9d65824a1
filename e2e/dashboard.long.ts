import { describe, expect, test } from 'vitest'
import { givenShop, type Shop } from '../server/conversations/testing.ts'
import { suggestDuplicates } from '../server/duplicates/suggest-duplicates.ts'
import type { CustomDouble } from '../server/testing/custom-double.ts'
import type { TestServer } from '../server/testing/test-server.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { noBrowser } from './browser.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'
import { journeys } from './journeys.ts'
import { looks } from './looks.ts'

describe('the first page', unless(noBrowser), () => {
  /** Two who wait, one of them twice in the workspace. */
  async function givenMorning(server: TestServer, integrator: CustomDouble): Promise<Shop> {
    const shop = await givenShop(server, integrator)
    await shop.hear('+34600000141', 'hola', { firstName: 'Lucía', lastName: 'Romero' })
    await shop.hear('+34600000142', 'buenas', { firstName: 'Jorge', lastName: 'Vidal' })
    await shop.owner.client.contacts.create({
      values: { firstName: 'Lucía', lastName: 'Romero', phone: '+34600000141' },
    })
    await suggestDuplicates(server.deps, { workspaceId: shop.id }, AbortSignal.timeout(60_000))
    return shop
  }
  const here = journeys(givenMorning, { work: false })

  test('says how things stand, merges in place by keyboard, and leads to who waits', async () => {
    const { shop } = here
    const { page, faults } = await here.open('/inbox', shop.manager)
    await page.getByRole('link', { name: 'Home' }).click()
    await page.getByRole('heading', { level: 1, name: /^Good \w+, Mario$/ }).waitFor()
    const now = page.getByRole('list', { name: 'Now' })
    await now.getByRole('listitem').filter({ hasText: 'Open' }).getByText('2', { exact: true }).waitFor()

    const suggestions = page.getByRole('region', { name: 'Merge suggestions' })
    await suggestions.getByRole('button', { name: /^Lucía Romero and Lucía Romero/ }).focus()
    for (const _step of ['Dismiss', 'Review', 'Merge']) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('status').filter({ hasText: 'Contacts merged' }).waitFor()
    await suggestions.getByText(/appear in this list/).waitFor()
    // whoever answered the last one stays where they were
    await waitFor('the focus on the way to all', () =>
      suggestions.getByRole('link', { name: 'See all' }).evaluate((one) => one === document.activeElement),
    )
    expect((await shop.owner.client.contacts.list({})).items).toHaveLength(2)

    await page
      .getByRole('region', { name: 'Waiting for an answer' })
      .getByRole('link', { name: /^Jorge/ })
      .click()
    await page.getByRole('heading', { name: 'Jorge Vidal' }).first().waitFor()
    expect(faults).toEqual([])
  })

  test('is not offered to an agent, and its address explains itself', async () => {
    const { shop } = here
    const { page } = await here.open('/inbox', shop.agent)
    await page.getByRole('link', { name: 'Inbox' }).waitFor()
    expect(await page.getByRole('link', { name: 'Home' }).count()).toBe(0)
    await page.goto(`/w/${shop.id}/home`)
    await page
      .getByText(/Your role/)
      .first()
      .waitFor()
  })

  test.each(
    looks(
      { language: 'en', theme: 'dark', width: 1440 },
      { language: 'en', theme: 'light', width: 900 },
      { language: 'es', theme: 'dark', width: 360 },
    ),
  )('can be read by anybody: $language, $theme, $width', async (look) => {
    const { page, faults } = await here.open('/home', here.shop.owner, look)
    await page.getByRole('link', { name: /^Jorge/ }).waitFor()
    await page.getByRole('button', { name: /^Lucía Romero/ }).waitFor()
    expect(await findViolations(page)).toEqual([])
    expect(await fits(page)).toBe(true)
    expect(faults).toEqual([])
  })
})
