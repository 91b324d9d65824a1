import { afterAll, beforeAll, expect, test } from 'vitest'
import { filtersAgree } from '../../testing/filter-law.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ work: false })
})
afterAll(() => server.close())

test('ten thousand filters find by SQL whom they find by hand, each among twenty people', async () => {
  expect(await filtersAgree(server, 22, 500)).toBeGreaterThanOrEqual(10_000)
}, 600_000)
