import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApiToken } from '../server/members/create-api-token.ts'
import { givenWorkspace } from '../server/testing/given.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { unless } from '../server/testing/unless.ts'
import { closeBrowser, noBrowser, openBrowser } from './browser.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'
import { looks } from './looks.ts'

describe('the settings', unless(noBrowser), () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ work: false })
  })
  afterAll(async () => {
    await closeBrowser()
    await server.close()
  })

  test('of the workspace are changed by its owner, and only read by who may not change them', async () => {
    const shop = await givenWorkspace(server)
    const owner = await openBrowser(server.url, shop.owner.cookie, { language: 'en' })
    const choose = async (label: string, choice: string) => {
      await owner.page.getByRole('button', { name: new RegExp(`${label}$`) }).click()
      await owner.page.getByRole('option', { name: choice, exact: true }).click()
    }
    await owner.page.goto(`/w/${shop.id}/settings/workspace`)
    await owner.page.getByLabel('Name', { exact: true }).fill('Mesas y sillas')
    await choose('Billing day', '15')
    await choose('Contacts tagged or exported at once', 'No limit')
    await owner.page.getByRole('button', { name: 'Save' }).click()
    await owner.page.getByRole('status').getByText('Saved').waitFor()
    const { items } = await shop.owner.client.workspaces.list()
    expect(items).toMatchObject([{ name: 'Mesas y sillas' }])
    expect(await shop.owner.client.workspaces.get()).toMatchObject({ billingDay: 15, bulkLimit: null })
    expect(owner.faults).toEqual([])
    await owner.context.close()

    const agent = await openBrowser(server.url, shop.agent.cookie, { language: 'es', theme: 'dark', width: 360 })
    await agent.page.goto(`/w/${shop.id}/settings/workspace`)
    await agent.page.getByText('Esto lo cambian los propietarios y los gerentes sin restricciones.').waitFor()
    expect(await agent.page.getByLabel('Nombre', { exact: true }).getAttribute('readonly')).not.toBeNull()
    expect(await agent.page.getByRole('button', { name: 'Guardar' }).count()).toBe(0)
    expect(agent.faults).toEqual([])
    await agent.context.close()
  })

  test.for(
    looks(
      { theme: 'light', language: 'en', width: 1440, height: 900 },
      { theme: 'dark', language: 'en', width: 360, height: 800 },
    ),
  )('make, rename and remove a team by keyboard; an agent learns who may: %o', async (look) => {
    const shop = await givenWorkspace(server)
    const { page, faults, context } = await openBrowser(server.url, shop.owner.cookie, look)
    await page.goto(`/w/${shop.id}/settings/teams`)
    await page.getByText('No teams yet').waitFor()
    await page.getByRole('button', { name: 'New team…' }).press('Enter')
    await page.getByRole('dialog').getByLabel('Name').fill('Ventas')
    await page.keyboard.press('Enter')
    const teams = page.getByRole('list', { name: 'Teams' }).getByRole('listitem')
    await teams.filter({ hasText: 'Ventas' }).getByText('0 members').waitFor()
    expect(await findViolations(page, 'main')).toEqual([])
    expect(await fits(page)).toBe(true)

    await page.getByRole('button', { name: 'Actions for Ventas' }).press('Enter')
    await page.getByRole('menuitem', { name: 'Rename…' }).press('Enter')
    await page.getByRole('dialog').getByLabel('Name').fill('Tienda')
    await page.keyboard.press('Enter')
    await teams.filter({ hasText: 'Tienda' }).waitFor()
    expect((await shop.owner.client.teams.list()).items).toMatchObject([{ name: 'Tienda', members: 0 }])

    await page.getByRole('button', { name: 'Actions for Tienda' }).press('Enter')
    await page.getByRole('menuitem', { name: 'Remove…' }).press('Enter')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).press('Enter')
    await page.getByText('No teams yet').waitFor()
    expect(faults).toEqual([])
    await context.close()
  })

  test.for(
    looks(
      { theme: 'light', language: 'en', width: 1440, height: 900 },
      { theme: 'dark', language: 'en', width: 360, height: 800 },
    ),
  )('show the API tokens; one is revoked by keyboard, one’s own also from the account: %o', async (look) => {
    const shop = await givenWorkspace(server)
    const make = (email: string, name: string) => createApiToken(server.deps, { email, workspaceId: shop.id, name })
    const { page, faults, context } = await openBrowser(server.url, shop.owner.cookie, look)
    await page.goto(`/w/${shop.id}/settings/tokens`)
    await page.getByText('No API tokens yet').waitFor()
    expect(await findViolations(page, 'main')).toEqual([])
    const [warehouse] = [await make(shop.agent.email, 'Warehouse'), await make(shop.owner.email, 'Shop window')]
    const rows = page.getByRole('list', { name: 'API tokens' }).getByRole('listitem')
    await rows
      .filter({ hasText: 'Warehouse' })
      .getByText(`…${warehouse.slice(-4)}`)
      .waitFor()
    await rows.filter({ hasText: 'Acts as Ana Agente' }).getByText('never used').waitFor()
    expect(await findViolations(page, 'main')).toEqual([])
    expect(await fits(page)).toBe(true)
    await page.getByRole('button', { name: `Revoke Warehouse …${warehouse.slice(-4)}` }).press('Enter')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).press('Enter')
    await rows.filter({ hasText: 'Warehouse' }).waitFor({ state: 'detached' })
    expect((await shop.owner.client.apiTokens.list()).items).toMatchObject([{ name: 'Shop window' }])

    await page.goto(`/w/${shop.id}/settings/account`)
    await page.getByRole('button', { name: /^Revoke Shop window/ }).press('Enter')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).press('Enter')
    await page.getByRole('list', { name: 'API tokens' }).waitFor({ state: 'detached' })
    expect((await shop.owner.client.apiTokens.list()).items).toEqual([])
    expect(faults).toEqual([])
    await context.close()
  })
})
