import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { givenCrowd, type Crowd } from '../server/duplicates/testing.ts'
import type { GivenMember } from '../server/testing/given.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { closeBrowser, noBrowser, openBrowser, type Look } from './browser.ts'
import { looks } from './looks.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'

describe('a list of duplicates', unless(noBrowser), () => {
  let server: TestServer
  let crowd: Crowd
  const ends: (() => Promise<void>)[] = []
  const families = ['Lucía Romero', 'Jorge Vidal', 'Rosa Peña', 'Iván Salas']

  beforeAll(async () => {
    server = await startTestServer()
  })
  beforeEach(async () => {
    crowd = await givenCrowd(server)
    for (const [at, name] of families.entries()) {
      const [firstName = '', lastName = ''] = name.split(' ')
      await crowd.add({ firstName, lastName, phone: `+3460000014${at}` })
      await crowd.add({ firstName, lastName, phone: `+34 600 00 01 4${at}` })
      // each found at a moment of its own: those found at once stand by their numbers
      await crowd.compare()
    }
    // two more who are only likely, and one who speaks against it
    await crowd.add({ phone: '+34600000190' })
    await crowd.add({ firstName: 'Marta', phone: '+34600000190' })
    await crowd.compare()
  })
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end()
  })
  afterAll(async () => {
    await closeBrowser()
    await server.close()
  })

  async function open(path: string, who: GivenMember = crowd.owner, look: Look = {}) {
    const { page, faults, context } = await openBrowser(server.url, who.cookie, { language: 'en', ...look })
    ends.push(() => context.close())
    await page.goto(`/w/${crowd.id}/contacts/duplicates${path}`)
    return { page, faults }
  }
  const pair = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name}.* and `) })
  const focused = (page: Page, name: string) =>
    waitFor(`the focus on ${name}`, () => pair(page, name).evaluate((one) => one === document.activeElement)).catch(
      async (error: Error) => {
        const it = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200))
        throw new Error(`${error.message}; it is on ${it}`, { cause: error })
      },
    )
  const tiers = async () => (await crowd.suggested()).map((line) => line.slice(-1)).join('')

  test('is worked off by keyboard alone: merged, told apart, reviewed, taken back', async () => {
    const { page, faults } = await open('', crowd.manager)
    await pair(page, 'Iván').waitFor()
    expect(await tiers()).toBe('AAAAB')

    // surest first, then newest; J goes into the list and on
    await page.keyboard.press('j')
    await focused(page, 'Iván')
    await page.keyboard.press('f')
    await page.getByRole('status').filter({ hasText: 'Contacts merged' }).first().waitFor()
    await pair(page, 'Iván').waitFor({ state: 'detached' })
    await focused(page, 'Rosa')
    await page.keyboard.press('x')
    await pair(page, 'Rosa').waitFor({ state: 'detached' })
    await focused(page, 'Jorge')
    await waitFor('two answers', async () => (await tiers()) === 'AAB')

    // the answer given last comes back, in whatever order the server heard them
    await page.keyboard.press('z')
    await pair(page, 'Rosa').waitFor()
    await waitFor('Rosa is suggested again', async () => (await tiers()) === 'AAAB')
    await page.keyboard.press('k')
    await focused(page, 'Rosa')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Merge contacts' }).waitFor()
    await page.getByRole('complementary', { name: 'Result of the merge' }).waitFor()
    await page.keyboard.press('ControlOrMeta+Enter')
    await waitFor('back to the list', () => page.url().includes('/contacts/duplicates'))
    await pair(page, 'Jorge').waitFor()
    expect(await pair(page, 'Rosa').count()).toBe(0)
    await waitFor('Rosa is one', async () => (await tiers()) === 'AAB')
    expect(faults).toEqual([])
  })

  test('takes back the answer given last even while the server is still hearing it, and none before', async () => {
    const { page, faults } = await open('', crowd.manager)
    await pair(page, 'Iván').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('f')
    await page.getByRole('status').filter({ hasText: 'Contacts merged' }).first().waitFor()
    await focused(page, 'Rosa')
    const held = Promise.withResolvers<void>()
    await page.route(/duplicates\/dismiss/, async (route) => {
      await held.promise
      await route.continue()
    })
    await page.keyboard.press('x')
    await pair(page, 'Rosa').waitFor({ state: 'detached' })
    await page.keyboard.press('z')
    held.resolve()
    await page.getByRole('status').filter({ hasText: 'Suggested again' }).first().waitFor()
    await pair(page, 'Rosa').waitFor()
    expect(await tiers()).toBe('AAAB')
    expect(faults).toEqual([])
  })

  test('shows the tiers that are asked for, by the address too, and what was told apart', async () => {
    const { page, faults } = await open('')
    await pair(page, 'Iván').waitFor()
    await page.getByRole('button', { name: /^Likely/ }).click()
    await waitFor('only the certain', () => page.url().includes('tiers='))
    await waitFor('four pairs', async () => (await page.locator('[data-pair]').count()) === 4)
    await page.reload()
    await pair(page, 'Iván').waitFor()
    expect(await page.locator('[data-pair]').count()).toBe(4)

    await pair(page, 'Iván').hover()
    await page.getByRole('button', { name: 'Dismiss' }).first().click()
    await pair(page, 'Iván').waitFor({ state: 'detached' })
    await page.getByText('Dismissed', { exact: true }).first().click()
    await page.getByText('Olga Dueñas ·').waitFor()
    await page.getByRole('button', { name: 'Suggest again' }).click()
    await page.getByText('Nothing dismissed yet').waitFor()
    await waitFor('suggested again', async () => (await tiers()) === 'AAAAB')
    expect(faults).toEqual([])
  })

  test('blocks a value that is shared, refuses a filler, and takes it back', async () => {
    const { page, faults } = await open('?view=shared')
    const box = page.getByRole('textbox', { name: 'Phone or email to block' })
    await box.fill('test@example.com')
    await page.keyboard.press('Enter')
    await page.getByText('there is nothing to block').waitFor()
    await box.fill('600 000 140')
    await page.keyboard.press('Enter')
    await page.getByRole('status').filter({ hasText: 'makes no suggestions any more' }).first().waitFor()
    await waitFor('Lucía is no longer suggested', async () => (await tiers()) === 'AAAB')
    await page.getByRole('button', { name: 'Unblock' }).click()
    await waitFor('Lucía is suggested again', async () => (await tiers()) === 'AAAAB')
    expect(faults.filter((fault) => !fault.includes('400'))).toEqual([])
  })

  test.each(
    looks({ language: 'es', theme: 'light', width: 1440 }, { language: 'en', theme: 'dark', width: 390, height: 844 }),
  )('can be read by anybody: $language, $theme, $width', async (look) => {
    const { page, faults } = await open('', crowd.owner, look)
    await page.locator('[data-pair]').first().waitFor()
    for (const view of ['', '?view=told-apart', '?view=shared']) {
      await page.goto(`/w/${crowd.id}/contacts/duplicates${view}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      expect(await findViolations(page)).toEqual([])
      expect(await fits(page)).toBe(true)
    }
    expect(faults).toEqual([])
  })
})
