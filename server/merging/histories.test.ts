import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { histories, findDifference } from '../testing/merge-story.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

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

test('whatever was merged, undone, edited and heard, everybody has exactly what is theirs', async () => {
  await fc.assert(
    fc.asyncProperty(histories({ min: 15, max: 40 }), async (steps) => {
      expect(await findDifference(server, double, steps)).toBeNull()
    }),
    { seed: 20_261_127, numRuns: 8, interruptAfterTimeLimit: 160_000, markInterruptAsFailure: true },
  )
})
