import { get } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenShop, type Shop } from '../server/conversations/testing.ts'
import { startCustomDouble, type CustomDouble } from '../server/testing/custom-double.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { unless } from '../server/testing/unless.ts'
import { closeBrowser, noBrowser, openBrowser } from './browser.ts'

const kilobyte = 1000

/** Bytes on the way when only gzip is understood; browsers take something smaller where the way is encrypted. */
const compressedSize = (url: string) =>
  new Promise<number>((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'gzip' } }, (answer) => {
      let bytes = 0
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      answer.once('end', () => resolve(bytes)).once('error', reject)
    }).once('error', reject)
  })

describe('whoever opens the Inbox for the first time', unless(noBrowser), () => {
  let server: TestServer
  let integrator: CustomDouble
  let shop: Shop

  beforeAll(async () => {
    integrator = await startCustomDouble()
    server = await startTestServer()
    shop = await givenShop(server, integrator)
  })
  afterAll(async () => {
    await closeBrowser()
    await server.close()
    await integrator.close()
  })

  test.each(['es', 'en'] as const)('loads at most 250 kB of script, compressed: %s', async (language) => {
    await shop.hear('+34600000101', '¿Tenéis mesas?', { firstName: 'Rosa', lastName: 'Prats' })
    const { page, context, faults } = await openBrowser(server.url, shop.owner.cookie, { language })
    await page.goto(`/w/${shop.id}/inbox?view=all`)
    await page.locator('a[data-contact]').first().waitFor()
    const scripts = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => name)
        .filter((name) => new URL(name).pathname.endsWith('.js')),
    )
    const sizes = await Promise.all(scripts.map(compressedSize))
    expect(sizes.length).toBeGreaterThan(5)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(250 * kilobyte)
    expect(faults).toEqual([])
    await context.close()
  })
})
