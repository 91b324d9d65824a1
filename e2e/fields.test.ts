import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { FieldType, FieldValue } from '#contract/fields.ts'
import { givenWorkspace, type GivenMember } from '../server/testing/given.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { closeBrowser, noBrowser, openBrowser, type Look } from './browser.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'

describe.skipIf(noBrowser)('fields', () => {
  let server: TestServer
  let shop: Awaited<ReturnType<typeof givenWorkspace>>
  const ends: (() => Promise<void>)[] = []

  beforeAll(async () => {
    server = await startTestServer()
  })
  beforeEach(async () => {
    shop = await givenWorkspace(server)
  })
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end()
  })
  afterAll(async () => {
    await closeBrowser()
    await server.close()
  })

  async function open(path: string, who: GivenMember = shop.owner, look: Look = {}) {
    const { page, faults, context } = await openBrowser(server.url, who.cookie, { language: 'en', ...look })
    ends.push(() => context.close())
    await page.goto(`/w/${shop.id}/${path}`)
    return { page, faults }
  }
  const record = (page: Page) => page.getByRole('complementary')
  const labels = (page: Page) => record(page).locator('dt').allTextContents()
  const makeField = async (name: string, type: FieldType, ...options: string[]) =>
    (await shop.owner.client.fields.create({ name, type, ...(type === 'list' ? { options } : {}) })).id
  const holds = (contactId: number, fieldId: number, value: FieldValue | null) =>
    waitFor(`${JSON.stringify(value)} stored`, async () => {
      const { custom } = await shop.owner.client.contacts.get({ contactId })
      return (custom[fieldId]?.value ?? null) === value
    })

  test('of every type are edited where they stand, with what suits the type', async () => {
    const { client } = shop.owner
    const order = await makeField('Order', 'text')
    const level = await makeField('Level', 'list', 'Gold', 'Silver')
    const invoice = await makeField('Invoice', 'checkbox')
    const billing = await makeField('Billing', 'email')
    const spent = await makeField('Spent', 'number')
    const site = await makeField('Site', 'url')
    const delivery = await makeField('Delivery', 'date')
    const calls = await makeField('Calls at', 'time')
    await client.fields.place({ key: `#${order}`, before: 'phone' })
    await client.fields.place({ key: 'language', shown: 'filled' })
    await client.fields.place({ key: 'country', shown: 'never' })
    const { id } = await client.contacts.create({ values: { firstName: 'Rosa', lastName: 'Prats' } })
    const { page, faults } = await open(`contacts/${id}`, shop.owner, { width: 390, height: 1100 })
    const edit = async (name: string, typed: string) => {
      await record(page)
        .getByRole('button', { name: new RegExp(`^${name}:`) })
        .click()
      await record(page).getByLabel(name, { exact: true }).fill(typed)
      await page.keyboard.press('Enter')
    }
    await edit('Order', 'P-1048')
    await holds(id, order, 'P-1048')
    const first = ['First name', 'Last name', 'Order', 'Phone', 'Email', 'Assigned to', 'Conversation', 'Level']
    expect(await labels(page)).toEqual([...first, 'Invoice', 'Billing', 'Spent', 'Site', 'Delivery', 'Calls at'])
    await record(page)
      .getByRole('button', { name: /^Level:/ })
      .click()
    await page.getByRole('option', { name: 'Silver' }).click()
    await holds(id, level, 'Silver')
    await record(page).getByRole('checkbox', { name: 'Invoice' }).press(' ')
    await holds(id, invoice, true)
    await edit('Billing', 'accounts@example.com')
    await holds(id, billing, 'accounts@example.com')
    await edit('Spent', 'a lot')
    await record(page).getByText('This is not a number. Write one like 1,248.5.').waitFor()
    await record(page).getByLabel('Spent', { exact: true }).fill('1,300.5')
    await page.keyboard.press('Enter')
    await holds(id, spent, 1300.5)
    await edit('Site', 'example.com')
    await record(page).getByRole('button', { name: 'https://example.com', exact: true }).click()
    await holds(id, site, 'https://example.com')
    await edit('Delivery', '2026-12-03')
    await holds(id, delivery, '2026-12-03')
    await record(page).getByText('3 Dec 2026').waitFor()
    await edit('Calls at', '16:45')
    await holds(id, calls, '16:45')
    // Esc leaves it; what somebody else does shows without reload
    await record(page)
      .getByRole('button', { name: /^Order:/ })
      .click()
    await record(page).getByLabel('Order', { exact: true }).fill('lost')
    await page.keyboard.press('Escape')
    await shop.agent.client.contacts.update({ contactId: id, values: { custom: { [level]: 'Gold' }, language: 'es' } })
    await record(page).getByRole('button', { name: 'Level: Gold' }).waitFor()
    await record(page)
      .getByRole('button', { name: /^Language: Spanish/ })
      .waitFor()
    await holds(id, order, 'P-1048')
    expect(await findViolations(page)).toEqual([])
    expect(await fits(page)).toBe(true)
    expect(faults.map((fault) => /status of (\d+)/.exec(fault)?.[1] ?? fault)).toEqual(['400'])
  })
})
