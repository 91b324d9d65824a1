import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { givenWorkspace } from '../server/testing/given.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { noBrowser } from './browser.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'
import { journeys } from './journeys.ts'

describe('tags', unless(noBrowser), () => {
  const here = journeys(givenWorkspace)
  const { open } = here

  const record = (page: Page) => page.getByRole('complementary')
  const pills = (page: Page) => record(page).getByRole('region', { name: 'Tags' }).getByRole('listitem')
  const shows = (page: Page, ...names: string[]) =>
    waitFor(`the tags ${names.join(', ')}`, async () => {
      const shown = await pills(page).allTextContents()
      return shown.length === names.length && names.every((name, at) => shown[at]?.includes(name))
    })
  const holds = (contactId: number, ...names: string[]) =>
    waitFor(`${names.join(', ')} stored`, async () => {
      const { tags } = await here.shop.owner.client.contacts.get({ contactId })
      return tags.map(({ name }) => name).join() === names.join()
    })
  /** The line that Enter means, and that a screen reader has been told of. */
  const marked = (page: Page, words: string) =>
    waitFor(`“${words}” marked`, () =>
      page.evaluate((wanted) => {
        const id = document.activeElement?.getAttribute('aria-activedescendant') ?? ''
        const line = document.getElementById(id)
        return line?.hasAttribute('data-focused') === true && (line.textContent ?? '').includes(wanted)
      }, words),
    )
  const hasFocus = (page: Page, label: string) =>
    waitFor(`the focus on ${label}`, () =>
      page.evaluate((wanted) => document.activeElement?.ariaLabel === wanted, label),
    )

  test('are put on by key, made where there are none, taken off and back; everybody who looks sees it', async () => {
    const { client } = here.shop.owner
    for (const name of ['Delivered', 'Delivery pending', 'VIP']) await client.tags.create({ name })
    const { id } = await client.contacts.create({ values: { firstName: 'Rosa', lastName: 'Prats' } })
    await client.contacts.tag({ contactId: id, names: ['VIP'] })
    const { page, faults } = await open(`/contacts/${id}`)
    const other = await open('/contacts', here.shop.manager, { theme: 'dark', language: 'es' })
    await shows(page, 'VIP')

    // search, choose, and make one that nobody has: without the mouse
    await page.keyboard.press('t')
    const search = page.getByRole('searchbox', { name: 'Search tags' })
    await hasFocus(page, 'Search tags')
    await page.getByRole('option', { name: 'Delivered' }).waitFor()
    await page.getByText('Keep tags few and standard, so that segments stay meaningful.').waitFor()
    await page.keyboard.type('pend')
    await marked(page, 'Delivery pending')
    await page.keyboard.press('Enter')
    await holds(id, 'VIP', 'Delivery pending')
    expect(await page.getByRole('option', { name: 'Delivery pending' }).getAttribute('aria-selected')).toBe('true')
    await search.fill('Autumn 2026')
    await marked(page, 'Create tag “Autumn 2026”')
    expect(await findViolations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await holds(id, 'VIP', 'Delivery pending', 'Autumn 2026')
    // what is written in another case is no other tag
    await search.fill('AUTUMN 2026')
    await page.getByRole('option', { name: 'Autumn 2026' }).waitFor()
    await page.getByRole('option', { name: /Create/ }).waitFor({ state: 'detached' })
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog', { name: 'Tags' }).waitFor({ state: 'detached' })
    await shows(page, 'VIP', 'Delivery pending', 'Autumn 2026')
    await holds(id, 'VIP', 'Delivery pending', 'Autumn 2026')
    const row = other.page.locator(`button[data-contact="${id}"]`)
    await row.getByText('VIP').waitFor()
    await row.getByText('+2').waitFor()

    // off this contact alone, and back
    await record(page).getByRole('button', { name: 'Remove tag VIP' }).click()
    await holds(id, 'Delivery pending', 'Autumn 2026')
    await hasFocus(page, 'Remove tag Delivery pending')
    await row.getByText('Delivery pending').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await holds(id, 'Delivery pending', 'Autumn 2026', 'VIP')
    await shows(page, 'Delivery pending', 'Autumn 2026', 'VIP')
    expect(await findViolations(other.page)).toEqual([])
    expect([...faults, ...other.faults]).toEqual([])
  })

  test('are the same for an agent, in the Inbox, on a phone', async () => {
    const { client } = here.shop.owner
    const { id } = await client.contacts.create({ values: { firstName: 'Rosa' } })
    await client.tags.create({ name: 'VIP' })
    const { page, faults } = await open(`/inbox/${id}?drawer=open`, here.shop.agent, { width: 390, height: 800 })
    await record(page).getByRole('button', { name: 'Add tag' }).click()
    await page.getByRole('option', { name: 'VIP' }).click()
    await holds(id, 'VIP')
    expect(await findViolations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await hasFocus(page, 'Add tag')
    await shows(page, 'VIP')
    expect(await fits(page)).toBe(true)
    expect(faults).toEqual([])
  })

  test('are made, renamed, merged and deleted in the settings, deleted only by their count', async () => {
    const { client } = here.shop.owner
    for (const [firstName, ...names] of [
      ['Rosa', 'Vip', 'VIP client'],
      ['Iván', 'VIP client'],
      ['Emily', 'VIP client'],
    ]) {
      const { id } = await client.contacts.create({ values: { firstName: firstName! } })
      await client.contacts.tag({ contactId: id, names })
    }
    const { page, faults } = await open('/settings/tags', here.shop.manager, { width: 390, height: 800 })
    await page.getByText('Keep them few and standard, so that segments stay meaningful.').waitFor()
    const list = page.getByRole('list', { name: 'Tags' })
    const line = (name: string) => list.getByRole('listitem').filter({ hasText: name })
    const act = async (name: string, item: string) => {
      await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click()
      await page.getByRole('menuitem', { name: item }).click()
    }
    const { name, emoji } = { name: page.getByLabel('Name'), emoji: page.getByLabel('Emoji (optional)') }

    await page.getByRole('button', { name: 'New tag…' }).click()
    await name.fill('vip CLIENT')
    await page.getByRole('radio', { name: 'Teal' }).press(' ')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('There is a tag with this name already.').waitFor()
    await name.fill('Wholesale')
    await emoji.fill('box')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Write one emoji, or none.').waitFor()
    expect(await findViolations(page)).toEqual([])
    await emoji.fill('📦')
    await page.keyboard.press('Enter')
    await line('Wholesale').getByText('Nobody has it').waitFor()
    expect((await client.tags.list()).items).toContainEqual(
      expect.objectContaining({ name: 'Wholesale', colour: 'teal', emoji: '📦' }),
    )

    await act('Vip', 'Edit…')
    await name.fill('VIP')
    await page.keyboard.press('Enter')
    await line('VIP').first().waitFor()
    await act('VIP client', 'Merge into…')
    await page.getByRole('combobox', { name: 'The tag that stays' }).fill('vi')
    await page.getByRole('option', { name: 'VIP', exact: true }).click()
    await page.getByRole('button', { name: 'Merge', exact: true }).click()
    await line('VIP client').waitFor({ state: 'detached' })
    await line('VIP').getByText('3 contacts').waitFor()

    await act('VIP', 'Delete…')
    const count = page.getByLabel('Type 3 to confirm')
    await count.fill('2')
    await page.getByText("That doesn't match. It's 3.").waitFor()
    await page.keyboard.press('Enter')
    // one more takes it meanwhile: the number typed is no longer the right one
    const late = await client.contacts.create({ values: { firstName: 'Late' } })
    await client.contacts.tag({ contactId: late.id, names: ['VIP'] })
    await count.fill('3')
    await page.keyboard.press('Enter')
    await page.getByText('The number of contacts has changed meanwhile. Look again.').waitFor()
    await page.getByLabel('Type 4 to confirm').fill('4')
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Delete the tag' }).click()
    await line('VIP').waitFor({ state: 'detached' })
    expect((await client.tags.list()).items).toMatchObject([{ name: 'Wholesale' }])

    await page.getByRole('searchbox', { name: 'Search tags' }).fill('nothing')
    await page.getByText('Nothing for “nothing”').waitFor()
    expect(await fits(page)).toBe(true)
    // the three refusals above, and nothing else
    expect(faults.map((fault) => /status of (\d+)/.exec(fault)?.[1] ?? fault)).toEqual(['409', '400', '409'])
  })
})
