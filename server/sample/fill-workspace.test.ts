import { expect, test } from 'vitest'
import { releaseHeld } from '../conversations/release-held.ts'
import { givenCrowd } from '../duplicates/testing.ts'
import { brokenLaws } from '../testing/merge-laws.ts'
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
    // and a workflow that can be started for anybody
    const flows = await crowd.owner.client.workflows.list()
    expect(flows.items.map(({ name, state }) => [name, state])).toEqual([
      ['Bienvenida', 'draft'],
      ['Después de la revisión', 'published'],
    ])
    const [welcome] = flows.items
    expect((await crowd.owner.client.workflows.get({ workflowId: welcome!.id })).problems).toEqual([])
    // and somebody who is blocked, whose messages can be shown as those of anybody
    const [blocked] = (await crowd.owner.client.blocking.list({})).items
    expect(blocked).toMatchObject({ contact: { displayName: 'Promo Ganga 24h' }, block: { reason: 'Spam', kept: 3 } })
    const { id: contactId } = blocked!.contact
    await crowd.owner.client.blocking.unblock({ contactId, showHeld: true })
    await releaseHeld(server.deps, { workspaceId: crowd.id }, new AbortController().signal)
    const { items: thread } = await crowd.owner.client.conversations.thread({ contactId })
    expect(thread.filter(({ type }) => type === 'message')).toHaveLength(5)
    expect(await brokenLaws(server.deps, crowd.id)).toEqual([])
  } finally {
    await server.close()
  }
})
