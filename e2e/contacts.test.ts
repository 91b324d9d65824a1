import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { givenMember } from '../server/testing/given.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { noBrowser, openBrowser } from './browser.ts'
import { contactRecords } from './contact-records.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'
import { looks } from './looks.ts'
import { waitForFocus } from './wait-for-focus.ts'

describe('a contact’s record', unless(noBrowser), () => {
  const here = contactRecords()
  const { given, open, stored, rows, shows, record, name, field, edit } = here

  test('is found in the list by name, phone or e-mail, and the list is sorted as asked', async () => {
    await given({ firstName: 'Zoë', lastName: 'Álvarez', phone: '+34 600 00 01 42' })
    await given({ firstName: 'Bruno', lastName: 'Mora', email: 'bruno@example.com' })
    await given({ phone: '+52 55 1234 5678' })
    const { page, faults } = await open()
    await waitFor('all three', async () => (await rows(page).count()) === 3)
    const search = page.getByRole('searchbox', { name: 'Search contacts' })
    for (const [words, found] of [
      ['alvarez', 'Zoë Álvarez'],
      ['600 000 142', 'Zoë Álvarez'],
      ['bruno@ex', 'Bruno Mora'],
      ['5512345678', '+52 55 1234 5678'],
    ] as const) {
      await search.fill(words)
      await shows(page, found)
    }
    await page.reload()
    expect(await search.inputValue()).toBe('5512345678')
    await search.fill('nobody')
    await page.getByText('Nothing for “nobody”').waitFor()
    await page.getByRole('button', { name: 'Clear search' }).last().click()
    await page.getByRole('button', { name: /Sort by/ }).click()
    await page.getByRole('option', { name: 'Name' }).click()
    await waitFor('Bruno above Zoë', async () => {
      const all = await rows(page).allTextContents()
      const [bruno, zoe] = [all.findIndex((one) => one.includes('Bruno')), all.findIndex((one) => one.includes('Zoë'))]
      return bruno >= 0 && bruno < zoe
    })
    expect(faults).toEqual([])
  })

  test('opens by a click on its row and by key, with name and number on top; the address leads to it', async () => {
    const [rosa, phoneOnly, mailOnly] = [
      await given({ firstName: 'Rosa', lastName: 'Prats' }),
      await given({ phone: '+34 600 00 01 42' }),
      await given({ email: 'nadie@example.com' }),
    ]
    const { page, faults } = await open('?sort=added')
    await page.locator(`button[data-contact="${rosa}"]`).click()
    await name(page, 'Rosa Prats')
    await record(page).getByText(`ID ${rosa}`, { exact: true }).waitFor()
    // without a picture its initials; without a name what it is reached by
    await record(page).getByText('RP', { exact: true }).waitFor()
    await page.locator(`button[data-contact="${phoneOnly}"]`).click()
    await name(page, '+34 600 00 01 42')
    await page.goBack()
    await name(page, 'Rosa Prats')
    await page.reload()
    await name(page, 'Rosa Prats')
    await record(page).getByRole('tab', { name: 'Details', selected: true }).waitFor()
    await record(page).getByRole('button', { name: 'Close details' }).click()
    await record(page).waitFor({ state: 'detached' })

    await page.locator(`button[data-contact="${mailOnly}"]`).focus()
    await page.keyboard.press('j')
    await waitFor('the next row', () =>
      page.evaluate((id) => (document.activeElement as HTMLElement).dataset['contact'] === String(id), phoneOnly),
    )
    await page.keyboard.press('ArrowUp')
    await waitForFocus(page, 'nadie@example.com')
    await page.keyboard.press('Enter')
    await name(page, 'nadie@example.com')
    await waitFor('the focus in the record', () =>
      record(page).evaluate((element) => element.contains(document.activeElement)),
    )
    await page.keyboard.press('Escape')
    await record(page).waitFor({ state: 'detached' })
    await waitForFocus(page, 'nadie@example.com')
    expect(faults).toEqual([])
  })

  test('is renamed in place: nothing changes before the check or Enter, Esc leaves it', async () => {
    const rosa = await given({ firstName: 'Rosa', lastName: 'Prats' })
    const { page, faults } = await open(rosa)
    await record(page).getByRole('button', { name: 'Edit name' }).click()
    const form = record(page).getByRole('form', { name: 'Edit name' })
    await form.getByLabel('First name').fill('Nobody')
    await page.keyboard.press('Escape')
    await form.waitFor({ state: 'detached' })
    await name(page, 'Rosa Prats')
    await waitForFocus(page, 'Edit name')
    await page.keyboard.press('e')
    await form.getByLabel('First name').fill('Rosalía')
    await form.getByLabel('Last name').fill('Prats Gil')
    // leaving the fields does not save
    await page.getByRole('searchbox').focus()
    expect((await stored(rosa)).firstName.value).toBe('Rosa')
    await form.getByRole('button', { name: 'Save name' }).click()
    await name(page, 'Rosalía Prats Gil')
    await page.locator(`button[data-contact="${rosa}"]`, { hasText: 'Rosalía Prats Gil' }).waitFor()
    // Esc is for what lies on top
    await record(page).getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menu').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'detached' })
    await name(page, 'Rosalía Prats Gil')
    await page.keyboard.press('e')
    await form.getByLabel('Last name').fill('')
    await page.keyboard.press('Enter')
    await name(page, 'Rosalía')
    expect((await stored(rosa)).lastName.value).toBeNull()
    expect(faults).toEqual([])
  })

  test('is live: a colleague’s edit appears without reload, and edits of different fields both win', async () => {
    const rosa = await given({ firstName: 'Rosa', lastName: 'Prats' })
    const one = await open(rosa)
    const other = await open(rosa, here.shop.manager)
    await edit(one.page, 'Email', 'rosa@example.com')
    await field(other.page, 'Email', 'rosa@example.com').waitFor()
    await other.page.locator(`button[data-contact="${rosa}"]`, { hasText: 'rosa@example.com' }).waitFor()

    // both have the name open when the first saves
    for (const { page } of [one, other]) await record(page).getByRole('button', { name: 'Edit name' }).click()
    const form = (page: Page) => record(page).getByRole('form', { name: 'Edit name' })
    await form(one.page).getByLabel('First name').fill('Rosalía')
    await form(other.page).getByLabel('Last name').fill('Gil')
    await one.page.keyboard.press('Enter')
    await name(one.page, 'Rosalía Prats')
    await other.page.keyboard.press('Enter')
    await name(other.page, 'Rosalía Gil')
    await name(one.page, 'Rosalía Gil')
    expect([...one.faults, ...other.faults]).toEqual([])
  })

  test('names nobody who was removed, in the list and the record that are open', async () => {
    const rosa = await given({ firstName: 'Rosa' })
    const leo = await givenMember(here.server, here.shop.id, { name: 'Leo Ruiz' })
    await here.shop.owner.client.conversations.assign({ contactId: rosa, memberId: leo.memberId })
    const { page, faults } = await open(rosa)
    // beside the record the column is there, but not in view
    await rows(page).getByText('Leo Ruiz').waitFor({ state: 'attached' })
    await record(page).getByText('Leo Ruiz').first().waitFor()
    await here.shop.owner.client.members.remove({ memberId: leo.memberId })
    await rows(page).getByText('Leo Ruiz').waitFor({ state: 'detached' })
    await waitFor('the record without them', async () => !(await record(page).innerText()).includes('Leo Ruiz'))
    expect(faults).toEqual([])
  })

  test('is added by hand, with whatever is known; with nothing the dialog says what would do', async () => {
    const { page, faults } = await open()
    await page.getByRole('button', { name: 'Add contact' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Add contact' })
    const add = () => dialog.getByRole('button', { name: 'Add contact' }).click()
    await add()
    await dialog.getByText('Give a name, a phone or an email.').waitFor()
    await dialog.getByLabel('First name').fill('Nilo')
    await dialog.getByLabel('Phone').fill('600 00 01 77')
    await dialog.getByLabel('Email').fill('nilo@')
    await add()
    await dialog.getByText('Did you mean this?').waitFor()
    await dialog.getByText(/ana@example\.com/).waitFor()
    expect(await dialog.getByLabel('First name').inputValue()).toBe('Nilo')
    await dialog.getByRole('button', { name: '+34 600 00 01 77' }).click()
    await dialog.getByLabel('Email').fill('')
    expect(faults.splice(0)).toEqual(Array(2).fill(expect.stringContaining('400')))
    const held = Promise.withResolvers<void>()
    await page.route('**/rpc/contacts/create', (route) => held.promise.then(() => route.continue()))
    await add()
    // while it waits, nothing but the spinner is seen on the button
    await waitFor('the words to make way', async () => (await dialog.locator('[data-pending]').innerText()) === '')
    held.resolve()
    await name(page, 'Nilo')
    await field(page, 'Phone', '+34 600 00 01 77').waitFor()

    // neither phone nor e-mail is fine
    await page.getByRole('button', { name: 'Add contact' }).first().click()
    await dialog.getByLabel('Last name').fill('Sin Datos')
    await page.keyboard.press('Enter')
    await name(page, 'Sin Datos')
    await field(page, 'Phone', 'Add').waitFor()
    await field(page, 'Email', 'Add').waitFor()
    await waitFor('both in the list', async () => (await rows(page).count()) === 2)
    expect(faults).toEqual([])
  })

  test.each(
    looks(
      { language: 'es', theme: 'light', width: 1440 },
      { language: 'en', theme: 'dark', width: 1440 },
      { language: 'en', theme: 'light', width: 1024 },
      { language: 'es', theme: 'dark', width: 390, height: 844 },
    ),
  )('can be found, read and edited by any means: $language, $theme, $width', async (look) => {
    await given({ firstName: 'Ana María del Carmen', lastName: 'Fernández de la Reguera y Villaescusa' })
    const rosa = await given({
      firstName: 'Rosa',
      phone: '+34 600 00 01 42',
      email: 'rosa@example.com',
      language: 'es',
    })
    const { page, faults } = await open('', here.shop.owner, look)
    await page.locator(`button[data-contact="${rosa}"]`).waitFor()
    expect(await findViolations(page)).toEqual([])
    expect(await fits(page)).toBe(true)
    await page.locator(`button[data-contact="${rosa}"]`).click()
    await record(page).getByText(`ID ${rosa}`, { exact: true }).waitFor()
    expect(await findViolations(page)).toEqual([])
    expect(await fits(page)).toBe(true)
    await record(page)
      .getByRole('button', { name: /^(Editar nombre|Edit name)$/ })
      .click()
    expect(await findViolations(page)).toEqual([])
    await page.keyboard.press('Escape')
    const label = look.language === 'es' ? 'Teléfono' : 'Phone'
    await edit(page, label, '+34 600')
    await record(page).getByRole('alert').waitFor()
    expect(await findViolations(page)).toEqual([])
    await field(page, look.language === 'es' ? 'País' : 'Country').click()
    await page.getByRole('listbox').waitFor()
    expect(await fits(page)).toBe(true)
    expect(faults.splice(0)).toEqual([expect.stringContaining('400')])
    await page.goto(`/w/${here.shop.id}/contacts`)
    await page.getByRole('button', { name: /^(Añadir contacto|Add contact)$/ }).click()
    await page.getByRole('dialog').waitFor()
    expect(await findViolations(page, '[role=dialog]')).toEqual([])
    expect(faults).toEqual([])
  })

  test('is opened by one call to the server', async () => {
    const { client } = here.shop.owner
    await client.contacts.create({ values: { firstName: 'Luz', lastName: 'Soto', phone: '+34600000142' } })
    const { page, context } = await openBrowser(here.server.url, here.shop.owner.cookie, { language: 'en' })
    await page.goto(`/w/${here.shop.id}/contacts`)
    const row = page.getByRole('list', { name: 'Contacts' }).getByRole('listitem').first()
    await row.waitFor()
    const asked: string[] = []
    page.on('request', (request) => {
      const { pathname } = new URL(request.url())
      if (pathname.startsWith('/rpc/') && !pathname.startsWith('/rpc/live/')) asked.push(pathname.slice('/rpc/'.length))
    })
    await row.click()
    await page.getByRole('complementary', { name: 'Contact details' }).getByText('Phone', { exact: true }).waitFor()
    // what it would ask for besides has been asked for by the time that something else is answered
    const tags = page.waitForResponse('**/rpc/tags/list')
    await page.keyboard.press('t')
    await tags
    expect(asked).toEqual(['contacts/get', 'tags/list'])
    await context.close()
  })
})
