import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { givenWorkspace } from '../server/testing/given.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { givenWorkflow, waiting } from '../server/workflows/testing.ts'
import { noBrowser } from './browser.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'
import { journeys } from './journeys.ts'
import { looks } from './looks.ts'

describe('workflows', unless(noBrowser), () => {
  const here = journeys(givenWorkspace)
  const { open } = here

  const stepsAre = (workflowId: number, ...kinds: string[]) =>
    waitFor(`the steps ${kinds.join(', ')}`, async () => {
      const { draft } = await here.shop.owner.client.workflows.get({ workflowId })
      return draft.steps.map(({ kind }) => kind).join() === kinds.join()
    })
  const hasFocus = (page: Page, id: string) =>
    waitFor(`the focus on ${id}`, () => page.evaluate((wanted) => document.activeElement?.id === wanted, id))
  /** From a menu, by the letters of what is meant. */
  const choose = async (page: Page, button: string, letters: string) => {
    await page.getByRole('button', { name: button, exact: true }).last().focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menu').waitFor()
    await page.keyboard.type(letters)
    await page.keyboard.press('Enter')
    await page.getByRole('menu').waitFor({ state: 'detached' })
  }

  test('are drawn up, arranged and published by the keyboard alone; what is missing is marked where it stands', async () => {
    const { client } = here.shop.owner
    await client.tags.create({ name: 'VIP' })
    const { page, faults } = await open('/workflows')
    await page.getByRole('heading', { name: 'No workflows yet' }).waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'New workflow…' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'New workflow' }).waitFor()
    await page.keyboard.type('Welcome')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Welcome', level: 1 }).waitFor()
    const workflowId = (await client.workflows.list()).items[0]!.id

    await choose(page, 'Choose what contacts enter by', 'A tag is put')
    await page.locator('[id="step-trigger 0"]').focus()
    await page.keyboard.press('Backspace')
    await hasFocus(page, 'step-add-trigger')
    await choose(page, 'Choose what contacts enter by', 'Somebody')
    await choose(page, 'Add the first step', 'Change tags')
    await hasFocus(page, 'step-tag1')
    const tagCard = page.locator('#step-tag1')
    await tagCard.getByText('Not complete').waitFor()
    await page.getByRole('combobox', { name: 'Put on' }).focus()
    await page.keyboard.type('vip')
    await page.getByRole('option', { name: 'VIP' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await tagCard.getByText('Not complete').waitFor({ state: 'detached' })
    await tagCard.getByText('+ VIP').waitFor()
    await choose(page, 'Add a step', 'Wait')
    await hasFocus(page, 'step-wait1')
    await choose(page, 'Add a step', 'Branch')
    await hasFocus(page, 'step-branch1')
    await stepsAre(workflowId, 'tag', 'wait', 'branch')
    expect(await findViolations(page)).toEqual([])

    // into the branch's only way, and out again at the other end
    await tagCard.focus()
    await page.keyboard.press('Alt+ArrowDown')
    await stepsAre(workflowId, 'wait', 'tag', 'branch')
    await hasFocus(page, 'step-tag1')
    await page
      .getByRole('status')
      .filter({ hasText: 'Change tags: place 2 of its list' })
      .waitFor({ state: 'attached' })
    await page.keyboard.press('Alt+ArrowDown')
    await stepsAre(workflowId, 'wait', 'branch')
    await page.getByRole('list', { name: 'Way 1' }).getByText('+ VIP').waitFor()
    for (const list of ['Otherwise', 'Steps']) {
      await page.keyboard.press('Alt+ArrowDown')
      await page.getByRole('list', { name: list, exact: true }).locator('#step-tag1').waitFor()
      await hasFocus(page, 'step-tag1')
    }
    await stepsAre(workflowId, 'wait', 'branch', 'tag')
    // lifted by its handle
    await page.getByRole('button', { name: 'Move Wait' }).focus()
    for (const key of ['Space', 'ArrowDown', 'ArrowDown', 'Space']) await page.keyboard.press(key)
    await stepsAre(workflowId, 'branch', 'tag', 'wait')

    // away, and back
    await page.locator('#step-branch1').focus()
    await page.keyboard.press('Delete')
    await stepsAre(workflowId, 'tag', 'wait')
    await hasFocus(page, 'step-tag1')
    await page.getByRole('button', { name: 'Undo' }).first().click()
    await stepsAre(workflowId, 'branch', 'tag', 'wait')

    // the branch asks for nothing: it is not published, and says so itself
    await page.getByRole('button', { name: 'Publish' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('Something is missing before it can be published').waitFor()
    await page.locator('#step-branch1').getByText('Not complete').waitFor()
    await page.getByRole('button', { name: 'Show the first' }).focus()
    await page.keyboard.press('Enter')
    await hasFocus(page, 'step-branch1')
    await page.getByRole('group', { name: 'Branch' }).getByText('Add a condition.').waitFor()
    await page.keyboard.press('Delete')
    await stepsAre(workflowId, 'tag', 'wait')
    await page.getByRole('button', { name: 'Publish' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('Version 1 is in force').waitFor()
    await page.locator('#step-wait1').focus()
    await page.keyboard.press('Delete')
    await page.getByText('the changes below are not, until you publish them').waitFor()
    await choose(page, 'Actions for Welcome', 'Back')
    await stepsAre(workflowId, 'tag', 'wait')
    await page.getByText('published on').waitFor()
    expect(faults).toEqual([])
  })

  for (const look of looks(
    { language: 'en', theme: 'light', width: 1440 },
    { language: 'es', theme: 'dark', width: 360 },
  ))
    test(`fit and read well, lists and forms and all (${look.language}, ${look.theme}, ${look.width})`, async () => {
      const { client } = here.shop.owner
      const every = { and: [{ field: 'email' as const, operator: 'exists' as const }] }
      const workflowId = await givenWorkflow(client, {
        triggers: [{ kind: 'manual' }, { kind: 'fieldChanged', fields: ['email'], filter: every }],
        steps: [
          waiting,
          {
            id: 'reparte',
            kind: 'branch',
            arms: [{ name: 'Con nombre', filter: every, steps: [{ id: 'abre', kind: 'open' }] }],
            otherwise: [{ id: 'http1', kind: 'http', method: 'POST', url: 'https://shop.example/orders', body: '{}' }],
          },
        ],
      })
      const { page, faults } = await open('/workflows', here.shop.owner, look)
      await page.getByRole('link', { name: /Flujo/ }).waitFor()
      expect(await findViolations(page)).toEqual([])
      expect(await fits(page)).toBe(true)
      await page.goto(`/w/${here.shop.id}/workflows/${workflowId}`)
      for (const id of ['trigger 1', 'espera', 'reparte', 'http1']) {
        await page.locator(`[id="step-${id}"]`).click()
        await page.locator(`[id="step-${id}"][aria-expanded="true"]`).waitFor()
        expect(await findViolations(page)).toEqual([])
        expect(await fits(page)).toBe(true)
      }
      expect(faults).toEqual([])
    })
})
