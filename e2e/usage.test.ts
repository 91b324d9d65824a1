import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenShop, type Shop } from '../server/conversations/testing.ts'
import { startCustomDouble, type CustomDouble } from '../server/testing/custom-double.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { closeBrowser, noBrowser, openBrowser } from './browser.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'
import { looks } from './looks.ts'

describe('usage', unless(noBrowser), () => {
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

  /** Two who wrote in the month before, one of them again in this one. */
  async function givenMonths(): Promise<Shop> {
    const shop = await givenShop(server, double)
    for (const phone of ['+34600000141', '+34600000142']) await shop.hear(phone, 'hola')
    await sql`update active_contact set cycle = cycle - interval '1 month' where workspace_id = ${shop.id}`.execute(
      server.deps.db,
    )
    await shop.hear('+34600000141', 'otra vez')
    return shop
  }

  test('the first page leads to it, each cycle shows what is behind it by keyboard, and a table says the same', async () => {
    const shop = await givenMonths()
    const { page, faults, context } = await openBrowser(server.url, shop.manager.cookie, { language: 'en' })
    await page.goto(`/w/${shop.id}/home`)
    await page.getByRole('link', { name: /^Active contacts/ }).click()
    await page.getByRole('heading', { level: 1, name: 'Usage' }).waitFor()
    await page.getByRole('region', { name: 'This billing cycle' }).getByText('1 active contact so far').waitFor()
    const chart = page.getByRole('listbox', { name: 'Active contacts by billing cycle' })
    await chart.getByRole('option', { selected: true, name: /so far: 1 active contact, 0 new/ }).focus()
    await page.keyboard.press('ArrowLeft')
    await chart.getByRole('option', { selected: true, name: /2 active contacts, 2 new/ }).waitFor()
    const detail = page.getByRole('region', { name: /^In detail/ })
    await detail.getByText('2 100%').first().waitFor()

    await page.getByRole('radio', { name: 'Table' }).click()
    const rows = page.getByRole('table').getByRole('row')
    await waitFor('three rows', async () => (await rows.count()) === 3)
    expect(await rows.nth(2).getByRole('cell').allTextContents()).toEqual(['2', '2', '0', '2'])
    expect(faults).toEqual([])
    await context.close()
  })

  test.each(
    looks(
      { language: 'en', theme: 'dark', width: 1440 },
      { language: 'en', theme: 'light', width: 900 },
      { language: 'es', theme: 'dark', width: 360 },
    ),
  )('can be read by anybody: $language, $theme, $width', async (look) => {
    const shop = await givenMonths()
    const { page, faults, context } = await openBrowser(server.url, shop.owner.cookie, look)
    await page.goto(`/w/${shop.id}/settings/usage`)
    await page.getByRole('listbox').waitFor()
    expect(await findViolations(page)).toEqual([])
    expect(await fits(page)).toBe(true)
    await page.getByRole('radio').nth(1).click()
    await page.getByRole('table').waitFor()
    expect(await findViolations(page)).toEqual([])
    expect(await fits(page)).toBe(true)
    expect(faults).toEqual([])
    await context.close()
  })
})
