import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { startCustomDouble, type CustomDouble } from '../server/testing/custom-double.ts'
import type { GivenMember, GivenWorkspace } from '../server/testing/given.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { closeBrowser, openBrowser, type Look } from './browser.ts'

/** What the journeys of one file go through. */
interface Journeys<Shop> {
  readonly server: TestServer
  /** What a custom channel talks to. */
  readonly integrator: CustomDouble
  /** Another for each journey. */
  readonly shop: Shop
  /** A page of the shop, `/contacts`, as its owner or somebody else sees it, in English; closed when the journey ends. */
  readonly open: (
    path: string,
    who?: GivenMember,
    look?: Look,
  ) => Promise<Pick<Awaited<ReturnType<typeof openBrowser>>, 'page' | 'faults'>>
}

/** A server for the journeys of a file, and a shop for each. `work: false`: jobs are done when a journey says so. */
export function journeys<Shop extends GivenWorkspace>(
  given: (server: TestServer, integrator: CustomDouble) => Promise<Shop>,
  { work = true }: { work?: boolean } = {},
): Journeys<Shop> {
  let server: TestServer
  let integrator: CustomDouble
  let shop: Shop
  const ends: (() => Promise<void>)[] = []
  beforeAll(async () => {
    integrator = await startCustomDouble()
    server = await startTestServer({ work })
  })
  beforeEach(async () => {
    shop = await given(server, integrator)
  })
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end()
  })
  afterAll(async () => {
    await closeBrowser()
    await server.close()
    await integrator.close()
  })
  return {
    get server() {
      return server
    },
    get integrator() {
      return integrator
    },
    get shop() {
      return shop
    },
    async open(path, who = shop.owner, look = {}) {
      const { page, faults, context } = await openBrowser(server.url, who.cookie, { language: 'en', ...look })
      ends.push(() => context.close())
      await page.goto(`/w/${shop.id}${path}`)
      return { page, faults }
    },
  }
}
