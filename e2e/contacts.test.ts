import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { givenMember, givenWorkspace, type GivenMember } from '../server/testing/given.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { noBrowser, openBrowser, type Look } from './browser.ts'
import { journeys } from './journeys.ts'
import { looks } from './looks.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'

describe('a contact’s record', unless(noBrowser), () => {
  const here = journeys(givenWorkspace)

  async function given(values: Parameters<GivenMember['client']['contacts']['create']>[0]['values']): Promise<number> {
    return (await here.shop.owner.client.contacts.create({ values })).id
  }
  const open = (path: string | number = '', who = here.shop.owner, look: Look = {}) =>
    here.open(`/contacts${path === '' ? '' : `/${path}`}`, who, look)
  const stored = async (contactId: number) => (await here.shop.owner.client.contacts.get({ contactId })).fields
  const rows = (page: Page) => page.locator('button[data-contact]')
  const shows = (page: Page, ...names: string[]) =>
    waitFor(`the list of ${names.join(', ')}`, async () => {
      const shown = await page.locator('button[data-contact] bdi.trunc:first-of-type').allTextContents()
      return (
        names.every((name, at) => shown.filter(Boolean)[at] === name) && (await rows(page).count()) === names.length
      )
    })
  const record = (page: Page) => page.getByRole('complementary')
  const name = (page: Page, words: string) => record(page).getByRole('heading', { name: words, exact: true }).waitFor()
  /** The value of a field where it stands; pressing it edits. */
  const field = (page: Page, label: string, value: string | RegExp = '') =>
    record(page).getByRole('button', {
      name: value instanceof RegExp ? value : new RegExp(`^${label}: ${value.replaceAll('+', '\\+')}`),
    })
  async function edit(page: Page, label: string, value: string, key = 'Enter') {
    await field(page, label).click()
    await record(page).getByRole('textbox', { name: label, exact: true }).fill(value)
    await page.keyboard.press(key)
  }
  /** Who said so: behind a button that appears as the pointer comes to the row. */
  async function origin(page: Page, label: string, button: string) {
    await field(page, label).hover()
    await record(page).getByRole('button', { name: button }).click()
    return page.getByRole('dialog', { name: button })
  }
  /** The focus stands on the element as it is after the page has caught up with the keys pressed. */
  const hasFocus = (page: Page, wanted: string) =>
    waitFor(`the focus on ${wanted}`, () =>
      page.evaluate((words) => {
        const one = document.activeElement
        return one !== document.body && (one?.ariaLabel ?? one?.textContent ?? '').includes(words)
      }, wanted),
    )

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
    await hasFocus(page, 'nadie@example.com')
    await page.keyboard.press('Enter')
    await name(page, 'nadie@example.com')
    await waitFor('the focus in the record', () =>
      record(page).evaluate((element) => element.contains(document.activeElement)),
    )
    await page.keyboard.press('Escape')
    await record(page).waitFor({ state: 'detached' })
    await hasFocus(page, 'nadie@example.com')
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
    await hasFocus(page, 'Edit name')
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

  test('takes a phone in any spelling and shows it spaced with its country; a wrong one is not lost', async () => {
    const rosa = await given({ firstName: 'Rosa' })
    const { page, faults } = await open(rosa, here.shop.owner, { language: 'es' })
    await edit(page, 'Teléfono', '(600) 00.01-42')
    await record(page).getByText('Falta el prefijo del país, como +52. ¿Querías este?').waitFor()
    expect((await stored(rosa)).phone.value).toBeNull()
    await record(page).getByRole('button', { name: '+34 600 00 01 42' }).click()
    await field(page, 'Teléfono', '+34 600 00 01 42').waitFor()
    await field(page, 'País', 'España').waitFor()
    expect((await stored(rosa)).phone.value).toBe('+34600000142')
    const country = await origin(page, 'País', 'De dónde viene País')
    await country.getByText('Deducido del teléfono').waitFor()
    await page.keyboard.press('Escape')
    await country.waitFor({ state: 'detached' })

    await edit(page, 'Teléfono', '00 33 6 12 34 56 78')
    await field(page, 'Teléfono', '+33 6 12 34 56 78').waitFor()
    await field(page, 'País', 'Francia').waitFor()
    faults.splice(0)

    for (const [typed, sentence] of [
      ['+34 600', 'Al teléfono le faltan cifras. Escríbelas todas después del prefijo.'],
      ['+999 600 000 142', 'Ningún país tiene este prefijo. Empieza el teléfono con uno como +34.'],
      ['llámame', 'Esto no es un teléfono. Escribe uno como +34 600 00 01 42.'],
    ] as const) {
      await edit(page, 'Teléfono', typed)
      await record(page).getByText(sentence).waitFor()
      await field(page, 'Teléfono', '+33 6 12 34 56 78').waitFor()
      await record(page).getByRole('button', { name: 'Editar', exact: true }).click()
      const box = record(page).getByRole('textbox', { name: 'Teléfono' })
      expect(await box.inputValue()).toBe(typed)
      await page.keyboard.press('Escape')
    }
    await edit(page, 'Correo', 'rosa.example.com')
    await record(page).getByText('Al correo le falta la @, como en ana@example.com.').waitFor()
    await record(page).getByRole('button', { name: 'Editar', exact: true }).click()
    await record(page).getByRole('textbox', { name: 'Correo' }).fill('rosa@example.com')
    await page.keyboard.press('Enter')
    await field(page, 'Correo', 'rosa@example.com').waitFor()
    expect(faults.every((fault) => fault.includes('400'))).toBe(true)
    const email = await origin(page, 'Correo', 'De dónde viene Correo')
    await email.getByText('Escrito por Olga Dueñas').waitFor()
  })

  test('is filled by keyboard alone: fields one after the other, country, language and assignee from their lists', async () => {
    const rosa = await given({ phone: '+34 600 00 01 42' })
    const { page, faults } = await open(rosa)
    await field(page, 'First name').focus()
    await page.keyboard.press('Enter')
    await hasFocus(page, 'First name')
    await page.keyboard.type('Rosa')
    await page.keyboard.press('Tab')
    await hasFocus(page, 'Last name')
    await page.keyboard.type('Prats')
    await page.keyboard.press('Enter')
    await name(page, 'Rosa Prats')

    for (const [label, before, typed, after] of [
      ['Country', 'Spain', 'Mex', 'Mexico'],
      ['Language', 'Add', 'Port', 'Portuguese'],
      ['Assigned to', 'Unassigned', 'Ana', 'Ana Agente'],
    ] as const) {
      await field(page, label, before).focus()
      await page.keyboard.press('Enter')
      await record(page).getByRole('combobox', { name: label }).waitFor()
      await page.keyboard.press('Escape')
      await hasFocus(page, label)
      await field(page, label, before).waitFor()
      await page.keyboard.press('Enter')
      await record(page).getByRole('combobox', { name: label }).waitFor()
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.type(typed)
      await page.getByRole('option', { name: after }).first().waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await field(page, label, after).waitFor()
      await hasFocus(page, label)
    }
    const details = await here.shop.owner.client.contacts.get({ contactId: rosa })
    expect(details.fields.country).toMatchObject({ value: 'MX', source: 'person', by: 'Olga Dueñas' })
    expect(details.fields.language.value).toBe('pt')
    expect(details.assignee?.name).toBe('Ana Agente')
    // a country set by hand stays when the phone changes
    await edit(page, 'Phone', '+44 7700 900183')
    await field(page, 'Phone', '+44 7700 900183').waitFor()
    await field(page, 'Country', 'Mexico').waitFor()
    // nothing but the conversation changes its state, and the lock says so
    await record(page).getByRole('button', { name: 'Read only: follows the conversation' }).waitFor()
    expect(faults).toEqual([])
  })

  test('an edit is taken back by the undo key, the newest first; what a colleague made of it since stays', async () => {
    const contactId = await given({ firstName: 'Rosa', lastName: 'Prats', email: 'rosa@example.com' })
    const { page, faults } = await open(contactId)
    await edit(page, 'Email', 'rosa.prats@example.com')
    await record(page).getByRole('button', { name: 'Edit name' }).click()
    await record(page).getByRole('textbox', { name: 'Last name' }).fill('Prats Vila')
    await page.keyboard.press('Enter')
    await name(page, 'Rosa Prats Vila')
    const undo = async () => {
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
      await page.keyboard.press('Control+z')
    }
    await undo()
    await page.getByText('Last name: as before').waitFor()
    await name(page, 'Rosa Prats')
    await undo()
    await page.getByText('Email: as before').waitFor()
    await field(page, 'Email', 'rosa@example.com').waitFor()
    expect(await stored(contactId)).toMatchObject({
      lastName: { value: 'Prats', at: (await stored(contactId)).firstName.at },
      email: { value: 'rosa@example.com' },
    })

    await edit(page, 'Email', 'otra@example.com')
    await field(page, 'Email', 'otra@example.com').waitFor()
    await here.shop.agent.client.contacts.update({ contactId, values: { email: 'suya@example.com' } })
    await field(page, 'Email', 'suya@example.com').waitFor()
    await undo()
    await page.getByText('Email: changed since, so it stays').waitFor()
    expect((await stored(contactId)).email.value).toBe('suya@example.com')
    expect(faults.filter((fault) => !fault.includes('409'))).toEqual([])
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

  test('misses no edit that is made while it loads', async () => {
    const rosa = await given({ firstName: 'Rosa', lastName: 'Prats' })
    const { page, faults } = await open()
    const row = page.locator(`button[data-contact="${rosa}"]`)
    await row.waitFor()
    const answered = Promise.withResolvers<void>()
    const held = Promise.withResolvers<void>()
    await page.route(
      '**/rpc/contacts/get*',
      async (route) => {
        const response = await route.fetch()
        answered.resolve()
        await held.promise
        await route.fulfill({ response })
      },
      { times: 1 },
    )
    await row.click()
    await answered.promise
    await here.shop.owner.client.contacts.update({ contactId: rosa, values: { firstName: 'Rosalía' }, replaces: {} })
    // the list has heard of it, and the answer to the record is older
    await row.filter({ hasText: 'Rosalía Prats' }).waitFor()
    held.resolve()
    await name(page, 'Rosalía Prats')
    expect(faults).toEqual([])
  })

  test('tells the second of two who edit the same field what the first wrote; they choose', async () => {
    const rosa = await given({ firstName: 'Rosa', email: 'old@example.com' })
    const one = await open(rosa)
    const other = await open(rosa, here.shop.manager)
    const box = record(other.page).getByRole('textbox', { name: 'Email' })
    await field(other.page, 'Email').click()
    await box.fill('mario@example.com')
    await edit(one.page, 'Email', 'olga@example.com')
    await record(other.page).getByText('Olga Dueñas changed it to olga@example.com').waitFor()
    expect(await box.inputValue()).toBe('mario@example.com')
    await record(other.page).getByRole('button', { name: 'Use theirs' }).click()
    await field(other.page, 'Email', 'olga@example.com').waitFor()
    expect((await stored(rosa)).email.value).toBe('olga@example.com')

    await field(other.page, 'Email').click()
    await box.fill('mario@example.com')
    await edit(one.page, 'Email', 'olga.d@example.com')
    await record(other.page).getByText('Olga Dueñas changed it to olga.d@example.com').waitFor()
    await box.press('Enter')
    await field(one.page, 'Email', 'mario@example.com').waitFor()
    expect((await stored(rosa)).email).toMatchObject({ value: 'mario@example.com', by: 'Mario Gerente' })

    // where the other’s edit has not arrived yet the server says so, and what was typed is kept
    const deaf = await open(rosa, here.shop.agent)
    await deaf.page.goto(`/w/${here.shop.id}/inbox/${rosa}?drawer=open`)
    await field(deaf.page, 'Email', 'mario@example.com').waitFor()
    await deaf.page.route('**/rpc/live/**', (route) => route.abort())
    await deaf.page.reload()
    await field(deaf.page, 'Email', 'mario@example.com').waitFor()
    await edit(one.page, 'Email', 'olga@example.com')
    await field(other.page, 'Email', 'olga@example.com').waitFor()
    await edit(deaf.page, 'Email', 'ana@example.com')
    await record(deaf.page).getByText('Olga Dueñas changed it to olga@example.com').waitFor()
    await field(deaf.page, 'Email', 'olga@example.com').waitFor()
    expect((await stored(rosa)).email.value).toBe('olga@example.com')
    await record(deaf.page).getByRole('button', { name: 'Try again' }).click()
    await field(other.page, 'Email', 'ana@example.com').waitFor()

    await record(deaf.page).getByRole('button', { name: 'Edit name' }).click()
    await record(deaf.page).getByRole('textbox', { name: 'First name' }).fill('Rosaura')
    await here.shop.owner.client.contacts.update({ contactId: rosa, values: { firstName: 'Rosalía' }, replaces: {} })
    await deaf.page.keyboard.press('Enter')
    await record(deaf.page).getByText('Olga Dueñas changed it to Rosalía. Save again to keep yours.').waitFor()
    await deaf.page.keyboard.press('Enter')
    await name(deaf.page, 'Rosaura')
    await name(other.page, 'Rosaura')
    expect([...one.faults, ...other.faults]).toEqual([])
    expect(deaf.faults.filter((fault) => !fault.includes('ERR_FAILED'))).toEqual([
      expect.stringContaining('409'),
      expect.stringContaining('409'),
    ])
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
