import { describe, expect, test } from 'vitest'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { noBrowser } from './browser.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'
import { looks } from './looks.ts'
import { twoRecords } from './two-records.ts'

describe('one person on two channels', unless(noBrowser), () => {
  const here = twoRecords()
  const { luSays, open, record, card, field, says, option, at, values, apart, heard } = here

  test('become one from the card, are parted from the call-out, become one again and are parted long after', async () => {
    const before = await apart()
    const { page, faults } = await open(`/inbox/${here.lucia}?view=all&drawer=open`)
    await card(page).getByText('Lu Romero').waitFor()
    await card(page).getByText(`ID ${here.lu}`).waitFor()
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
    await at(page, `/inbox/${here.lucia}`)
    await says(page, 'Contacts merged')
    await record(page).getByRole('heading', { name: 'Lu Romero Vidal' }).waitFor()
    await card(page).waitFor({ state: 'detached' })
    const thread = page.getByRole('log', { name: 'Messages' })
    for (const text of ['¿Tenéis mesas?', 'Soy Lu']) await thread.getByText(text, { exact: true }).waitFor()
    await record(page).getByText('Merged contacts').waitFor()
    expect((await values(here.lu)).id).toBe(here.lucia)

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
    await here.shop.owner.client.conversations.addNote({ contactId: here.lucia, text: 'Lu prefiere las mañanas' })

    // an old link leads to the one contact, and so the address reads
    await page.goto(`/w/${here.shop.id}/inbox/${here.lu}?view=all&drawer=open`)
    await at(page, `/inbox/${here.lucia}`)
    await record(page).getByRole('heading', { name: 'Lucía Romero Vidal' }).waitFor()

    // a month later, from the history
    const month = new Date(Date.now() - 31 * 24 * 3600e3)
    await here.server.deps.db.updateTable('merge_op').set({ merged_at: month }).where('undone_at', 'is', null).execute()
    await page.goto(`/w/${here.shop.id}/contacts/merge-history`)
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
    expect(await heard(here.lucia)).toEqual(['¿Tenéis mesas?'])
    expect(await heard(here.lu)).toEqual(['Soy Lu', 'Soy Lu otra vez', 'Lu prefiere las mañanas'])
    expect(faults).toEqual([])
  })

  test('can be told apart from the comparison, and merged with whom one finds', async () => {
    const rosa = (await here.shop.owner.client.contacts.create({ values: { firstName: 'Rosa', lastName: 'Prats' } })).id
    const { page, faults } = await open(`/contacts/${here.lucia}`)
    await card(page).getByRole('button', { name: 'Review first' }).click()
    await page.getByRole('button', { name: 'Not the same person' }).click()
    await says(page, 'Noted: not the same person')
    await at(page, `/contacts/${here.lucia}`)
    await record(page).getByRole('heading', { name: 'Lucía Romero Vidal' }).waitFor()
    await card(page).waitFor({ state: 'detached' })
    expect((await here.shop.owner.client.duplicates.dismissed({})).items).toHaveLength(1)

    await page.keyboard.press('m')
    const dialog = page.getByRole('dialog', { name: 'Merge with…' })
    await dialog.getByRole('searchbox').fill('rosa')
    await dialog.getByRole('option', { name: /Rosa Prats/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('Chosen by hand').waitFor()
    // and a third one, of whom two were told apart
    await page.getByRole('button', { name: 'Add another contact' }).click()
    await dialog.getByRole('searchbox').fill('Lu Romero')
    await dialog.getByRole('option', { name: new RegExp(`ID ${here.lu}`) }).click()
    await page.getByText(/Merging them forgets that/).waitFor()
    await page.getByRole('button', { name: 'Keep this one' }).last().click()
    await waitFor(
      'another one kept',
      async () =>
        (await page.getByRole('complementary', { name: 'Result of the merge' }).textContent())?.includes(
          `ID ${rosa}`,
        ) ||
        (await page.getByRole('complementary', { name: 'Result of the merge' }).textContent())?.includes(
          `ID ${here.lu}`,
        ),
    )
    await page.getByRole('button', { name: 'Merge contacts' }).click()
    await says(page, 'Contacts merged')
    await waitFor('one of three', async () => (await values(rosa)).id === (await values(here.lucia)).id)
    await page.keyboard.press('ControlOrMeta+z')
    await says(page, 'Merge undone')
    expect((await values(rosa)).id).toBe(rosa)
    expect(faults).toEqual([])
  })

  test('are merged by an agent who sees both, who may not choose any two', async () => {
    const rosa = (await here.shop.owner.client.contacts.create({ values: { firstName: 'Rosa' } })).id
    const { page, faults } = await open(`/inbox/${here.lucia}?view=all&drawer=open`, here.shop.agent)
    await card(page).waitFor()
    await record(page).getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: /Only owners and managers merge any two/ }).waitFor()
    await page.keyboard.press('Escape')
    await card(page).getByRole('button', { name: 'Merge', exact: true }).click()
    await says(page, 'Contacts merged')
    expect(faults.splice(0)).toEqual([])
    await page.goto(`/w/${here.shop.id}/contacts/merge?ids=${here.lucia},${rosa}`)
    await page.getByText('You can merge what is suggested.').waitFor()
    await page.goto(`/w/${here.shop.id}/contacts/merge-history`)
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
    const { contacts } = here.shop.owner.client
    await contacts.tag({ contactId: here.lucia, names: ['VIP'] })
    const { tags } = await contacts.tag({ contactId: here.lu, names: ['vip', 'Mayorista'] })
    const { page, faults } = await open(`/contacts/${here.lucia}`, here.shop.owner, look)
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
    await at(page, `/contacts/${here.lucia}`)
    await contacts.untag({ contactId: here.lucia, tagIds: tags.map(({ id }) => id) })
    await page.goto(`/w/${here.shop.id}/contacts/merge-history`)
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
