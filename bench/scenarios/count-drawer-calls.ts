import type { Page } from 'playwright-core'
import { setTimeout as wait } from 'node:timers/promises'
import { noBrowser, openBrowser } from '../../e2e/browser.ts'
import type { Stage } from '../stage/open-stage.ts'

/**
 * Opens a record in a browser, from the list of contacts, where nothing of it has been fetched yet: how many calls did that
 * make until all was quiet? Null without a browser.
 */
export async function countDrawerCalls(stage: Stage): Promise<number | null> {
  if (noBrowser !== undefined) {
    console.log(`drawer round trips are left out: ${noBrowser}`)
    return null
  }
  const { page, context } = await openBrowser(stage.url, stage.headers.cookie, { language: 'en' })
  context.setDefaultTimeout(60_000)
  try {
    const calls = countCalls(page)
    await page.goto(`/w/${stage.workspaceId}/contacts`)
    const row = page.getByRole('list', { name: 'Contacts' }).getByRole('listitem').first()
    await row.waitFor()
    await calls.quiet()
    const before = calls.made.length
    await row.click()
    await page.getByRole('complementary', { name: 'Contact details' }).getByText('Phone', { exact: true }).waitFor()
    await calls.quiet()
    const made = calls.made.slice(before)
    console.log(`opening the drawer called ${made.join(', ')}`)
    return made.length
  } finally {
    await context.close()
  }
}

/** Calls to the server, but for the live stream, which is open all the time. */
function countCalls(page: Page) {
  const made: string[] = []
  let underway = 0
  let last = performance.now()
  const isCall = (url: string) => url.includes('/rpc/') && !url.includes('/rpc/live/')
  const end = (request: { url(): string }) => {
    if (!isCall(request.url())) return
    underway -= 1
    last = performance.now()
  }
  page.on('request', (request) => {
    if (!isCall(request.url())) return
    underway += 1
    made.push(new URL(request.url()).pathname.replace('/rpc/', ''))
  })
  page.on('requestfinished', end)
  page.on('requestfailed', end)
  return {
    made,
    /** Until for two seconds nothing was asked or outstanding. */
    async quiet() {
      do await wait(100)
      while (underway > 0 || performance.now() - last < 2000)
    },
  }
}
