import type { Page } from 'playwright-core'
import { beforeEach, describe, expect, test } from 'vitest'
import { givenShop, onlyContact, words } from '../server/conversations/testing.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { noBrowser } from './browser.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'
import { journeys } from './journeys.ts'
import { looks } from './looks.ts'

describe('blocking', unless(noBrowser), () => {
  const here = journeys(givenShop)
  const { open } = here

  let promo: number
  const phone = '+34600000199'

  beforeEach(async () => {
    await here.shop.hear(phone, '¡Gana dinero desde casa!', { firstName: 'Promo', lastName: 'Ganga' })
    promo = await onlyContact(here.shop)
  })

  const record = (page: Page) => page.getByRole('complementary', { name: 'Contact details' })
  const more = (page: Page) => record(page).getByRole('button', { name: 'More actions' })
  const banner = (page: Page) => record(page).getByRole('status').filter({ hasText: 'Contact blocked' })
  const says = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text }).first().waitFor()

  test('somebody is blocked from their record, what they send is counted, and shown when they are unblocked', async () => {
    const { page, faults } = await open(`/contacts/${promo}`)
    await more(page).click()
    await page.getByRole('menuitem', { name: 'Block contact…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Block Promo Ganga' })
    await dialog.getByRole('button', { name: 'Spam' }).click()
    await dialog.getByRole('button', { name: 'Block contact' }).click()
    await says(page, 'Promo Ganga blocked')
    await banner(page).filter({ hasText: 'Olga Dueñas' }).filter({ hasText: 'Spam' }).waitFor()
    await page.getByRole('list', { name: 'Contacts' }).waitFor({ state: 'detached' })

    await page.getByRole('link', { name: 'Blocked 1' }).click()
    await page.getByRole('heading', { level: 1, name: 'Blocked contacts' }).waitFor()
    await here.shop.hear(phone, '¡Última oportunidad!')
    await page.getByRole('button', { name: /^Promo Ganga .*Spam.*1 message held$/ }).waitFor()
    await page.getByRole('button', { name: 'Actions for Promo Ganga' }).click()
    await page.getByRole('menuitem', { name: 'Unblock contact' }).click()
    const asking = page.getByRole('dialog', { name: 'Unblock Promo Ganga' })
    await asking.getByText('Show the 1 held message').click()
    await asking.getByRole('button', { name: 'Unblock contact' }).click()
    await says(page, 'Promo Ganga unblocked')
    await page.getByRole('heading', { level: 2, name: 'Nobody is blocked' }).waitFor()
    await waitFor('the held message', async () => (await here.shop.messages(promo)).length === 2)
    expect(words(await here.shop.messages(promo))).toEqual(['¡Gana dinero desde casa!', '¡Última oportunidad!'])
    expect(await here.shop.owner.client.contacts.get({ contactId: promo })).toMatchObject({ status: 'closed' })
    expect(faults).toEqual([])
  })

  test('a block taken back at once leaves everything where it was', async () => {
    const { page, faults } = await open(`/contacts/${promo}`)
    await more(page).click()
    await page.getByRole('menuitem', { name: 'Block contact…' }).click()
    const reason = page.getByRole('dialog').getByRole('textbox', { name: 'Reason (optional)' })
    await reason.press('Escape')
    await reason.waitFor({ state: 'detached' })
    await more(page).click()
    await page.getByRole('menuitem', { name: 'Block contact…' }).click()
    await reason.press('Enter')
    await banner(page).waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await banner(page).waitFor({ state: 'detached' })
    await page.getByRole('list', { name: 'Contacts' }).getByText('Promo Ganga').waitFor()
    expect(faults).toEqual([])
  })

  test('the Inbox offers it where the workspace says so; who is blocked is not written to', async () => {
    const { page, faults } = await open(`/inbox/${promo}?view=all&drawer=open`, here.shop.agent)
    await more(page).click()
    const item = page.getByRole('menuitem', { name: 'Block contact…' })
    expect(await item.getAttribute('aria-disabled')).toBe('true')
    await item.getByText('Only owners and managers block contacts.').waitFor()
    await page.keyboard.press('Escape')

    const settings = await open('/settings/workspace')
    await settings.page.getByRole('button', { name: /Blocking in the Inbox/ }).click()
    await settings.page.getByRole('option', { name: 'To everyone' }).click()
    await settings.page.getByRole('button', { name: /Messages from blocked contacts/ }).click()
    await settings.page.getByRole('option', { name: '14 days' }).click()
    await settings.page.getByRole('button', { name: 'Save' }).click()
    await says(settings.page, 'Saved')

    await more(page).click()
    await waitFor('blocking to be offered', async () => (await item.getAttribute('aria-disabled')) !== 'true')
    await item.click()
    const dialog = page.getByRole('dialog', { name: 'Block Promo Ganga' })
    await dialog.getByText('for 14 days').waitFor()
    await dialog.getByRole('button', { name: 'Block contact' }).click()
    const thread = page.getByRole('region', { name: 'Conversation with Promo Ganga' })
    await thread.getByRole('status').filter({ hasText: 'Contact blocked' }).waitFor()
    expect(await thread.getByRole('textbox').count()).toBe(0)
    expect(await thread.getByRole('button', { name: 'Unblock' }).count()).toBe(0)
    await thread.getByText('You blocked this contact').waitFor()
    expect([...faults, ...settings.faults]).toEqual([])
  })

  const looked = looks(
    { width: 1440, theme: 'light', language: 'es' },
    { width: 1440, theme: 'dark', language: 'en' },
    { width: 360, theme: 'dark', language: 'es' },
    { width: 360, theme: 'light', language: 'en' },
  )
  test.each(looked)('the list, the record and both questions fit and are readable for everybody: %o', async (look) => {
    const es = look.language === 'es'
    const { contacts, blocking } = here.shop.owner.client
    for (const [firstName, reason] of [
      ['Andrés', 'Lenguaje ofensivo'],
      ['María de las Mercedes', 'Se hace pasar por una persona de la empresa y pide contraseñas'],
    ] as const) {
      const { id } = await contacts.create({ values: { firstName, email: `${firstName.slice(0, 3)}@example.com` } })
      await blocking.block({ contactId: id, reason })
    }
    await blocking.block({ contactId: promo, reason: 'Spam' })
    await here.shop.hear(phone, 'otra')
    const { page, faults } = await open('/contacts/blocked', here.shop.owner, look)
    await page.getByRole('button', { name: /^Promo Ganga/ }).waitFor()
    expect(await findViolations(page)).toEqual([])
    expect(await fits(page)).toBe(true)
    const row = (name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) })
    const isOn = (name: string) =>
      waitFor(`the focus on ${name}`, () => row(name).evaluate((one) => one === document.activeElement))
    await row('Promo Ganga').focus()
    await page.keyboard.press('j')
    await isOn('María')
    await page.keyboard.press('k')
    await isOn('Promo Ganga')
    await page.keyboard.press('Enter')
    const details = page.getByRole('complementary', { name: es ? 'Detalles del contacto' : 'Contact details' })
    await details.getByRole('heading', { name: 'Promo Ganga' }).waitFor()
    expect(await findViolations(page)).toEqual([])
    expect(await fits(page)).toBe(true)
    await details.getByRole('button', { name: es ? 'Desbloquear' : 'Unblock' }).click()
    await page.getByRole('dialog', { name: es ? 'Desbloquear a Promo Ganga' : 'Unblock Promo Ganga' }).waitFor()
    expect(await findViolations(page, '[role=dialog]')).toEqual([])
    await page.keyboard.press('Escape')
    await page.goto(`/w/${here.shop.id}/inbox/${promo}`)
    await page
      .getByRole('status')
      .filter({ hasText: es ? 'Contacto bloqueado' : 'Contact blocked' })
      .waitFor()
    expect(await findViolations(page)).toEqual([])
    expect(await fits(page)).toBe(true)
    expect(faults).toEqual([])
  })
})
