import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import type { FieldType, FieldValue } from '#contract/fields.ts'
import { givenWorkspace } from '../server/testing/given.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { noBrowser } from './browser.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'
import { journeys } from './journeys.ts'

describe('fields', unless(noBrowser), () => {
  const here = journeys(givenWorkspace)
  const { open } = here

  const record = (page: Page) => page.getByRole('complementary')
  const labels = (page: Page) => record(page).locator('dt').allTextContents()
  const makeField = async (name: string, type: FieldType, ...options: string[]) =>
    (await here.shop.owner.client.fields.create({ name, type, ...(type === 'list' ? { options } : {}) })).id
  const holds = (contactId: number, fieldId: number, value: FieldValue | null) =>
    waitFor(`${JSON.stringify(value)} stored`, async () => {
      const { custom } = await here.shop.owner.client.contacts.get({ contactId })
      return (custom[fieldId]?.value ?? null) === value
    })

  test('of every type are edited where they stand, with what suits the type', async () => {
    const { client } = here.shop.owner
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
    const { page, faults } = await open(`/contacts/${id}`, here.shop.owner, { width: 390, height: 1100 })
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
    await here.shop.agent.client.contacts.update({
      contactId: id,
      values: { custom: { [level]: 'Gold' }, language: 'es' },
    })
    await record(page).getByRole('button', { name: 'Level: Gold' }).waitFor()
    await record(page)
      .getByRole('button', { name: /^Language: Spanish/ })
      .waitFor()
    await holds(id, order, 'P-1048')
    expect(await findViolations(page)).toEqual([])
    expect(await fits(page)).toBe(true)
    expect(faults.map((fault) => /status of (\d+)/.exec(fault)?.[1] ?? fault)).toEqual(['400'])
  })

  test('are arranged by keys, by drag and by menu, with a preview; made, renamed, and deleted by their count', async () => {
    const { client } = here.shop.owner
    const order = await makeField('Order', 'text')
    const { page, faults } = await open('/settings/fields', here.shop.owner)
    const list = page.getByRole('list', { name: 'Fields' })
    const line = (name: string) => list.getByRole('listitem').filter({ hasText: name })
    const preview = page.getByRole('complementary', { name: 'Preview' }).locator('dt')
    const act = async (name: string, item: string) => {
      await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click()
      await page.getByRole('menuitem', { name: item }).click()
    }
    const stands = (...names: string[]) =>
      waitFor(`the order ${names.join(', ')}`, async () => {
        const shown = await preview.allTextContents()
        return names.every((name, at) => shown[at] === name)
      })
    const saved = (key: string, at: number) =>
      waitFor(`${key} stored at ${at}`, async () => (await client.fields.list()).items[at]?.key === key)
    await stands('First name', 'Last name', 'Phone', 'Email')

    // by keys: the preview follows while it is lifted; Esc puts it back, Space leaves it there
    const handle = page.getByRole('button', { name: 'Move Order' })
    await handle.press(' ')
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp']) await page.keyboard.press(key)
    await stands('First name', 'Last name', 'Order', 'Phone')
    expect(await findViolations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await stands('First name', 'Last name', 'Phone', 'Email')
    await page.keyboard.press(' ')
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', ' '])
      await page.keyboard.press(key)
    await saved(`#${order}`, 2)
    await waitFor('the focus on the handle', () =>
      page.evaluate(() => document.activeElement?.getAttribute('aria-label') === 'Move Order'),
    )
    await page.getByRole('button', { name: 'Undo' }).click()
    await saved(`#${order}`, 8)

    // by drag
    const [from, to] = [await handle.boundingBox(), await line('Phone').boundingBox()]
    await page.mouse.move(from!.x + 10, from!.y + 10)
    await page.mouse.down()
    await page.mouse.move(to!.x + 20, to!.y + 30, { steps: 8 })
    await page.mouse.move(to!.x + 20, to!.y + 6)
    await page.mouse.up()
    await saved(`#${order}`, 2)

    // by menu, and when it is shown
    await act('Order', 'Move up')
    await saved(`#${order}`, 1)
    await act('Conversation', 'Move to the top')
    await saved('status', 0)
    await page.getByRole('button', { name: /^Shown: Always. Change for Language/ }).click()
    await page.getByRole('menuitemradio', { name: 'Never' }).click()
    await stands('Conversation', 'First name', 'Order', 'Last name', 'Phone', 'Email', 'Country', 'Assigned to')

    // made, searched, renamed, deleted
    await page.getByRole('button', { name: 'New field…' }).click()
    await page.getByLabel('Name', { exact: true }).fill('order')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('There is a field with this name already.').waitFor()
    await page.getByLabel('Name', { exact: true }).fill('Level')
    await page.getByRole('button', { name: /Type/ }).click()
    await page.getByRole('option', { name: 'List' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Write at least one option').waitFor()
    await page.getByLabel('Options, one a line').fill('Gold\nSilver\n')
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Save' }).click()
    await line('Level').waitFor()
    await page.getByRole('searchbox', { name: 'Search fields' }).fill('lev')
    await line('Order').waitFor({ state: 'detached' })
    await act('Level', 'Edit…')
    await page.getByLabel('Name', { exact: true }).fill('Customer level')
    await page.keyboard.press('Enter')
    await line('Customer level').waitFor()
    const made = (await client.fields.list()).items
      .flatMap(({ custom }) => custom ?? [])
      .find(({ slug }) => slug === 'level')
    expect(made).toMatchObject({ name: 'Customer level', options: ['Gold', 'Silver'] })
    await client.contacts.create({ values: { firstName: 'Rosa', custom: { [made!.id]: 'Gold' } } })
    await act('Customer level', 'Delete…')
    await page.getByLabel('Type 1 to confirm').fill('1')
    await page.getByRole('button', { name: 'Delete the field' }).click()
    await line('Customer level').waitFor({ state: 'detached' })
    expect(faults.map((fault) => /status of (\d+)/.exec(fault)?.[1] ?? fault)).toEqual(['409', '400'])
  })

  test('are settings that fit a phone, in Spanish and by night; a Manager deletes none', async () => {
    await makeField('Número de pedido del último encargo', 'text')
    const { page, faults } = await open('/settings/fields', here.shop.manager, {
      width: 390,
      height: 844,
      theme: 'dark',
      language: 'es',
    })
    const name = 'Número de pedido del último encargo'
    await page.getByRole('button', { name: `Acciones para ${name}` }).click()
    await page.getByRole('menuitem', { name: 'Solo los propietarios eliminan campos.' }).waitFor()
    await page.getByRole('menuitem', { name: 'Llevar al principio' }).click()
    await waitFor(
      'it stands first',
      async () => (await here.shop.owner.client.fields.list()).items[0]?.custom?.name === name,
    )
    expect(await findViolations(page)).toEqual([])
    expect(await fits(page)).toBe(true)
    expect(faults).toEqual([])
  })

  test('of the lifecycle: stages are made and arranged in settings, and chosen in the record', async () => {
    const { client } = here.shop.owner
    const { page, faults } = await open('/settings/lifecycle', here.shop.owner, { width: 390, height: 844 })
    await page.getByRole('button', { name: 'Begin with four usual ones' }).click()
    const list = page.getByRole('list', { name: 'Stages' })
    const line = (name: string) => list.getByRole('listitem').filter({ hasText: name })
    const act = async (name: string, item: string) => {
      await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click()
      await page.getByRole('menuitem', { name: item }).click()
    }
    const stored = (...names: string[]) =>
      waitFor(`the stages ${names.join(', ')}`, async () => {
        const { items } = await client.lifecycle.list()
        return items.map(({ name, isDefault }) => `${name}${isDefault ? '*' : ''}`).join() === names.join()
      })
    await stored('New*', 'Interested', 'Customer', 'Lost')
    await page.getByRole('button', { name: 'Move Customer' }).press(' ')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press(' ')
    await stored('New*', 'Customer', 'Interested', 'Lost')
    await act('Interested', 'New contacts begin here')
    await stored('New', 'Customer', 'Interested*', 'Lost')
    await act('New', 'Edit…')
    await page.getByLabel('Name', { exact: true }).fill('Met')
    expect(await findViolations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await line('Met').waitFor()
    await act('Lost', 'Delete…')
    await page.getByRole('button', { name: 'Delete the stage' }).click()
    await stored('Met', 'Customer', 'Interested*')
    expect(await findViolations(page)).toEqual([])
    expect(await fits(page)).toBe(true)

    const { id } = await client.contacts.create({ values: { firstName: 'Rosa' } })
    await page.goto(`/w/${here.shop.id}/contacts/${id}`)
    await record(page)
      .getByRole('button', { name: /^Lifecycle: .*Interested/ })
      .click()
    await page.getByRole('option', { name: 'Customer' }).click()
    await record(page)
      .getByRole('button', { name: /^Lifecycle: .*Customer/ })
      .waitFor()
    await waitFor('the stage stored', async () => {
      return (await client.contacts.get({ contactId: id })).lifecycle.value?.name === 'Customer'
    })
    await page.setViewportSize({ width: 1680, height: 900 })
    await page.goto(`/w/${here.shop.id}/contacts`)
    await page.locator(`button[data-contact="${id}"]`).getByText('Customer').waitFor()
    expect(faults).toEqual([])
  })

  test('narrow the list: by an option, by a number, by a stage', async () => {
    const { client } = here.shop.owner
    const [level, spent] = [await makeField('Level', 'list', 'Gold', 'Silver'), await makeField('Spent', 'number')]
    await client.lifecycle.create({ name: 'New' })
    const stage = await client.lifecycle.create({ name: 'Customer' })
    for (const [firstName, option, number] of [
      ['Rosa', 'Gold', 1300],
      ['Iván', 'Gold', 20],
      ['Emily', 'Silver', 2000],
    ] as const) {
      const custom = { [level]: option, [spent]: number }
      await client.contacts.create({ values: { firstName, custom, lifecycle: number > 100 ? stage.id : null } })
    }
    const { page, faults } = await open('/contacts', here.shop.owner)
    const shows = (...names: string[]) =>
      waitFor(`the contacts ${names.join(', ')}`, async () => {
        const shown = await page.locator('[data-contact]').allTextContents()
        return shown.length === names.length && names.every((name) => shown.some((text) => text.includes(name)))
      })
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    const panel = page.getByRole('dialog', { name: 'Filter' })
    const choose = async (field: string) => {
      await panel.getByRole('button', { name: /Field/ }).last().click()
      await page.getByRole('option', { name: field, exact: true }).click()
    }
    await choose('Level')
    await panel.getByRole('combobox', { name: 'Level' }).fill('Gold')
    await page.getByRole('option', { name: 'Gold' }).click()
    await shows('Rosa', 'Iván')
    await panel.getByRole('button', { name: 'Add condition' }).click()
    await choose('Lifecycle')
    await panel.getByRole('combobox', { name: 'Lifecycle' }).fill('Customer')
    await page.getByRole('option', { name: 'Customer' }).click()
    await shows('Rosa')
    await panel.getByRole('radio', { name: 'Any' }).click()
    await shows('Rosa', 'Iván', 'Emily')
    await panel.getByRole('button', { name: 'Add condition' }).click()
    await choose('Spent')
    await panel.getByRole('textbox', { name: 'Spent' }).fill('20')
    await panel.getByRole('radio', { name: 'All' }).click()
    await shows()
    await page.keyboard.press('Escape')
    await page.getByText('Level is Gold').waitFor()
    await page.getByText('Lifecycle is Customer').waitFor()
    await page.getByText('Spent is 20').waitFor()
    expect(await findViolations(page)).toEqual([])
    expect(faults).toEqual([])
  })
})
