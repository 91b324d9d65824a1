import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { givenWorkspace } from '../server/testing/given.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { closeBrowser, noBrowser, openBrowser } from './browser.ts'

describe('filters', unless(noBrowser), () => {
  let server: TestServer
  const ends: (() => Promise<void>)[] = []

  beforeAll(async () => {
    server = await startTestServer()
  })
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end()
  })
  afterAll(async () => {
    await closeBrowser()
    await server.close()
  })

  test('a list is narrowed by keyboard, kept in the address, saved as a segment, changed, renamed and deleted', async () => {
    const shop = await givenWorkspace(server)
    const { client } = shop.owner
    for (const [firstName, country] of [
      ['Ana', 'ES'],
      ['Eva', 'ES'],
      ['Luis', 'MX'],
    ] as const)
      await client.contacts.create({ values: { firstName, country } })
    const { page, faults, context } = await openBrowser(server.url, shop.owner.cookie, { language: 'en' })
    ends.push(() => context.close())
    await page.goto(`/w/${shop.id}/contacts`)
    const rows = page.locator('[data-contact]')
    const shows = (...names: string[]) =>
      waitFor(`the contacts ${names.join(', ')}`, async () => {
        const shown = await rows.allTextContents()
        return shown.length === names.length && names.every((name) => shown.some((text) => text.includes(name)))
      })
    await shows('Ana', 'Eva', 'Luis')

    await page.getByRole('button', { name: 'Filter', exact: true }).press('Enter')
    const panel = page.getByRole('dialog', { name: 'Filter' })
    await panel.getByRole('button', { name: /Field/ }).press('Enter')
    await page.getByRole('option', { name: 'Country' }).press('Enter')
    await panel.getByRole('combobox', { name: 'Country' }).fill('Spain')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await shows('Ana', 'Eva')
    await page.keyboard.press('Escape')
    await page.getByRole('status').getByText('2 contacts').waitFor()
    await page.getByText('Country is Spain').waitFor()
    await page.reload()
    await shows('Ana', 'Eva')

    await page.getByRole('button', { name: 'Save as segment' }).click()
    await page.getByRole('textbox', { name: 'Name of the segment' }).fill('From Spain')
    await page.keyboard.press('Enter')
    const lists = page.getByRole('navigation', { name: 'Lists of contacts' })
    const link = lists.getByRole('link', { name: /From Spain/ })
    await link.getByText('2').waitFor()
    expect(await link.getAttribute('aria-current')).toBe('page')

    await page.getByRole('button', { name: 'Remove: Country is Spain' }).click()
    await shows('Ana', 'Eva', 'Luis')
    await link.click()
    await shows('Ana', 'Eva')
    await page.getByRole('button', { name: '1 condition' }).click()
    await panel.getByRole('radio', { name: 'Any' }).click()
    await panel.getByRole('button', { name: 'Add condition' }).click()
    await panel.getByRole('button', { name: /Field/ }).last().click()
    await page.getByRole('option', { name: 'Name' }).click()
    await panel.getByRole('textbox', { name: 'Name' }).fill('luis')
    await shows('Ana', 'Eva', 'Luis')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Update segment' }).click()
    await link.getByText('3').waitFor()

    await page.getByRole('button', { name: 'More for this segment' }).click()
    await page.getByRole('menuitem', { name: 'Rename' }).click()
    await page.getByRole('textbox', { name: 'Name of the segment' }).fill('SIN TELÉFONO')
    await page.keyboard.press('Enter')
    await page.getByText('There is already a segment with this name.').waitFor()
    await page.getByRole('textbox', { name: 'Name of the segment' }).fill('Family')
    await page.keyboard.press('Enter')
    await lists.getByRole('link', { name: /Family/ }).waitFor()
    await page.getByRole('button', { name: 'More for this segment' }).click()
    await page.getByRole('menuitem', { name: 'Delete segment' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete segment' }).click()
    await lists.getByRole('link', { name: /Family/ }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Filter', exact: true }).waitFor()
    expect(faults.filter((fault) => !fault.includes('409'))).toEqual([])
  })

  test('a search that a second was not enough for says so, and goes on where it stood when asked', async () => {
    const shop = await givenWorkspace(server)
    const { client } = shop.owner
    for (const firstName of ['Ana', 'Eva', 'Luis']) await client.contacts.create({ values: { firstName } })
    const { page, faults, context } = await openBrowser(server.url, shop.owner.cookie, { language: 'es' })
    ends.push(() => context.close())
    // a second is never too short here: the first page is made one of a single contact, who is held back
    await page.route('**/rpc/contacts/list', async (route) => {
      const { json: asked } = route.request().postDataJSON() as { json: { cursor?: string | null } }
      if (typeof asked.cursor === 'string') return route.continue()
      const response = await route.fetch({ postData: JSON.stringify({ json: { ...asked, limit: 1 } }) })
      const { json: answer } = (await response.json()) as { json: object }
      await route.fulfill({ response, json: { json: { ...answer, items: [], isPartial: true } } })
    })
    await page.goto(`/w/${shop.id}/contacts`)
    await page.getByRole('button', { name: 'Seguir buscando' }).press('Enter')
    const rows = page.locator('[data-contact]')
    await waitFor('the others', async () => (await rows.count()) === 2)
    expect(faults).toEqual([])
  })
})
