import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenWorkspace } from '../server/testing/given.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { unless } from '../server/testing/unless.ts'
import { endsOf, givenWorkflow, waiting } from '../server/workflows/testing.ts'
import { closeBrowser, noBrowser, openBrowser } from './browser.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'
import { looks } from './looks.ts'

describe('who is in a workflow', unless(noBrowser), () => {
  let server: TestServer

  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(async () => {
    await closeBrowser()
    await server.close()
  })

  async function given() {
    const shop = await givenWorkspace(server)
    const { client } = shop.owner
    const { id: tagId } = await client.tags.create({ name: 'VIP' })
    const workflowId = await givenWorkflow(
      client,
      { triggers: [{ kind: 'manual' }], steps: [{ id: 'tag1', kind: 'tag', add: [tagId] }, waiting] },
      'Cuidado',
    )
    const { id: contactId } = await client.contacts.create({ values: { firstName: 'Rosa', lastName: 'Prats' } })
    return { shop, client, workflowId, contactId }
  }

  test('is seen in the record and on the page, with each step; an agent starts it, both take people out', async () => {
    const { shop, client, workflowId, contactId } = await given()
    const agent = await openBrowser(server.url, shop.agent.cookie, { language: 'en' })
    await agent.page.goto(`/w/${shop.id}/inbox/${contactId}?drawer=open`)
    const flows = agent.page.getByRole('region', { name: 'Workflows' })
    await flows.getByText('In none at the moment').waitFor()
    await flows.getByRole('button', { name: 'Start a workflow' }).click()
    await agent.page.getByRole('menuitem', { name: 'Cuidado' }).click()
    await flows.getByText(/^Waits until/).waitFor()
    expect(await findViolations(agent.page)).toEqual([])

    const { page, faults, context } = await openBrowser(server.url, shop.manager.cookie, { language: 'en' })
    await page.goto(`/w/${shop.id}/workflows`)
    await page.getByText('1 in it').waitFor()
    await page.getByRole('link', { name: 'Cuidado' }).click()
    await page.getByRole('radio', { name: /^Runs/ }).click()
    await page.getByRole('button', { name: /^Rosa Prats/ }).click()
    const told = page.getByRole('list', { name: 'What happened' })
    await told.getByText('+ VIP').waitFor()
    await told.getByText('3 days').waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Stop it for Rosa Prats' }).click()
    await page.getByText('Stopped by Mario').first().waitFor()
    // whoever looks at the record sees it
    await flows.getByText('In none at the moment').waitFor()
    await flows.getByRole('button', { name: 'Show earlier ones' }).click()
    await flows.getByRole('button', { name: /^Cuidado/ }).click()
    const dialog = agent.page.getByRole('dialog', { name: 'Cuidado' })
    await dialog.getByText('Done', { exact: true }).waitFor()
    expect(await findViolations(agent.page)).toEqual([])
    await agent.page.keyboard.press('Escape')

    await client.workflows.start({ contactId, workflowId })
    await flows.getByRole('button', { name: 'Stop Cuidado for this contact' }).click()
    await flows.getByText(/^Stopped by Ana/).waitFor()
    expect(await endsOf(client, contactId, 2)).toEqual(['stopped', 'stopped'])
    await page.getByRole('button', { name: 'Stop all…' }).waitFor({ state: 'detached' })
    expect([...faults, ...agent.faults]).toEqual([])
    await agent.context.close()
    await context.close()
  })

  for (const look of looks(
    { language: 'en', theme: 'light', width: 1440 },
    { language: 'es', theme: 'dark', width: 360 },
  ))
    test(`is told before a block that it ends (${look.language}, ${look.theme}, ${look.width})`, async () => {
      const { shop, client, workflowId, contactId } = await given()
      await client.workflows.start({ contactId, workflowId })
      await endsOf(client, contactId)
      const { page, faults, context } = await openBrowser(server.url, shop.owner.cookie, look)
      await page.goto(`/w/${shop.id}/workflows/${workflowId}?tab=runs`)
      await page.getByRole('button', { name: /^Rosa Prats/ }).click()
      await page.getByText('+ VIP').waitFor()
      // with a state as long as a date beside it
      const name = page.getByRole('button', { name: /^Rosa Prats/ }).getByText('Rosa Prats', { exact: true })
      expect((await name.boundingBox())?.width).toBeGreaterThan(60)
      expect(await findViolations(page)).toEqual([])
      expect(await fits(page)).toBe(true)
      await page.goto(`/w/${shop.id}/contacts/${contactId}`)
      await page
        .getByRole('region', { name: /Flujos|Workflows/ })
        .getByText('Cuidado')
        .waitFor()
      await page.getByRole('button', { name: /^(More actions|Más acciones)/ }).click()
      await page.getByRole('menuitem', { name: /^(Block|Bloquear)/ }).click()
      await page.getByText(/(It stops when you block|Se detiene cuando bloquees)/).waitFor()
      expect(await findViolations(page)).toEqual([])
      expect(await fits(page)).toBe(true)
      expect(faults).toEqual([])
      await context.close()
    })
})
