import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenShop, type Shop } from '../server/conversations/testing.ts'
import { startCustomDouble, type CustomDouble } from '../server/testing/custom-double.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { unless } from '../server/testing/unless.ts'
import { closeBrowser, noBrowser, openBrowser, type Look } from './browser.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'

describe('exporting contacts', unless(noBrowser), () => {
  let server: TestServer
  let integrator: CustomDouble
  let shop: Shop
  const ends: (() => Promise<void>)[] = []

  beforeAll(async () => {
    integrator = await startCustomDouble()
    server = await startTestServer()
    shop = await givenShop(server, integrator)
    for (const firstName of ['Lucía', 'Santiago', 'Emily'])
      await shop.owner.client.contacts.create({ values: { firstName, lastName: 'Romero', phone: '+34600000142' } })
  })
  afterAll(async () => {
    for (const end of ends.splice(0).toReversed()) await end()
    await closeBrowser()
    await server.close()
    await integrator.close()
  })

  async function open(path: string, look: Look = {}) {
    const { page, faults, context } = await openBrowser(server.url, shop.owner.cookie, { language: 'en', ...look })
    ends.push(() => context.close())
    await page.goto(`/w/${shop.id}${path}`)
    return { page, faults }
  }

  test('what the list shows, with columns put in order, is written and fetched from wherever one is', async () => {
    const { page, faults } = await open('/contacts?q=luc')
    await page.getByText('Lucía Romero').waitFor()
    await page.getByRole('button', { name: 'Export contacts' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: 'What the list shows now 1' }).waitFor()
    const only = ['First name', 'Last name', 'Phone']
    for (const name of ['Email', 'Country', 'Tags']) await dialog.getByText(name, { exact: true }).click()
    await dialog.getByRole('button', { name: 'Move Last name up' }).click()
    await dialog.getByRole('button', { name: 'Export', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    const tray = page.getByRole('region', { name: 'Background tasks' })
    await tray.getByText('1 contact exported').waitFor()
    const arriving = page.waitForEvent('download')
    await tray.getByRole('link', { name: 'Download' }).click()
    const file = await arriving
    expect(file.suggestedFilename()).toMatch(/^contacts-.*\.csv$/)
    const text = readFileSync(await file.path(), 'utf8')
    expect(text).toBe(`\ufeff${[only[1], only[0], only[2]].join(',')}\r\nRomero,Lucía,+34600000142\r\n`)
    expect(faults).toEqual([])
  })

  test('more than the workspace allows says so and where it is changed; it fits a phone, in Spanish and in the dark', async () => {
    await shop.owner.client.workspaces.update({ bulkLimit: 2 })
    const { page, faults } = await open('/contacts', { language: 'es', width: 360, theme: 'dark' })
    await page.getByRole('button', { name: 'Exportar contactos' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Se pueden exportar 2 contactos a la vez como máximo.').waitFor()
    await dialog.getByText('Exportaciones anteriores').waitFor()
    expect(await fits(page)).toBe(true)
    expect(await findViolations(page)).toEqual([])
    await dialog.getByRole('link', { name: 'Cambiar el límite en Ajustes' }).click()
    await page.getByRole('button', { name: /Contactos que se etiquetan o exportan a la vez/ }).click()
    await page.getByRole('option', { name: 'Sin límite' }).click()
    await page.getByRole('button', { name: 'Guardar' }).click()
    await page.getByText('Guardado').waitFor()
    expect((await shop.owner.client.workspaces.get()).bulkLimit).toBeNull()
    expect(faults).toEqual([])
  })
})
