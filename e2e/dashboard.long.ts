import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenShop, type Shop } from '../server/conversations/testing.ts'
import { suggestDuplicates } from '../server/duplicates/suggest-duplicates.ts'
import { startCustomDouble, type CustomDouble } from '../server/testing/custom-double.ts'
import type { GivenMember } from '../server/testing/given.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { closeBrowser, noBrowser, openBrowser, type Look } from './browser.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'
import { looks } from './looks.ts'

describe('the first page', unless(noBrowser), () => {
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

  /** Two who wait, one of them twice in the workspace. */
  async function givenMorning(): Promise<Shop> {
    const shop = await givenShop(server, double)
    await shop.hear('+34600000141', 'hola', { firstName: 'Lucía', lastName: 'Romero' })
    await shop.hear('+34600000142', 'buenas', { firstName: 'Jorge', lastName: 'Vidal' })
    await shop.owner.client.contacts.create({
      values: { firstName: 'Lucía', lastName: 'Romero', phone: '+34600000141' },
    })
    await suggestDuplicates(server.deps, { workspaceId: shop.id }, AbortSignal.timeout(10_000))
    return shop
  }
  const open = async (shop: Shop, who: GivenMember, look: Look) => {
    const { page, faults, context } = await openBrowser(server.url, who.cookie, look)
    await page.goto(`/w/${shop.id}/inbox`)
    return { page, faults, context }
  }

  test('says how things stand, merges in place by keyboard, and leads to who waits', async () => {
    const shop = await givenMorning()
    const { page, faults, context } = await open(shop, shop.manager, { language: 'en' })
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
    await context.close()
  })

  test('is not offered to an agent, and its address explains itself', async () => {
    const shop = await givenMorning()
    const { page, context } = await open(shop, shop.agent, { language: 'en' })
    await page.getByRole('link', { name: 'Inbox' }).waitFor()
    expect(await page.getByRole('link', { name: 'Home' }).count()).toBe(0)
    await page.goto(`/w/${shop.id}/home`)
    await page
      .getByText(/Your role/)
      .first()
      .waitFor()
    await context.close()
  })

  test.each(
    looks(
      { language: 'en', theme: 'dark', width: 1440 },
      { language: 'en', theme: 'light', width: 900 },
      { language: 'es', theme: 'dark', width: 360 },
    ),
  )('can be read by anybody: $language, $theme, $width', async (look) => {
    const shop = await givenMorning()
    const { page, faults, context } = await openBrowser(server.url, shop.owner.cookie, look)
    await page.goto(`/w/${shop.id}/home`)
    await page.getByRole('link', { name: /^Jorge/ }).waitFor()
    await page.getByRole('button', { name: /^Lucía Romero/ }).waitFor()
    expect(await findViolations(page)).toEqual([])
    expect(await fits(page)).toBe(true)
    expect(faults).toEqual([])
    await context.close()
  })
})
