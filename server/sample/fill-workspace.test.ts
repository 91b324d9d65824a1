import { expect, test } from 'vitest'
import { givenCrowd } from '../duplicates/testing.ts'
import { startTestServer } from '../testing/test-server.ts'
import { fillWorkspace } from './fill-workspace.ts'

test('the sample company has somebody who is certainly there twice, somebody who probably is, and somebody who may be', async () => {
  const server = await startTestServer({ work: false })
  try {
    const crowd = await givenCrowd(server)
    await fillWorkspace(server.deps, crowd.id)
    await crowd.compare()
    const { items } = await crowd.owner.client.duplicates.list({ tiers: ['A', 'B', 'C'] })
    const sides = items.map(({ tier, a, b }) => [tier, ...[a.displayName, b.displayName].map(String).toSorted()])
    expect(sides).toEqual([
      ['A', 'Lucía Herrera', 'Lucía Herrera Campos'],
      ['B', '+57 300 1234567', 'Valentina Ospina'],
      ['C', 'Emily Carter', 'Mark Carter'],
    ])
  } finally {
    await server.close()
  }
})
