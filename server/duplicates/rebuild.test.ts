import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findStaleSuggestion, suggestionStories } from '../testing/suggestion-story.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ work: false })
})
afterAll(() => server.close())

test('what is suggested step by step is what comparing everybody anew suggests', async () => {
  await fc.assert(
    fc.asyncProperty(suggestionStories({ min: 10, max: 30 }), async (steps) => {
      expect(await findStaleSuggestion(server, steps)).toBeNull()
    }),
    { seed: 20_261_127, numRuns: 12, interruptAfterTimeLimit: 100_000, markInterruptAsFailure: true },
  )
}, 120_000)
