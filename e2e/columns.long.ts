import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenMember, givenWorkspace, type GivenMember } from '../server/testing/given.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { closeBrowser, noBrowser, openBrowser, type Look } from './browser.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'
import { looks } from './looks.ts'
import { waitForFocus } from './wait-for-focus.ts'

describe('the columns of the table', unless(noBrowser), () => {
  let server: TestServer

  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(async () => {
    await closeBrowser()
    await server.close()
  })

  async function givenTable() {
    const shop = await givenWorkspace(server)
    const { client } = shop.owner
    const { id } = await client.fields.create({ name: 'Talla', type: 'number' })
    for (const [firstName, size] of [
      ['Ana', 40],
      ['Bea', 38],
      ['Carla', 42],
    ] as const)
      await client.contacts.create({ values: { firstName, email: `${firstName}@example.com`, custom: { [id]: size } } })
    return shop
  }
  async function open(shop: { id: number }, who: GivenMember, look: Look = {}) {
    const { page, faults, context } = await openBrowser(server.url, who.cookie, { language: 'en', ...look })
    await page.goto(`/w/${shop.id}/contacts`)
    await page.locator('[data-contact]').first().waitFor()
    return { page, faults, context }
  }
  const heading = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name}(,|$)`) })
  const names = async (page: Page) =>
    (await page.locator('button[data-contact]').allTextContents()).map((words) => /Ana|Bea|Carla/.exec(words)?.[0])
  const inOrder = (page: Page, ...wanted: string[]) =>
    waitFor(`the order ${wanted.join(', ')}`, async () => (await names(page)).join() === wanted.join())
  const stored = async (who: GivenMember) => (await who.client.contacts.columns()).items

  test('are chosen, ordered and sized by each member for themself, by keyboard too, and kept', async () => {
    const shop = await givenTable()
    const { page, faults, context } = await open(shop, shop.manager)
    await page.getByRole('button', { name: 'Columns', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Columns' })
    await dialog.getByRole('checkbox', { name: 'Email' }).press('Space')
    await dialog.getByRole('checkbox', { name: 'Talla' }).press('Space')
    await waitFor('the field among the columns', async () =>
      (await stored(shop.manager))?.some(({ key }) => key.startsWith('#')),
    )
    const handle = dialog.getByRole('button', { name: 'Move Talla' })
    await handle.press('Space')
    for (let step = 0; step < 20; step++) await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await waitFor('the field behind the name', async () => {
      const [first, second] = (await stored(shop.manager)) ?? []
      return first?.key === 'name' && second?.key.startsWith('#')
    })
    await dialog.getByRole('button', { name: 'Done' }).click()
    await page.getByText('42', { exact: true }).waitFor()
    expect(await page.getByText('Ana@example.com').count()).toBe(0)

    // wider by keys, by no more than was asked
    await heading(page, 'Talla').press('Shift+ArrowRight')
    const width = await waitFor('its width', async () => (await stored(shop.manager))?.[1]?.width)
    await heading(page, 'Talla').press('Shift+ArrowRight')
    await waitFor('a wider one', async () => (await stored(shop.manager))?.[1]?.width === width + 16)

    await page.reload()
    await heading(page, 'Talla').click()
    await inOrder(page, 'Bea', 'Ana', 'Carla')
    await page.getByRole('button', { name: 'Talla, sorted, lowest first' }).click()
    await inOrder(page, 'Carla', 'Ana', 'Bea')
    expect(new URL(page.url()).searchParams.get('order')).toBe('desc')
    await heading(page, 'Name').click()
    await inOrder(page, 'Ana', 'Bea', 'Carla')

    expect(await stored(shop.owner)).toBeNull()
    await page.getByRole('button', { name: 'Columns', exact: true }).click()
    await dialog.getByRole('button', { name: 'Back to the usual ones' }).click()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await page.getByText('ana@example.com', { exact: false }).first().waitFor()
    expect(await stored(shop.manager)).toBeNull()
    expect(faults).toEqual([])
    await context.close()
  })

  test('a contact of the list is acted on where it stands, by the other button, by key, by its three points; by right', async () => {
    const shop = await givenTable()
    const limited = await givenMember(server, shop.id, { role: 'manager', restrictions: ['contactDeletion'] })
    const { page, faults, context } = await open(shop, limited)
    await heading(page, 'Name').click()
    await inOrder(page, 'Ana', 'Bea', 'Carla')
    const line = (name: string) => page.locator('button[data-contact]').filter({ hasText: name })
    const isOn = (name: string) => waitForFocus(page, name)
    const menu = (name: string) => page.getByRole('menu', { name: `Actions for ${name}` })
    const [ana, bea] = (await shop.owner.client.contacts.list({ sort: 'name' })).items.map(({ id }) => id)

    await line('Bea').click({ button: 'right' })
    await menu('Bea').getByRole('menuitem', { name: 'New conversation' }).waitFor()
    const refused = menu('Bea').getByRole('menuitem', { name: 'Delete contact…' })
    await refused.getByText('You may not delete contacts.').waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await isOn('Bea')

    await page.keyboard.press('ArrowUp')
    await isOn('Ana')
    await page.keyboard.press('Shift+F10')
    await menu('Ana').getByRole('menuitem', { name: 'Assign…' }).press('Enter')
    await page.getByRole('menuitemradio', { name: 'Ana Agente' }).press('Enter')
    await line('Ana').getByText('Ana Agente').waitFor()
    await isOn('Ana')
    await page.keyboard.press('ContextMenu')
    await menu('Ana').getByRole('menuitem', { name: 'Tags…' }).press('Enter')
    await page.getByRole('searchbox', { name: 'Search tags' }).fill('VIP')
    await page.getByRole('option', { name: 'Create tag “VIP”' }).waitFor()
    await page.keyboard.press('Enter')
    await line('Ana').getByText('VIP').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await isOn('Ana')

    await page.getByRole('button', { name: 'Actions for Bea' }).click()
    const [tab] = await Promise.all([
      context.waitForEvent('page'),
      menu('Bea').getByRole('menuitem', { name: 'Open in a new tab' }).click(),
    ])
    await tab.waitForURL(`**/w/${shop.id}/contacts/${bea}`)
    await tab.close()
    await heading(page, 'Assigned to').click()
    await inOrder(page, 'Ana', 'Bea', 'Carla')
    await line('Ana').click({ button: 'right' })
    await menu('Ana').getByRole('menuitem', { name: 'Open record' }).click()
    await page.waitForURL(`**/contacts/${ana}?**`)
    expect(faults).toEqual([])
    await context.close()
  })

  test.each(
    looks(
      { language: 'es', theme: 'light', width: 1440 },
      { language: 'en', theme: 'light', width: 1024 },
      { language: 'en', theme: 'dark', width: 360 },
    ),
  )('fit, with more of them than there is room for: $language, $theme, $width', async (look) => {
    const shop = await givenTable()
    const keys = ['name', 'phone', 'email', 'tags', 'country', 'language', 'status', 'assignee', 'added'] as const
    await shop.owner.client.contacts.setColumns({ items: keys.map((key) => ({ key, width: 300 })) })
    const { page, faults, context } = await open(shop, shop.owner, look)
    expect(await fits(page)).toBe(true)
    expect(await findViolations(page)).toEqual([])
    expect(faults).toEqual([])
    await context.close()
  })
})
