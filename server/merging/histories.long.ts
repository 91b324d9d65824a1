import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { findDifference, histories } from '../testing/merge-story.ts'
import { findStaleSuggestion, suggestionStories } from '../testing/suggestion-story.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

/**
 * The same histories for everybody, so that a change is judged by what it changes; with FICHA_SEED others. A failure is
 * shrunk to a short story as long as there is time for that.
 */
const patience = {
  seed: Number(process.env['FICHA_SEED'] ?? 20_261_127),
  interruptAfterTimeLimit: 1_500_000,
  markInterruptAsFailure: true,
}
const timeout = 1_800_000

let server: TestServer
let double: CustomDouble

beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer({ work: false })
})
afterAll(async () => {
  await server.close()
  await double.close()
})

test(
  'in five hundred long histories everybody ends with exactly what is theirs',
  async () => {
    await fc.assert(
      fc.asyncProperty(histories({ min: 20, max: 50 }), async (steps) => {
        expect(await findDifference(server, double, steps)).toBeNull()
      }),
      { numRuns: 500, ...patience },
    )
  },
  timeout,
)

test(
  'in a hundred and fifty more, what is suggested step by step is what comparing everybody anew suggests',
  async () => {
    await fc.assert(
      fc.asyncProperty(suggestionStories({ min: 20, max: 60 }), async (steps) => {
        expect(await findStaleSuggestion(server, steps)).toBeNull()
      }),
      { numRuns: 150, ...patience },
    )
  },
  timeout,
)
