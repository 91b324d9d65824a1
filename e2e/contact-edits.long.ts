import { describe, expect, test } from 'vitest'
import { unless } from '../server/testing/unless.ts'
import { noBrowser } from './browser.ts'
import { contactRecords } from './contact-records.ts'
import { waitForFocus } from './wait-for-focus.ts'

describe('a contact’s record, edited', unless(noBrowser), () => {
  const here = contactRecords()
  const { given, open, stored, record, name, field, edit, origin } = here

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
    await waitForFocus(page, 'First name')
    await page.keyboard.type('Rosa')
    await page.keyboard.press('Tab')
    await waitForFocus(page, 'Last name')
    await page.keyboard.type('Prats')
    await page.keyboard.press('Enter')
    await name(page, 'Rosa Prats')
    await waitForFocus(page, 'Last name')

    for (const [label, before, typed, after] of [
      ['Country', 'Spain', 'Mex', 'Mexico'],
      ['Language', 'Add', 'Port', 'Portuguese'],
      ['Assigned to', 'Unassigned', 'Ana', 'Ana Agente'],
    ] as const) {
      await field(page, label, before).focus()
      await page.keyboard.press('Enter')
      await record(page).getByRole('combobox', { name: label }).waitFor()
      await page.keyboard.press('Escape')
      await waitForFocus(page, label)
      await field(page, label, before).waitFor()
      await page.keyboard.press('Enter')
      await record(page).getByRole('combobox', { name: label }).waitFor()
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.type(typed)
      await page.getByRole('option', { name: after }).first().waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await field(page, label, after).waitFor()
      await waitForFocus(page, label)
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
})
