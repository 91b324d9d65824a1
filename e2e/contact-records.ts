import type { Page } from 'playwright-core'
import { givenWorkspace, type GivenMember } from '../server/testing/given.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import type { Look } from './browser.ts'
import { journeys } from './journeys.ts'

/** A workspace with the Contacts module open, and what journeys do with a record there, in English. */
export function contactRecords() {
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

  return {
    get server() {
      return here.server
    },
    get shop() {
      return here.shop
    },
    given,
    open,
    stored,
    rows,
    shows,
    record,
    name,
    field,
    edit,
    origin,
  }
}
