import { describe, expect, test } from 'vitest'
import { unless } from '../server/testing/unless.ts'
import { givenWorkflow, runsOf } from '../server/workflows/testing.ts'
import { noBrowser } from './browser.ts'
import { findViolations } from './find-violations.ts'
import { twoRecords } from './two-records.ts'

describe('one person on two channels, and what hangs on each', unless(noBrowser), () => {
  const here = twoRecords()
  const { open, record, card, says, option, at, values } = here

  test('are not merged by a comparison that no longer holds; what changed is told, arriving or refused', async () => {
    const preview = `/contacts/merge?ids=${here.lucia},${here.lu}`
    const rename = (firstName: string) =>
      here.shop.manager.client.contacts.update({ contactId: here.lu, values: { firstName }, replaces: {} })
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
    expect((await values(here.lu)).id).toBe(here.lu)
    await deaf.page.getByText('Lucha', { exact: true }).click()
    await deaf.page.getByRole('button', { name: 'Merge contacts' }).click()
    await at(deaf.page, `/contacts/${here.lucia}`)
    expect((await values(here.lu)).name).toBe('Lucha Romero Vidal')
    // whoever still looked at it hears that there is nothing left to merge
    await live.page.getByText('They are one contact already.').waitFor()
    expect(deaf.faults.filter((fault) => !fault.includes('ERR_FAILED'))).toEqual([expect.stringContaining('409')])
  })

  test('are compared with what stops and who wants no messages; parted, each has what they should', async () => {
    const { client } = here.shop.owner
    const steps = [{ id: 'espera', kind: 'wait', amount: 3, unit: 'days' } as const]
    const workflowId = await givenWorkflow(client, { triggers: [{ kind: 'manual' }], steps }, 'Bienvenida')
    for (const contactId of [here.lucia, here.lu]) await client.workflows.start({ workflowId, contactId })
    const { name } = await client.channels.get({ channelId: here.shop.channelId })
    await client.optOuts.set({ contactId: here.lu, channelId: here.shop.channelId })

    const { page, faults } = await open(`/contacts/merge?ids=${here.lucia},${here.lu}`)
    const result = page.getByRole('complementary', { name: 'Result of the merge' })
    const listed = (title: string) =>
      result.locator('section', { has: page.getByRole('heading', { name: title }) }).getByRole('listitem')
    await listed('Workflows that stop').filter({ hasText: 'Bienvenida' }).filter({ hasText: 'Lu Romero' }).waitFor()
    expect(await listed('Workflows that stop').count()).toBe(1)
    // named once
    expect(await result.getByText('Bienvenida').count()).toBe(1)
    await listed('Wants no messages').filter({ hasText: name }).filter({ hasText: 'Lu Romero' }).waitFor()
    // it is told when that changes under one's eyes
    await client.optOuts.set({ contactId: here.lucia, channelId: null })
    await page.getByText('Somebody changed whether they want messages.').waitFor()
    await listed('Wants no messages').filter({ hasText: 'All channels' }).waitFor()
    await client.optOuts.lift({ contactId: here.lucia, channelId: null, reason: 'Nos llamó' })
    await listed('Wants no messages').filter({ hasText: 'All channels' }).waitFor({ state: 'detached' })
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Merge contacts' }).click()
    await at(page, `/contacts/${here.lucia}`)
    await record(page).getByText(`Wants no messages by ${name}`).waitFor()

    await page.goto(`/w/${here.shop.id}/contacts/merge-history`)
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
    expect([await optOuts(here.lucia), await optOuts(here.lu)]).toEqual([0, 1])
    const ends = async (contactId: number) => (await runsOf(client, contactId)).map(({ end }) => end)
    expect([await ends(here.lucia), await ends(here.lu)]).toEqual([[null], ['merged']])
    expect(faults).toEqual([])
  })

  test('are merged with one press, which says first what stops and who wants no messages', async () => {
    const { client } = here.shop.owner
    const steps = [{ id: 'espera', kind: 'wait', amount: 3, unit: 'days' } as const]
    const workflowId = await givenWorkflow(client, { triggers: [{ kind: 'manual' }], steps }, 'Bienvenida')
    await client.workflows.start({ workflowId, contactId: here.lu })
    const { name } = await client.channels.get({ channelId: here.shop.channelId })
    await client.optOuts.set({ contactId: here.lu, channelId: here.shop.channelId })

    const { page, faults } = await open(`/inbox/${here.lucia}?view=all&drawer=open`)
    const question = page.getByRole('alertdialog', { name: 'Merge Lu Romero into Lucía Romero Vidal?' })
    const press = card(page).getByRole('button', { name: 'Merge', exact: true })
    await press.click()
    await question.getByRole('listitem').filter({ hasText: 'Bienvenida' }).filter({ hasText: 'Lu Romero' }).waitFor()
    await question.getByRole('listitem').filter({ hasText: name }).filter({ hasText: 'Lu Romero' }).waitFor()
    expect(await findViolations(page, '[role=alertdialog]')).toEqual([])
    await page.keyboard.press('Escape')
    await question.waitFor({ state: 'detached' })
    expect((await values(here.lu)).id).toBe(here.lu)

    // what began while the question stood is asked about too
    await press.click()
    await question.waitFor()
    await client.optOuts.set({ contactId: here.lucia, channelId: null })
    await question.getByRole('button', { name: 'Merge contacts' }).click()
    await question.getByRole('listitem').filter({ hasText: 'All channels' }).waitFor()
    await question.getByRole('button', { name: 'Merge contacts' }).click()
    await says(page, 'Contacts merged')
    expect((await values(here.lu)).id).toBe(here.lucia)
    expect((await runsOf(client, here.lu)).map(({ end }) => end)).toEqual(['merged'])
    await page.keyboard.press('ControlOrMeta+z')
    await says(page, 'Merge undone')

    // and from the list, by keyboard; the pair that is not merged after all comes back
    await page.goto(`/w/${here.shop.id}/contacts/duplicates`)
    const pair = page.getByRole('button', { name: /^Lu.* and / })
    await client.workflows.start({ workflowId, contactId: here.lu })
    await pair.waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('f')
    await question.getByRole('listitem').filter({ hasText: 'Bienvenida' }).waitFor()
    await page.keyboard.press('Escape')
    await pair.waitFor()
    expect((await values(here.lu)).id).toBe(here.lu)
    expect(faults.filter((fault) => !fault.includes('409'))).toEqual([])
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
    await result.getByText(`ID ${here.lucia}`).waitFor()
    await page.getByRole('button', { name: 'Swap' }).click()
    await result.getByText(`ID ${here.lu}`).waitFor()
    await page.getByRole('button', { name: 'Merge contacts' }).click()
    await says(page, 'Contacts merged')
    await at(page, `/contacts/${here.lu}`)
    expect(await values(here.lucia)).toMatchObject({ id: here.lu, name: 'Lu Romero' })
    expect(faults).toEqual([])
  })
})
