import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { givenShop } from '../server/conversations/testing.ts'
import type { GivenMember } from '../server/testing/given.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { noBrowser, type Look } from './browser.ts'
import { journeys } from './journeys.ts'
import { looks } from './looks.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'
import { waitForFocus } from './wait-for-focus.ts'

describe('a member, in the Inbox', unless(noBrowser), () => {
  const here = journeys(givenShop)

  const phones = { Rosa: '+34600000101', Iván: '+34600000102', Emily: '+447700900103' }
  type Person = keyof typeof phones
  const says = (who: Person, text: string) => here.shop.hear(phones[who], text, { firstName: who, lastName: 'Prats' })
  async function idOf(who: Person) {
    const { items } = await here.shop.owner.client.conversations.list({ view: 'all', q: who })
    return items[0]!.contactId
  }
  const open = (who: GivenMember, path = '', look: Look = {}) => here.open(`/inbox${path}`, who, look)

  const list = (page: Page) => page.getByRole('list', { name: 'Conversations' })
  const row = (page: Page, who: Person) => list(page).getByRole('link', { name: `${who} Prats` })
  const names = (page: Page) => list(page).locator('bdi').allTextContents()
  const shows = (page: Page, ...wanted: Person[]) =>
    waitFor(`the list of ${wanted.join(', ')}`, async () => {
      const shown = await names(page)
      return shown.length === wanted.length && wanted.every((who, at) => shown[at] === `${who} Prats`)
    })
  const view = (page: Page, name: string) => page.getByRole('radio', { name: new RegExp(`^${name}`) })
  const thread = (page: Page) => page.getByRole('log', { name: 'Messages' })
  const drawer = (page: Page) => page.getByRole('complementary', { name: 'Contact details' })
  async function filter(page: Page, ...choices: string[]) {
    for (const choice of choices) {
      await page.getByRole('button', { name: /^Filter/ }).click()
      await page.getByRole('menu', { name: 'Filter' }).getByText(choice, { exact: true }).click()
      await page.keyboard.press('Escape')
      await page.getByRole('menu').waitFor({ state: 'detached' })
    }
  }

  test('finds conversations by whose they are, their state, what is unread and by search; the address keeps it', async () => {
    await says('Rosa', 'hola')
    await says('Iván', 'buenas')
    await says('Emily', 'hello')
    const [rosa, ivan] = [await idOf('Rosa'), await idOf('Iván')]
    const { conversations } = here.shop.agent.client
    await conversations.assign({ contactId: rosa, memberId: here.shop.agent.memberId, replaces: null })
    await conversations.close({ contactId: ivan, category: null, summary: 'Just saying hello' })

    const { page, faults } = await open(here.shop.agent)
    await shows(page, 'Rosa')
    await view(page, 'Unassigned').click()
    await shows(page, 'Emily')
    await view(page, 'All').click()
    await shows(page, 'Emily', 'Rosa')
    await filter(page, 'Closed')
    await shows(page, 'Iván')
    await page.reload()
    await shows(page, 'Iván')
    await filter(page, 'Snoozed')
    await page.getByText('Nothing is snoozed').waitFor()
    await page.getByRole('button', { name: 'Show open ones' }).click()
    await shows(page, 'Emily', 'Rosa')

    await row(page, 'Emily').click()
    await thread(page).getByText('hello').waitFor()
    await filter(page, 'Unread only')
    await shows(page, 'Rosa')
    await filter(page, 'Unread only')
    await shows(page, 'Emily', 'Rosa')

    await page.getByRole('button', { name: 'Search conversations' }).click()
    await page.getByRole('searchbox', { name: 'Search conversations' }).fill('600 000 101')
    await shows(page, 'Rosa')
    await page.getByRole('searchbox', { name: 'Search conversations' }).fill('nobody')
    await page.getByText('Nothing for “nobody”').waitFor()
    await page.getByRole('button', { name: 'Clear search' }).last().click()
    await shows(page, 'Emily', 'Rosa')
    expect(faults).toEqual([])
  })

  test('works by keyboard alone: moves, opens, answers, notes with a mention, assigns, snoozes, comes back', async () => {
    await says('Rosa', '¿Tenéis mesas de nogal?')
    await says('Iván', 'buenas')
    await says('Emily', 'hello')
    const { page, faults } = await open(here.shop.owner, '?view=all')
    await shows(page, 'Emily', 'Iván', 'Rosa')
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await sheet.getByText('Next conversation').waitFor()
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })

    await page.keyboard.press('j')
    await waitForFocus(page, 'Emily')
    await page.keyboard.press('j')
    await waitForFocus(page, 'Iván')
    await page.keyboard.press('ArrowDown')
    await waitForFocus(page, 'Rosa')
    await page.keyboard.press('k')
    await waitForFocus(page, 'Iván')
    await page.keyboard.press('ArrowDown')
    await waitForFocus(page, 'Rosa')
    await page.keyboard.press('Enter')
    await thread(page).getByText('¿Tenéis mesas de nogal?').waitFor()
    const rosa = await idOf('Rosa')
    expect(new URL(page.url()).pathname).toBe(`/w/${here.shop.id}/inbox/${rosa}`)

    await page.keyboard.press('r')
    await waitForFocus(page, 'Message')
    await page.keyboard.type('Sí, dos.')
    await page.keyboard.press('Enter')
    await page.keyboard.type('¿Para cuándo?')
    await page.keyboard.press('Control+Enter')
    const [sent] = await waitFor(
      'the answer at the provider',
      () => here.integrator.sent.length > 0 && here.integrator.sent,
    )
    expect(sent?.body).toMatchObject({ contactId: phones.Rosa, message: { text: 'Sí, dos.\n¿Para cuándo?' } })
    await thread(page).getByText('Sent', { exact: true }).waitFor()

    await page.keyboard.press('Escape')
    await page.keyboard.press('n')
    await waitForFocus(page, 'Internal note')
    await page.keyboard.type('@an')
    await page.getByRole('option', { name: 'Ana Agente' }).waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.type('¿queda nogal?')
    await page.keyboard.press('Control+Enter')
    await thread(page).getByText('@Ana Agente ¿queda nogal?').waitFor()
    const notes = async () => (await here.shop.messages(rosa)).filter(({ body }) => body.type === 'note')
    await waitFor('the note', async () => (await notes()).length === 1)
    expect((await notes())[0]?.body).toMatchObject({ mentions: [here.shop.agent.memberId] })
    expect(here.integrator.sent).toHaveLength(1)

    await page.keyboard.press('Escape')
    await page.keyboard.press('a')
    await page.getByRole('menuitemradio', { name: /Olga Dueñas/ }).waitFor()
    await page.keyboard.type('Olga')
    await page.keyboard.press('Enter')
    await thread(page).getByText('You took this conversation').waitFor()
    await page.keyboard.press('h')
    await page.getByRole('menuitem', { name: /Tomorrow/ }).focus()
    await page.keyboard.press('Enter')
    await thread(page)
      .getByText(/You snoozed the conversation until/)
      .waitFor()
    await shows(page, 'Emily', 'Iván')
    await page.keyboard.press('Control+z')
    await thread(page).getByText('You brought the conversation back').waitFor()
    await shows(page, 'Rosa', 'Emily', 'Iván')
    expect(faults).toEqual([])
  })

  test('closes with what it was about, takes that back; a new message opens it again, unasked', async () => {
    await says('Rosa', 'hola')
    const rosa = await idOf('Rosa')
    const { page, faults } = await open(here.shop.owner, `/${rosa}?view=all`)
    const close = async (summary: string) => {
      await page.getByRole('button', { name: 'Close', exact: true }).click()
      await page.getByRole('dialog').getByLabel('Summary (optional)').fill(summary)
      await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).first().click()
    }
    await close('Asked for the hours')
    await thread(page).getByText('You closed the conversation: Asked for the hours').waitFor()
    await page.getByText('All caught up').waitFor()
    await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).click()
    await shows(page, 'Rosa')
    await close('Asked twice')
    await page.getByRole('button', { name: 'Reopen' }).waitFor()
    await says('Rosa', 'una cosa más')
    await thread(page).getByText('una cosa más').waitFor()
    await shows(page, 'Rosa')
    await page.getByRole('button', { name: 'Close', exact: true }).waitFor()
    expect(faults).toEqual([])
  })

  test('and a colleague’s browser show the same within a moment: messages, unread, who looks after it', async () => {
    await says('Rosa', 'hola')
    const rosa = await idOf('Rosa')
    const one = await open(here.shop.owner, '?view=all')
    const other = await open(here.shop.agent)
    await row(one.page, 'Rosa').getByText('unread: 1').waitFor()
    await says('Rosa', '¿hay alguien?')
    await row(one.page, 'Rosa').getByText('unread: 2').waitFor()
    await other.page.getByText('All caught up').waitFor()

    await row(one.page, 'Rosa').click()
    await one.page.getByRole('button', { name: 'Unassigned: assign' }).click()
    await one.page.getByRole('menuitemradio', { name: 'Ana Agente' }).click()
    // it comes to whom it was given to, unread by them, also where they are told so from afar
    await row(other.page, 'Rosa').getByText('unread: 2').waitFor()
    await other.page.getByRole('link', { name: 'Inbox unread: 1' }).waitFor()
    expect(await other.page.title()).toMatch(/^\(1\) /)
    // the owner has read it
    await row(one.page, 'Rosa').getByText('unread: 2').waitFor({ state: 'detached' })

    // the same person in a second browser: read in one is read in both
    const phone = await open(here.shop.agent, `/${rosa}`)
    await thread(phone.page).getByText('¿hay alguien?').waitFor()
    await other.page.getByRole('link', { name: 'Inbox', exact: true }).waitFor()
    await phone.page.getByRole('textbox', { name: 'Message' }).fill('Sí, dime.')
    await phone.page.getByRole('button', { name: 'Send' }).click()
    await thread(one.page).getByText('Sí, dime.').waitFor()
    await row(other.page, 'Rosa').getByText('You: Sí, dime.').waitFor()
    for (const { faults } of [one, other, phone]) expect(faults).toEqual([])
  })

  test('opens the record by its icon, by the picture and by key; the address keeps it open', async () => {
    await says('Rosa', 'hola')
    await says('Emily', 'hello')
    const rosa = await idOf('Rosa')
    const { page, faults } = await open(here.shop.agent, '?view=all')
    await row(page, 'Rosa').click()
    await thread(page).getByText('hola').waitFor()

    const shut = () => drawer(page).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Contact details', exact: true }).click()
    await drawer(page).getByRole('heading', { name: 'Rosa Prats' }).waitFor()
    await drawer(page).getByRole('button', { name: 'Close details' }).click()
    await shut()
    await page.getByRole('button', { name: 'Contact details of Rosa Prats' }).click()
    await drawer(page).getByText(`ID ${rosa}`).waitFor()
    await page.getByRole('button', { name: 'Contact details of Rosa Prats' }).click()
    await shut()
    // by key the focus goes in, and comes back
    await row(page, 'Rosa').focus()
    await page.keyboard.press('i')
    await drawer(page).getByRole('heading', { name: 'Rosa Prats' }).waitFor()
    await waitFor('the focus in the record', () =>
      drawer(page).evaluate((element) => element.contains(document.activeElement)),
    )
    await page.keyboard.press('Escape')
    await shut()
    await waitForFocus(page, 'Rosa')

    await page.keyboard.press('i')
    await drawer(page).getByText(`ID ${rosa}`).waitFor()
    const link = page.url()
    await page.reload()
    await drawer(page).getByText(`ID ${rosa}`).waitFor()
    // the record follows whose conversation is open
    await row(page, 'Emily').click()
    await drawer(page).getByRole('heading', { name: 'Emily Prats' }).waitFor()
    await page.goBack()
    await drawer(page).getByRole('heading', { name: 'Rosa Prats' }).waitFor()
    const colleague = await open(here.shop.manager)
    await colleague.page.goto(link)
    await drawer(colleague.page).getByText(`ID ${rosa}`).waitFor()
    expect([...faults, ...colleague.faults]).toEqual([])
  })

  test.each(
    looks(
      { language: 'es', theme: 'light', width: 1440 },
      { language: 'en', theme: 'dark', width: 1440 },
      { language: 'en', theme: 'light', width: 1024 },
      { language: 'es', theme: 'dark', width: 390, height: 844 },
    ),
  )('can use conversation and record by any means: $language, $theme, $width', async (look) => {
    await says('Rosa', '¿Tenéis mesas de nogal? '.repeat(12))
    await says('Emily', 'hello')
    const rosa = await idOf('Rosa')
    await here.shop.owner.client.conversations.addNote({ contactId: rosa, text: '@Ana Agente mira', mentions: [] })
    await here.shop.owner.client.conversations.send({ contactId: rosa, body: { type: 'text', text: 'Sí, dos.' } })
    const { page, faults } = await open(here.shop.owner, '?view=all', look)
    await page.locator('a[data-contact]').first().waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.locator(`a[data-contact="${rosa}"]`).click()
    await page.getByRole('log').getByText('Sí, dos.').waitFor()
    expect(await findViolations(page)).toEqual([])
    expect(await fits(page)).toBe(true)
    await page.getByRole('button', { name: /^(Detalles del contacto|Contact details)$/ }).click()
    await page.getByRole('complementary').getByText(`ID ${rosa}`).waitFor()
    expect(await findViolations(page)).toEqual([])
    expect(await fits(page)).toBe(true)
    expect(faults).toEqual([])
  })

  test('types nothing into the page below while a dialog or a menu is on its way; Esc gives it up', async () => {
    await says('Rosa', 'hola')
    const { page, faults } = await open(here.shop.owner, `/${await idOf('Rosa')}?view=all`)
    await thread(page).getByText('hola').waitFor()
    const hold = async (script: RegExp) => {
      const asked = Promise.withResolvers<void>()
      const released = Promise.withResolvers<void>()
      await page.route(script, async (route) => {
        asked.resolve()
        await released.promise
        await route.continue()
      })
      return { asked: asked.promise, release: released.resolve }
    }
    const address = page.url()
    /** Keys that lead elsewhere on the page itself: to the note, the drawer, the search, the Contacts. */
    const type = () => page.keyboard.type('ni/gc', { delay: 20 })
    const untouched = async () => {
      expect(page.url()).toBe(address)
      expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true)
    }
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())

    const dialog = await hold(/new-conversation-.*\.js/)
    await page.keyboard.press('c')
    await dialog.asked
    await type()
    await untouched()
    await page.keyboard.press('Escape')
    dialog.release()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    expect(await page.getByRole('dialog').count()).toBe(1)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })

    const menu = await hold(/menu-parts-.*\.js/)
    await page.keyboard.press('h')
    await menu.asked
    await type()
    await untouched()
    menu.release()
    await page.getByRole('menu', { name: 'Snooze' }).getByText('Tomorrow').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'detached' })

    // what has come is typed into
    await page.keyboard.press('c')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.type('nadie')
    await page.getByRole('dialog').locator('input').first().waitFor()
    expect(await page.getByRole('dialog').locator('input').first().inputValue()).toBe('nadie')
    expect(faults).toEqual([])
  })
})
