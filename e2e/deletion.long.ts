import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { beforeEach, describe, expect, test } from 'vitest'
import { assigning } from '../server/bulk/assign-many.ts'
import { runJob } from '../server/bulk/run-job.ts'
import { settingField } from '../server/bulk/set-field-of-many.ts'
import { staging } from '../server/bulk/set-stage-of-many.ts'
import { tagging } from '../server/bulk/tag-many.ts'
import { givenShop } from '../server/conversations/testing.ts'
import { deletion } from '../server/deletion/deletion.ts'
import { givenMember } from '../server/testing/given.ts'
import { unless } from '../server/testing/unless.ts'
import { noBrowser, type Look } from './browser.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'
import { journeys } from './journeys.ts'
import { looks } from './looks.ts'

describe('deleting contacts', unless(noBrowser), () => {
  const here = journeys(givenShop, { work: false })
  const { open } = here

  beforeEach(async () => {
    for (const [at, firstName] of ['Lucía', 'Santiago', 'Emily', 'Valentina', 'Joaquín'].entries())
      await here.shop.hear(`+3460000010${at}`, 'hola', { firstName, lastName: 'Romero' })
  })

  const run = (jobId = 1) =>
    runJob(
      here.server.deps,
      { delete: deletion, tag: tagging, assign: assigning, lifecycle: staging, field: settingField },
      { workspaceId: here.shop.id, jobId },
      new AbortController().signal,
    )
  const row = (page: Page, name: string) => page.locator('button[data-contact]').filter({ hasText: name })
  // the box that is seen, not the one that is read
  const box = (page: Page, name: string) => page.locator('label').filter({ has: page.getByRole('checkbox', { name }) })
  const dialog = (page: Page) => page.getByRole('alertdialog')
  const tray = (page: Page) => page.getByRole('region', { name: 'Background tasks' })
  const contacts = async () =>
    (await here.shop.owner.client.contacts.list({ sort: 'name' })).items.map((one) => one.displayName)

  test('selected with mouse and key, asked for by their number, gone with a receipt', async () => {
    const { page, faults } = await open('/contacts?sort=name')
    await box(page, 'Select Emily Romero').click()
    await row(page, 'Lucía').focus()
    await page.keyboard.press('x')
    const bar = page.getByRole('region', { name: 'Selected contacts' })
    await bar.getByText('2 selected').waitFor()
    await bar.getByRole('button', { name: 'Delete…' }).click()
    await dialog(page).getByRole('heading', { name: 'Delete 2 contacts' }).waitFor()
    await dialog(page).getByText('2 conversations').waitFor()
    const input = dialog(page).getByLabel('Type 2 to confirm')
    await input.fill('3')
    await page.keyboard.press('Enter')
    await dialog(page).getByText("That doesn't match. It's 2.").waitFor()
    expect((await here.shop.owner.client.bulk.list({})).items).toEqual([])
    await input.fill('2')
    await page.keyboard.press('Enter')
    await dialog(page).waitFor({ state: 'detached' })
    await bar.waitFor({ state: 'detached' })
    await tray(page).getByRole('progressbar').waitFor()
    await run()
    await tray(page).getByText('2 contacts deleted').waitFor()
    await row(page, 'Emily').waitFor({ state: 'detached' })
    expect(await contacts()).toEqual(['Joaquín Romero', 'Santiago Romero', 'Valentina Romero'])
    await tray(page).getByRole('link', { name: 'See the receipt' }).click()
    const receipt = page.getByRole('article', { name: '2 contacts deleted' })
    await receipt.getByText('nothing is left').waitFor()
    await receipt.getByText('Olga Dueñas', { exact: false }).waitFor()
    await tray(page).waitFor({ state: 'detached' })
    await receipt.getByText('Numbers of the deleted contacts').click()
    await receipt.getByRole('listitem').nth(1).waitFor()
    expect(faults).toEqual([])
  })

  test('everyone who matches, seen by others too, across pages and reloads, and stopped', async () => {
    await sql`
      with made as (
        insert into contact (workspace_id, id, sort_name, first_name, born_source)
        select ${here.shop.id}, n, n, 'Persona', 'api' from generate_series(1001, 1065) n returning id
      ), found as (insert into contact_search select ${here.shop.id}, id, true, ' persona romero' from made)
      insert into contact_state (workspace_id, contact_id) select ${here.shop.id}, id from made`.execute(
      here.server.deps.db,
    )
    const { page, faults } = await open('/contacts?q=romero')
    await box(page, 'Select the whole page').click()
    await page.getByRole('button', { name: 'Select all 70 who match' }).click()
    await box(page, 'Select Valentina Romero').click()
    await page.getByRole('region', { name: 'Selected contacts' }).getByText('69 selected').waitFor()
    await row(page, 'Emily').focus()
    await page.keyboard.press('Delete')
    await dialog(page).getByLabel('Type 69 to confirm').fill('69')
    await dialog(page).getByRole('button', { name: 'Delete 69 contacts' }).click()
    await tray(page).getByText('0 of 69').waitFor()
    const other = await open('/inbox', here.shop.manager)
    await tray(other.page).getByText('Deleting contacts').waitFor()
    await page.getByRole('link', { name: 'Inbox' }).click()
    await tray(page).getByText('0 of 69').waitFor()
    await page.reload()
    await tray(page).getByRole('button', { name: 'Stop' }).click()
    await tray(other.page).getByText('Stopping…').waitFor()
    await run()
    await tray(page).getByText('Stopped after 0 of 69').waitFor()
    await tray(other.page).getByText('69 contacts were left as they were.').waitFor()
    expect(await here.shop.owner.client.contacts.count({})).toMatchObject({ contacts: 70 })
    expect([faults, other.faults]).toEqual([[], []])
  })

  test('from the record, in the Contacts module, by whoever may', async () => {
    const emily = (await here.shop.owner.client.contacts.list({ q: 'emily' })).items[0]!.id
    const more = (page: Page) =>
      page.getByRole('complementary', { name: 'Contact details' }).getByRole('button', { name: 'More actions' }).click()
    const refused = (page: Page) => page.getByRole('menuitem', { name: /Delete contact…/ })
    const limited = await givenMember(here.server, here.shop.id, { role: 'manager', restrictions: ['contactDeletion'] })
    const { page: theirs } = await open(`/contacts/${emily}`, limited)
    await more(theirs)
    await refused(theirs).getByText('You may not delete contacts.').waitFor()
    const { page, faults } = await open(`/contacts/${emily}`)
    await more(page)
    await refused(page).click()
    await dialog(page).getByLabel('Type 1 to confirm').fill('1')
    await dialog(page).getByRole('button', { name: 'Delete 1 contact' }).click()
    await tray(page).getByRole('progressbar').waitFor()
    await run()
    await tray(page).getByText('1 contact deleted').waitFor()
    await tray(page).getByRole('button', { name: 'Put away' }).click()
    await tray(page).waitFor({ state: 'detached' })
    expect(page.url()).toMatch(/\/contacts$/)
    expect(faults).toEqual([])
  })

  test('tagged and assigned together, up to the limit of the workspace', async () => {
    const { client } = here.shop.owner
    await client.tags.create({ name: 'Mayorista' })
    const { page, faults } = await open('/contacts?sort=name')
    const bar = page.getByRole('region', { name: 'Selected contacts' })
    const asked = page.getByRole('dialog')
    const pick = async (...names: string[]) => {
      for (const name of names) await box(page, `Select ${name} Romero`).click()
    }
    await pick('Emily', 'Lucía')
    await bar.getByRole('button', { name: 'Tags…' }).click()
    await asked.locator('label').filter({ hasText: 'Mayorista' }).click()
    await asked.getByRole('button', { name: 'Put 1 tag on' }).click()
    await tray(page).getByText('Tagging contacts').waitFor()
    await run(1)
    await tray(page).getByText('Tags of 2 contacts changed').waitFor()
    await row(page, 'Emily').getByText('Mayorista').waitFor()
    await pick('Emily', 'Joaquín', 'Santiago')
    await bar.getByRole('button', { name: 'Assign…' }).click()
    await asked.getByRole('button', { name: /Assign to/ }).click()
    await page.getByRole('option', { name: 'Ana Agente' }).click()
    expect(await findViolations(page, '[role=dialog]')).toEqual([])
    await asked.getByRole('button', { name: 'Assign', exact: true }).click()
    await tray(page).getByText('0 of 3').waitFor()
    await run(2)
    await tray(page).getByText('3 contacts assigned').waitFor()
    await row(page, 'Santiago').getByText('Ana Agente').waitFor()
    await client.workspaces.update({ bulkLimit: 1 })
    await pick('Emily', 'Joaquín')
    await bar.getByRole('button', { name: 'Tags…' }).hover()
    await page.getByText('Assigning tags works with up to 1 contacts. You selected 2.').waitFor()
    expect(faults).toEqual([])
  })

  test('a card that ends tells why it was not done for some, and leads to them', async () => {
    const { client } = here.shop.owner
    const full = (await client.contacts.list({ q: 'Emily' })).items[0]!.id
    const names = Array.from({ length: 100 }, (_, at) => `etiqueta ${at}`)
    for (let at = 0; at < 100; at += 20) await client.contacts.tag({ contactId: full, names: names.slice(at, at + 20) })
    await client.tags.create({ name: 'Mayorista' })
    const { page, faults } = await open('/contacts?sort=name')
    const asked = page.getByRole('dialog')
    for (const name of ['Emily', 'Lucía']) await box(page, `Select ${name} Romero`).click()
    await page.getByRole('region', { name: 'Selected contacts' }).getByRole('button', { name: 'Tags…' }).click()
    await asked.getByRole('combobox').or(asked.getByRole('searchbox')).first().fill('Mayor')
    await asked.locator('label').filter({ hasText: 'Mayorista' }).click()
    await asked.getByRole('button', { name: 'Put 1 tag on' }).click()
    await tray(page).getByText('Tagging contacts').waitFor()
    await run(1)
    await tray(page).getByText('1 of 2, 1 failed').waitFor()
    await tray(page).getByText('1 holds as many tags as a contact can. Take some off first.').waitFor()
    await tray(page).getByText('Which contacts').click()
    await tray(page)
      .getByRole('link', { name: String(full), exact: true })
      .waitFor()
    expect(await findViolations(page, '[role=region][aria-label="Background tasks"]')).toEqual([])
    await tray(page)
      .getByRole('link', { name: String(full), exact: true })
      .click()
    await page.getByRole('complementary').getByRole('heading', { name: 'Emily Romero' }).waitFor()
    expect(faults).toEqual([])
  })

  test('put at a stage and given a value together, by key; what the field does not take is told beside it', async () => {
    const { client } = here.shop.owner
    await client.lifecycle.create({ name: 'Cliente' })
    await client.fields.create({ name: 'Web', type: 'url' })
    const { page, faults } = await open('/contacts?sort=name')
    const bar = page.getByRole('region', { name: 'Selected contacts' })
    const asked = page.getByRole('dialog')
    const ask = async (field: string) => {
      for (const name of ['Emily', 'Lucía']) await box(page, `Select ${name} Romero`).click()
      await bar.getByRole('button', { name: 'Edit…' }).click()
      await asked.getByRole('combobox', { name: 'Field' }).fill(field)
      await page.getByRole('option', { name: field }).waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
    }
    await ask('Lifecycle')
    await asked.getByRole('button', { name: /Stage/ }).click()
    await page.getByRole('option', { name: 'Cliente' }).click()
    await asked.getByRole('button', { name: 'Set the value' }).click()
    await tray(page).getByText('Setting the stage of contacts').waitFor()
    await run(1)
    await tray(page).getByText('Stage of 2 contacts set').waitFor()
    await ask('Web')
    await asked.getByRole('textbox', { name: 'Value' }).fill('example.com/a')
    await page.keyboard.press('Enter')
    expect(await findViolations(page, '[role=dialog]')).toEqual([])
    await asked.getByRole('button', { name: 'https://example.com/a' }).click()
    await asked.getByRole('button', { name: 'Set the value' }).click()
    await tray(page).getByText('Setting a field of contacts').waitFor()
    await run(2)
    await tray(page).getByText('Field of 2 contacts set').waitFor()
    const { items } = await client.contacts.list({ q: 'example.com/a' })
    expect(items.map(({ lifecycle }) => lifecycle?.name)).toEqual(['Cliente', 'Cliente'])
    expect(faults).toEqual([expect.stringContaining('400')])
  })

  test.each(looks({ width: 1440 }, { width: 1440, theme: 'dark' }, { width: 390, theme: 'dark' }, { width: 390 }))(
    'reads well in every look: %o',
    async (look) => {
      const { page, faults } = await open('/contacts', here.shop.owner, { ...look, language: 'es' })
      await box(page, 'Seleccionar toda la página').click()
      const bar = page.getByRole('region', { name: 'Contactos seleccionados' })
      await bar.waitFor()
      await shoot(page, look, 'bar')
      await bar.getByRole('button', { name: 'Eliminar…' }).click()
      await dialog(page).getByRole('textbox').fill('5')
      await dialog(page).getByText('La cantidad coincide').waitFor()
      expect(await findViolations(page, '[role=alertdialog]')).toEqual([])
      await shoot(page, look, 'dialog')
      await page.keyboard.press('Enter')
      await page.getByRole('progressbar').waitFor()
      expect(await findViolations(page)).toEqual([])
      await shoot(page, look, 'tray')
      await run()
      await page.getByRole('link', { name: 'Ver el comprobante' }).click()
      await page.getByRole('article', { name: '5 contactos eliminados' }).waitFor()
      expect(await findViolations(page)).toEqual([])
      await shoot(page, look, 'receipt')
      expect(await fits(page)).toBe(true)
      expect(faults).toEqual([])
    },
  )

  const shoot = async (page: Page, { width = 1440, theme = 'light' }: Look, name: string) => {
    if (process.env['FICHA_SHOTS'] !== undefined)
      await page.screenshot({ path: `${process.env['FICHA_SHOTS']}/${name}-${width}-${theme}.png` })
  }
})
