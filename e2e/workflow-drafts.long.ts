import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenWorkspace } from '../server/testing/given.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { waiting } from '../server/workflows/testing.ts'
import { closeBrowser, noBrowser, openBrowser } from './browser.ts'

describe('the draft of a workflow', unless(noBrowser), () => {
  let server: TestServer

  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(async () => {
    await closeBrowser()
    await server.close()
  })

  test('loses nothing that was written, whether the tab is closed, the server is away or somebody else saves another', async () => {
    const shop = await givenWorkspace(server)
    const { client } = shop.owner
    const manual = { kind: 'manual' as const }
    const { id: workflowId } = await client.workflows.create({
      name: 'Welcome',
      draft: { triggers: [manual], steps: [waiting] },
    })
    const idsAre = (...ids: string[]) =>
      waitFor(`the steps ${ids.join(', ')}`, async () => {
        const { draft } = await client.workflows.get({ workflowId })
        return draft.steps.map(({ id }) => id).join() === ids.join()
      })
    const path = `/w/${shop.id}/workflows/${workflowId}`
    const { page: first, faults, context } = await openBrowser(server.url, shop.owner.cookie, { language: 'en' })
    await first.goto(path)
    await first.locator('#step-espera').focus()
    await first.keyboard.press('Delete')
    await first.close()
    expect(faults).toEqual([])

    const page = await context.newPage()
    await page.goto(path)
    await page.getByText('Then, step by step').waitFor()
    await idsAre()
    expect(await page.locator('#step-espera').count()).toBe(0)

    const add = async (letters: string) => {
      await page.getByRole('button', { name: /^Add (a|the first) step$/ }).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('menu').waitFor()
      await page.keyboard.type(letters)
      await page.keyboard.press('Enter')
    }
    const saved = page.getByText('Saved', { exact: true })
    await saved.waitFor()
    await page.route('**/workflows/edit', (route) => route.fulfill({ status: 503, body: '' }), { times: 1 })
    await add('Wait')
    await page.getByText('It is kept in this browser').waitFor()
    await saved.waitFor()
    await idsAre('wait1')

    // what somebody else saves is shown at once where nothing is being written …
    const others = shop.manager.client.workflows
    const put = async (id: string) => {
      const { revision } = await others.get({ workflowId })
      await others.edit({ workflowId, revision, draft: { triggers: [manual], steps: [{ ...waiting, id }] } })
    }
    await put('theirs')
    await page.locator('#step-theirs').waitFor()
    // … and is asked about where something is
    await page.route('**/workflows/edit', (route) => route.fulfill({ status: 503, body: '' }), { times: 1 })
    await add('Open')
    await page.getByText('It is kept in this browser').waitFor()
    await put('another')
    await page.getByText('Somebody else has changed this draft').waitFor()
    await page.getByRole('button', { name: 'Keep mine' }).click()
    await idsAre('theirs', 'open1')
    await saved.waitFor()
    await context.close()
  })
})
