import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ingestChannel } from '../server/conversations/ingest-channel.ts'
import { givenShop, textEvent, words, type Shop } from '../server/conversations/testing.ts'
import { startCustomDouble, type CustomDouble } from '../server/testing/custom-double.ts'
import { givenCustom } from '../server/testing/given-channel.ts'
import type { GivenMember } from '../server/testing/given.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { givenWorkflow, runsOf } from '../server/workflows/testing.ts'
import { closeBrowser, noBrowser, openBrowser, type Look } from './browser.ts'
import { looks } from './looks.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'

describe('one person on two channels', unless(noBrowser), () => {
  let server: TestServer
  let integrator: CustomDouble
  let shop: Shop
  let lucia: number
  let lu: number
  /** Lu's words come by the other line, which knows people by ids of its own. */
  let luSays: (text: string) => Promise<void>
  const ends: (() => Promise<void>)[] = []

  beforeAll(async () => {
    integrator = await startCustomDouble()
    server = await startTestServer()
  })
  beforeEach(async () => {
    shop = await givenShop(server, integrator)
    await shop.hear('+34600000142', '¿Tenéis mesas?', { firstName: 'Lucía', lastName: 'Romero Vidal' })
    lucia = await idOf('Lucía')
    const other = await givenCustom(server, shop.owner, integrator, 'custom')
    luSays = async (text) => {
      const contact = { firstName: 'Lu', lastName: 'Romero', phone: '+34 600 00 01 42', language: 'ca' }
      const { channelId, apiToken } = other.channel.setup
      const body = { channelId, contactId: 'lu77', events: [textEvent(text)], contact }
      const { status } = await integrator.call(other.webhookUrl, body, apiToken)
      if (status !== 200) throw new Error(`refused with ${status}`)
      await ingestChannel(
        server.deps,
        { workspaceId: shop.id, channelId: other.channel.id },
        new AbortController().signal,
      )
    }
    await luSays('Soy Lu')
    lu = await idOf('Lu Romero')
  })
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end()
  })
  afterAll(async () => {
    await closeBrowser()
    await server.close()
    await integrator.close()
  })

  async function idOf(q: string): Promise<number> {
    const { items } = await shop.owner.client.contacts.list({ q, sort: 'added' })
    return items[0]!.id
  }
  async function open(path: string, who: GivenMember = shop.owner, look: Look = {}) {
    const { page, faults, context } = await openBrowser(server.url, who.cookie, { language: 'en', ...look })
    ends.push(() => context.close())
    await page.goto(`/w/${shop.id}${path}`)
    return { page, faults }
  }
  const record = (page: Page) => page.getByRole('complementary', { name: 'Contact details' })
  const card = (page: Page) => record(page).getByRole('region', { name: 'Possible duplicate' })
  const field = (page: Page, label: string, value = '') =>
    record(page).getByRole('button', { name: new RegExp(`^${label}: ${value.replaceAll('+', '\\+')}`) })
  const says = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text }).first().waitFor()
  const option = (page: Page, group: string, value: string) =>
    page
      .getByRole('radiogroup', { name: group })
      .getByRole('radio', { name: new RegExp(`^${value.replaceAll('+', '\\+')}(?!\\p{L})`, 'u') })
  const at = (page: Page, path: string) =>
    waitFor(`the address ${path}`, () => page.url().includes(`/w/${shop.id}${path}`))
  const values = async (contactId: number) => {
    const { id, fields, alternates } = await shop.owner.client.contacts.get({ contactId })
    const { firstName, lastName, phone, email, language } = fields
    return {
      id,
      name: [firstName.value, lastName.value].join(' '),
      phone: phone.value,
      email: email.value,
      language: language.value,
      alternates: alternates.map(({ value }) => value),
    }
  }
  const apart = async () => [await values(lucia), await values(lu)]
  const heard = async (contactId: number) => words(await shop.messages(contactId))

  test('become one from the card, are parted from the call-out, become one again and are parted long after', async () => {
    const before = await apart()
    const { page, faults } = await open(`/inbox/${lucia}?view=all&drawer=open`)
    await card(page).getByText('Lu Romero').waitFor()
    await card(page).getByText(`ID ${lu}`).waitFor()
    await record(page)
      .getByRole('tab', { name: /possible duplicates: 1/ })
      .waitFor()
    // the check stands beside the value that both have, and beside no other
    await field(page, 'Phone', '+34 600 00 01 42').getByRole('img', { name: 'Matches this contact' }).waitFor()
    expect(await record(page).getByRole('img', { name: 'Matches this contact' }).count()).toBe(2)

    await page.keyboard.press('d')
    await page.getByRole('heading', { level: 1, name: 'Merge contacts' }).waitFor()
    await page.getByText('Same phone', { exact: true }).waitFor()
    await option(page, 'First name', 'Lucía').waitFor()
    expect(await option(page, 'First name', 'Lucía').isChecked()).toBe(true)
    const result = page.getByRole('complementary', { name: 'Result of the merge' })
    await page.getByText('Lu', { exact: true }).click()
    await result.getByText('Lu Romero Vidal').waitFor()
    await result.getByText('What moves from Lu Romero').waitFor()
    await page.keyboard.press('ControlOrMeta+Enter')
    await at(page, `/inbox/${lucia}`)
    await says(page, 'Contacts merged')
    await record(page).getByRole('heading', { name: 'Lu Romero Vidal' }).waitFor()
    await card(page).waitFor({ state: 'detached' })
    const thread = page.getByRole('log', { name: 'Messages' })
    for (const text of ['¿Tenéis mesas?', 'Soy Lu']) await thread.getByText(text, { exact: true }).waitFor()
    await record(page).getByText('Merged contacts').waitFor()
    expect((await values(lu)).id).toBe(lucia)

    // from the call-out
    await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo merge' }).click()
    await says(page, 'Merge undone')
    await record(page).getByRole('heading', { name: 'Lucía Romero Vidal' }).waitFor()
    await thread.getByText('Soy Lu', { exact: true }).waitFor({ state: 'detached' })
    expect(await apart()).toEqual(before)

    // once more, with one press
    await card(page).getByRole('button', { name: 'Merge', exact: true }).click()
    await says(page, 'Contacts merged')
    await card(page).waitFor({ state: 'detached' })
    await luSays('Soy Lu otra vez')
    await thread.getByText('Soy Lu otra vez', { exact: true }).waitFor()
    await field(page, 'Email').click()
    await record(page).getByRole('textbox', { name: 'Email' }).fill('lucia@nogal.es')
    await page.keyboard.press('Enter')
    await field(page, 'Email', 'lucia@nogal.es').waitFor()
    await shop.owner.client.conversations.addNote({ contactId: lucia, text: 'Lu prefiere las mañanas' })

    // an old link leads to the one contact, and so the address reads
    await page.goto(`/w/${shop.id}/inbox/${lu}?view=all&drawer=open`)
    await at(page, `/inbox/${lucia}`)
    await record(page).getByRole('heading', { name: 'Lucía Romero Vidal' }).waitFor()

    // a month later, from the history
    const month = new Date(Date.now() - 31 * 24 * 3600e3)
    await server.deps.db.updateTable('merge_op').set({ merged_at: month }).where('undone_at', 'is', null).execute()
    await page.goto(`/w/${shop.id}/contacts/merge-history`)
    await page.getByText('2 merges').waitFor()
    await page.getByText('Undone', { exact: true }).waitFor()
    const merge = page.getByRole('article').filter({ hasText: 'Undo merge' })
    await merge.getByRole('button', { name: 'Show what changed' }).click()
    await merge.getByText('Discarded and kept values').waitFor()
    await merge.getByRole('button', { name: 'Undo merge' }).click()
    const dialog = page.getByRole('dialog', { name: 'Undo the merge' })
    await dialog.getByText('2 messages').waitFor()
    await dialog.getByText('1 since the merge').waitFor()
    const stays = dialog.getByRole('listitem').filter({ hasText: 'lucia@nogal.es' })
    await stays.getByText('Olga Dueñas').waitFor()
    await dialog.getByRole('button', { name: /Who keeps this note/ }).click()
    await page.getByRole('option', { name: 'Lu Romero', exact: true }).click()
    await dialog.getByRole('button', { name: 'Undo merge' }).click()
    await says(page, 'Merge undone')
    await waitFor('both undone', async () => (await page.getByText('Undone', { exact: true }).count()) === 2)

    expect(await apart()).toEqual([{ ...before[0], email: 'lucia@nogal.es' }, before[1]])
    expect(await heard(lucia)).toEqual(['¿Tenéis mesas?'])
    expect(await heard(lu)).toEqual(['Soy Lu', 'Soy Lu otra vez', 'Lu prefiere las mañanas'])
    expect(faults).toEqual([])
  })

  test('are not merged by a comparison that no longer holds; what changed is told, arriving or refused', async () => {
    const preview = `/contacts/merge?ids=${lucia},${lu}`
    const rename = (firstName: string) =>
      shop.manager.client.contacts.update({ contactId: lu, values: { firstName }, replaces: {} })
    const live = await open(preview)
    await option(live.page, 'First name', 'Lu').waitFor()
    await rename('Luz')
    await live.page.getByText('This changed while you were looking at it. Check it again.').waitFor()
    await live.page.getByText('Luz Romero · First name: now Luz').waitFor()
    await option(live.page, 'First name', 'Luz').waitFor()

    const deaf = await open(preview)
    await option(deaf.page, 'First name', 'Luz').waitFor()
    await deaf.page.route('**/rpc/live/**', (route) => route.abort())
    await deaf.page.reload()
    await option(deaf.page, 'First name', 'Luz').waitFor()
    await rename('Lucha')
    await deaf.page.getByRole('button', { name: 'Merge contacts' }).click()
    await deaf.page.getByText('Lucha Romero · First name: now Lucha').waitFor()
    expect((await values(lu)).id).toBe(lu)
    await deaf.page.getByText('Lucha', { exact: true }).click()
    await deaf.page.getByRole('button', { name: 'Merge contacts' }).click()
    await at(deaf.page, `/contacts/${lucia}`)
    expect((await values(lu)).name).toBe('Lucha Romero Vidal')
    // whoever still looked at it hears that there is nothing left to merge
    await live.page.getByText('They are one contact already.').waitFor()
    expect(deaf.faults.filter((fault) => !fault.includes('ERR_FAILED'))).toEqual([expect.stringContaining('409')])
  })

  test('are compared with what stops and who wants no messages; parted, each has what they should', async () => {
    const { client } = shop.owner
    const steps = [{ id: 'espera', kind: 'wait', amount: 3, unit: 'days' } as const]
    const workflowId = await givenWorkflow(client, { triggers: [{ kind: 'manual' }], steps }, 'Bienvenida')
    for (const contactId of [lucia, lu]) await client.workflows.start({ workflowId, contactId })
    const { name } = await client.channels.get({ channelId: shop.channelId })
    await client.optOuts.set({ contactId: lu, channelId: shop.channelId })

    const { page, faults } = await open(`/contacts/merge?ids=${lucia},${lu}`)
    const result = page.getByRole('complementary', { name: 'Result of the merge' })
    const listed = (title: string) =>
      result.locator('section', { has: page.getByRole('heading', { name: title }) }).getByRole('listitem')
    await listed('Workflows that stop').filter({ hasText: 'Bienvenida' }).filter({ hasText: 'Lu Romero' }).waitFor()
    expect(await listed('Workflows that stop').count()).toBe(1)
    // named once
    expect(await result.getByText('Bienvenida').count()).toBe(1)
    await listed('Wants no messages').filter({ hasText: name }).filter({ hasText: 'Lu Romero' }).waitFor()
    // it is told when that changes under one's eyes
    await client.optOuts.set({ contactId: lucia, channelId: null })
    await page.getByText('Somebody changed whether they want messages.').waitFor()
    await listed('Wants no messages').filter({ hasText: 'All channels' }).waitFor()
    await client.optOuts.lift({ contactId: lucia, channelId: null, reason: 'Nos llamó' })
    await listed('Wants no messages').filter({ hasText: 'All channels' }).waitFor({ state: 'detached' })
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Merge contacts' }).click()
    await at(page, `/contacts/${lucia}`)
    await record(page).getByText(`Wants no messages by ${name}`).waitFor()

    await page.goto(`/w/${shop.id}/contacts/merge-history`)
    const merge = page.getByRole('article').filter({ hasText: 'Undo merge' })
    await merge.getByRole('button', { name: 'Show what changed' }).click()
    await merge.getByText('Workflows stopped').waitFor()
    await merge.getByRole('button', { name: 'Undo merge' }).click()
    const dialog = page.getByRole('dialog', { name: 'Undo the merge' })
    await dialog.getByRole('heading', { name: 'Workflows that stay stopped' }).waitFor()
    await dialog.getByRole('heading', { name: 'Lucía Romero Vidal can be written to again' }).waitFor()
    await dialog.getByRole('listitem').filter({ hasText: 'Lu Romero' }).getByText('Wants no messages').waitFor()
    expect(await findViolations(page, '[role=dialog]')).toEqual([])
    await dialog.getByRole('button', { name: 'Undo merge' }).click()
    await says(page, 'Merge undone')
    const optOuts = async (contactId: number) => (await client.contacts.get({ contactId })).optOuts.length
    expect([await optOuts(lucia), await optOuts(lu)]).toEqual([0, 1])
    const ends = async (contactId: number) => (await runsOf(client, contactId)).map(({ end }) => end)
    expect([await ends(lucia), await ends(lu)]).toEqual([[null], ['merged']])
    expect(faults).toEqual([])
  })

  test('are merged with one press, which says first what stops and who wants no messages', async () => {
    const { client } = shop.owner
    const steps = [{ id: 'espera', kind: 'wait', amount: 3, unit: 'days' } as const]
    const workflowId = await givenWorkflow(client, { triggers: [{ kind: 'manual' }], steps }, 'Bienvenida')
    await client.workflows.start({ workflowId, contactId: lu })
    const { name } = await client.channels.get({ channelId: shop.channelId })
    await client.optOuts.set({ contactId: lu, channelId: shop.channelId })

    const { page, faults } = await open(`/inbox/${lucia}?view=all&drawer=open`)
    const question = page.getByRole('alertdialog', { name: 'Merge Lu Romero into Lucía Romero Vidal?' })
    const press = card(page).getByRole('button', { name: 'Merge', exact: true })
    await press.click()
    await question.getByRole('listitem').filter({ hasText: 'Bienvenida' }).filter({ hasText: 'Lu Romero' }).waitFor()
    await question.getByRole('listitem').filter({ hasText: name }).filter({ hasText: 'Lu Romero' }).waitFor()
    expect(await findViolations(page, '[role=alertdialog]')).toEqual([])
    await page.keyboard.press('Escape')
    await question.waitFor({ state: 'detached' })
    expect((await values(lu)).id).toBe(lu)

    // what began while the question stood is asked about too
    await press.click()
    await question.waitFor()
    await client.optOuts.set({ contactId: lucia, channelId: null })
    await question.getByRole('button', { name: 'Merge contacts' }).click()
    await question.getByRole('listitem').filter({ hasText: 'All channels' }).waitFor()
    await question.getByRole('button', { name: 'Merge contacts' }).click()
    await says(page, 'Contacts merged')
    expect((await values(lu)).id).toBe(lucia)
    expect((await runsOf(client, lu)).map(({ end }) => end)).toEqual(['merged'])
    await page.keyboard.press('ControlOrMeta+z')
    await says(page, 'Merge undone')

    // and from the list, by keyboard; the pair that is not merged after all comes back
    await page.goto(`/w/${shop.id}/contacts/duplicates`)
    const pair = page.getByRole('button', { name: /^Lu.* and / })
    await client.workflows.start({ workflowId, contactId: lu })
    await pair.waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('f')
    await question.getByRole('listitem').filter({ hasText: 'Bienvenida' }).waitFor()
    await page.keyboard.press('Escape')
    await pair.waitFor()
    expect((await values(lu)).id).toBe(lu)
    expect(faults.filter((fault) => !fault.includes('409'))).toEqual([])
  })

  test('can be told apart from the comparison, and merged with whom one finds', async () => {
    const rosa = (await shop.owner.client.contacts.create({ values: { firstName: 'Rosa', lastName: 'Prats' } })).id
    const { page, faults } = await open(`/contacts/${lucia}`)
    await card(page).getByRole('button', { name: 'Review first' }).click()
    await page.getByRole('button', { name: 'Not the same person' }).click()
    await says(page, 'Noted: not the same person')
    await at(page, `/contacts/${lucia}`)
    await record(page).getByRole('heading', { name: 'Lucía Romero Vidal' }).waitFor()
    await card(page).waitFor({ state: 'detached' })
    expect((await shop.owner.client.duplicates.dismissed({})).items).toHaveLength(1)

    await page.keyboard.press('m')
    const dialog = page.getByRole('dialog', { name: 'Merge with…' })
    await dialog.getByRole('searchbox').fill('rosa')
    await dialog.getByRole('option', { name: /Rosa Prats/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('Chosen by hand').waitFor()
    // and a third one, of whom two were told apart
    await page.getByRole('button', { name: 'Add another contact' }).click()
    await dialog.getByRole('searchbox').fill('Lu Romero')
    await dialog.getByRole('option', { name: new RegExp(`ID ${lu}`) }).click()
    await page.getByText(/Merging them forgets that/).waitFor()
    await page.getByRole('button', { name: 'Keep this one' }).last().click()
    await waitFor(
      'another one kept',
      async () =>
        (await page.getByRole('complementary', { name: 'Result of the merge' }).textContent())?.includes(
          `ID ${rosa}`,
        ) ||
        (await page.getByRole('complementary', { name: 'Result of the merge' }).textContent())?.includes(`ID ${lu}`),
    )
    await page.getByRole('button', { name: 'Merge contacts' }).click()
    await says(page, 'Contacts merged')
    await waitFor('one of three', async () => (await values(rosa)).id === (await values(lucia)).id)
    await page.keyboard.press('ControlOrMeta+z')
    await says(page, 'Merge undone')
    expect((await values(rosa)).id).toBe(rosa)
    expect(faults).toEqual([])
  })

  test('are chosen among the rows of the list and swapped: the younger one stays', async () => {
    const { page, faults } = await open('/contacts')
    for (const name of ['Lucía Romero Vidal', 'Lu Romero'])
      await page
        .locator('label')
        .filter({ has: page.getByRole('checkbox', { name: `Select ${name}`, exact: true }) })
        .click()
    await page.getByRole('region', { name: 'Selected contacts' }).getByRole('button', { name: 'Merge…' }).click()
    const result = page.getByRole('complementary', { name: 'Result of the merge' })
    await result.getByText(`ID ${lucia}`).waitFor()
    await page.getByRole('button', { name: 'Swap' }).click()
    await result.getByText(`ID ${lu}`).waitFor()
    await page.getByRole('button', { name: 'Merge contacts' }).click()
    await says(page, 'Contacts merged')
    await at(page, `/contacts/${lu}`)
    expect(await values(lucia)).toMatchObject({ id: lu, name: 'Lu Romero' })
    expect(faults).toEqual([])
  })

  test('are merged by an agent who sees both, who may not choose any two', async () => {
    const rosa = (await shop.owner.client.contacts.create({ values: { firstName: 'Rosa' } })).id
    const { page, faults } = await open(`/inbox/${lucia}?view=all&drawer=open`, shop.agent)
    await card(page).waitFor()
    await record(page).getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: /Only owners and managers merge any two/ }).waitFor()
    await page.keyboard.press('Escape')
    await card(page).getByRole('button', { name: 'Merge', exact: true }).click()
    await says(page, 'Contacts merged')
    expect(faults.splice(0)).toEqual([])
    await page.goto(`/w/${shop.id}/contacts/merge?ids=${lucia},${rosa}`)
    await page.getByText('You can merge what is suggested.').waitFor()
    await page.goto(`/w/${shop.id}/contacts/merge-history`)
    await page.getByText("You don't have access to Contacts").waitFor()
    expect(faults.filter((fault) => !fault.includes('403'))).toEqual([])
  })

  test.each(
    looks(
      { language: 'es', theme: 'light', width: 1440 },
      { language: 'en', theme: 'dark', width: 1024 },
      { language: 'es', theme: 'dark', width: 390, height: 844 },
    ),
  )('are seen, compared and parted by any means: $language, $theme, $width', async (look) => {
    const isSpanish = look.language === 'es'
    const { contacts } = shop.owner.client
    await contacts.tag({ contactId: lucia, names: ['VIP'] })
    const { tags } = await contacts.tag({ contactId: lu, names: ['vip', 'Mayorista'] })
    const { page, faults } = await open(`/contacts/${lucia}`, shop.owner, look)
    const check = async (within?: string) => {
      expect(await findViolations(page, within)).toEqual([])
      expect(await fits(page)).toBe(true)
    }
    await page.getByRole('region', { name: isSpanish ? 'Posible duplicado' : 'Possible duplicate' }).waitFor()
    await check()
    await page.getByRole('button', { name: isSpanish ? 'Revisar antes' : 'Review first' }).click()
    await page.getByRole('radiogroup').first().waitFor()
    const result = page.getByRole('complementary', {
      name: isSpanish ? 'Resultado de la fusión' : 'Result of the merge',
    })
    expect(await result.getByText(/^(VIP|Mayorista)$/i).allTextContents()).toEqual(['VIP', 'Mayorista'])
    await check()
    await page.getByRole('button', { name: isSpanish ? 'Fusionar contactos' : 'Merge contacts' }).click()
    await at(page, `/contacts/${lucia}`)
    await contacts.untag({ contactId: lucia, tagIds: tags.map(({ id }) => id) })
    await page.goto(`/w/${shop.id}/contacts/merge-history`)
    await page.getByRole('button', { name: isSpanish ? 'Mostrar lo que cambió' : 'Show what changed' }).click()
    await check()
    await page.getByRole('button', { name: isSpanish ? 'Deshacer fusión' : 'Undo merge' }).click()
    await page
      .getByRole('dialog')
      .getByText(isSpanish ? 'Vuelve' : 'Comes back', { exact: true })
      .waitFor()
    await page
      .getByRole('dialog')
      .getByRole('heading', { name: isSpanish ? 'Etiquetas que siguen quitadas' : 'Tags that stay off' })
      .waitFor()
    await check('[role=dialog]')
    expect(faults).toEqual([])
  })
})
