import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenShop, type Shop } from '../server/conversations/testing.ts'
import { startCustomDouble, type CustomDouble } from '../server/testing/custom-double.ts'
import { givenUpload } from '../server/testing/given-rows.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { unless } from '../server/testing/unless.ts'
import { closeBrowser, noBrowser, openBrowser, type Look } from './browser.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'

describe('importing contacts', unless(noBrowser), () => {
  let server: TestServer
  let integrator: CustomDouble
  let shop: Shop
  const ends: (() => Promise<void>)[] = []

  beforeAll(async () => {
    integrator = await startCustomDouble()
    server = await startTestServer()
    shop = await givenShop(server, integrator)
    await shop.owner.client.workspaces.update({ defaultCountry: 'ES' })
    await shop.owner.client.contacts.create({ values: { firstName: 'Lucía', phone: '+34600000142' } })
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
  const csv = 'Nombre;Apellidos;Móvil;Cosa\nLucía;Romero;600 000 142;x\nEva;Ruiz;600000143;y\nPepe;Sanz;12;z\n'
  const names = async () =>
    (await shop.owner.client.contacts.list({ sort: 'name' })).items.map(({ displayName }) => displayName)

  test('handed in, looked at, carried out, its outcome fetched, and taken back', async () => {
    const { page, faults } = await open('/contacts/imports')
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Choose a file' }).click()
    await (await choosing).setFiles({ name: 'agenda.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
    await page.getByRole('heading', { name: 'agenda.csv' }).waitFor()
    const column = (head: string, target: string) =>
      page.getByRole('button', { name: `${target} What “${head}” is read as` }).waitFor()
    await column('Móvil', 'Phone')
    await column('Cosa', 'Leave out')
    await page.getByRole('button', { name: 'See what would happen' }).click()
    await page.getByText('The phone lacks digits.', { exact: false }).waitFor()
    expect(await names()).toEqual(['Lucía'])
    await page.getByRole('button', { name: 'Import 3 rows' }).click()
    await page.getByRole('heading', { name: 'Done' }).waitFor()
    expect(await names()).toEqual(['Eva Ruiz', 'Lucía Romero'])
    const arriving = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download the outcome of each row' }).click()
    expect(readFileSync(await (await arriving).path(), 'utf8')).toContain(
      '\r\n4,refused,Móvil: Digits are missing.,,Pepe,Sanz,12,z',
    )
    await page.getByRole('button', { name: 'Undo the import…' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Undo the import' }).click()
    await page.getByText('Undone: 1 deleted, 1 put back', { exact: false }).waitFor()
    expect(await names()).toEqual(['Lucía'])
    await page.getByRole('link', { name: 'All imports' }).click()
    await page.getByRole('link', { name: /agenda\.csv/ }).waitFor()
    expect(faults).toEqual([])
  })

  test('on a phone, in Spanish and in the dark; a file that is none says so', async () => {
    const importId = await givenUpload(server.url, shop.owner, csv)
    const { page } = await open('/contacts/imports', { language: 'es', width: 360, theme: 'dark' })
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Elegir un archivo' }).click()
    await (
      await choosing
    ).setFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('PK\x03\x04', 'latin1') })
    await page.getByText('Es un libro de Excel', { exact: false }).waitFor()
    expect(await fits(page)).toBe(true)
    expect(await findViolations(page)).toEqual([])
    await page.goto(`/w/${shop.id}/contacts/imports/${importId}`)
    await page.getByRole('button', { name: 'Ver qué pasaría' }).click()
    await page.getByText('Al teléfono le faltan cifras', { exact: false }).waitFor()
    expect(await fits(page)).toBe(true)
    expect(await findViolations(page)).toEqual([])
  })
})
