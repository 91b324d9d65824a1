import { afterAll, beforeAll, expect, test } from 'vitest'
import { filtersAgree } from '../../testing/filter-law.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'
import { momentIn, todayIn } from './local-moment.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ work: false })
})
afterAll(() => server.close())

test('a filter finds by SQL whom it finds by hand, and no index hides anybody from it', async () => {
  expect(await filtersAgree(server, 2, 150)).toBeGreaterThan(200)
})

test('a day begins when it does where the workspace is, also where clocks change', () => {
  const at = (zone: string, wall: string) => new Date(momentIn(zone, Date.parse(`${wall}Z`))).toISOString()
  expect(at('Europe/Madrid', '2026-03-29T00:00')).toBe('2026-03-28T23:00:00.000Z')
  expect(at('Europe/Madrid', '2026-03-30T00:00')).toBe('2026-03-29T22:00:00.000Z')
  // never shown: the moment at which clocks are put forward
  expect(at('Europe/Madrid', '2026-03-29T02:30')).toBe('2026-03-29T01:00:00.000Z')
  // shown twice: the first time
  expect(at('Europe/Madrid', '2026-10-25T02:30')).toBe('2026-10-25T00:30:00.000Z')
  expect(at('Asia/Kolkata', '2026-05-03T00:00')).toBe('2026-05-02T18:30:00.000Z')
  expect(new Date(todayIn('Pacific/Apia', new Date('2026-05-03T12:00:00Z'))).toISOString()).toBe(
    '2026-05-04T00:00:00.000Z',
  )
})
