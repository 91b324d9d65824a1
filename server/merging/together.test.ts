import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenCrowd, type Crowd } from '../duplicates/testing.ts'
import { brokenLaws } from '../testing/merge-laws.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
let crowd: Crowd

beforeAll(async () => {
  server = await startTestServer({ work: false })
  crowd = await givenCrowd(server)
})
afterAll(() => server.close())

const phone = '+34600000142'
const outcomeOf = (act: Promise<unknown>) =>
  act.then(
    () => 'done',
    (error: { code: string }) => error.code,
  )

test('of two people who merge overlapping pairs at once one wins and the other is told; never half a merge', async () => {
  for (let round = 0; round < 15; round++) {
    const a = await crowd.add({ firstName: 'Lucía', phone })
    const b = await crowd.add({ firstName: 'Lucía', phone })
    const c = await crowd.add({ firstName: 'Lucía', phone })
    const [one, other] = [crowd.owner.client.merging, crowd.manager.client.merging]
    const plans = await Promise.all([one.plan({ contactIds: [a, b] }), other.plan({ contactIds: [b, c] })])
    const outcomes = await Promise.all([
      outcomeOf(one.merge({ contactIds: [a, b], fingerprint: plans[0].fingerprint })),
      outcomeOf(other.merge({ contactIds: [b, c], fingerprint: plans[1].fingerprint })),
    ])
    expect(outcomes.toSorted((x, y) => (x < y ? -1 : 1))).toEqual(['OUTDATED', 'done'])
    const roots = await Promise.all(
      [a, b, c].map(async (contactId) => (await crowd.owner.client.contacts.get({ contactId })).id),
    )
    expect(roots).toEqual(outcomes[0] === 'done' ? [a, a, c] : [a, b, b])
    expect(await brokenLaws(server.deps, crowd.id)).toEqual([])
  }
})

test('two people who merge the same pair at once have merged it once', async () => {
  const a = await crowd.add({ firstName: 'Jorge', phone })
  const b = await crowd.add({ firstName: 'Jorge', phone })
  const contactIds = [a, b]
  const outcomes = await Promise.all(
    [crowd.owner, crowd.manager].map(({ client }) => outcomeOf(client.merging.merge({ contactIds }))),
  )
  expect(outcomes.toSorted((x, y) => (x < y ? 1 : -1))).toEqual(['done', 'CONFLICT'])
  expect((await crowd.owner.client.merging.history({ contactId: a })).items).toHaveLength(1)
})

test('a pair that is told apart or edited while it is being compared is not merged as it was', async () => {
  const a = await crowd.add({ firstName: 'Rosa', phone })
  const b = await crowd.add({ firstName: 'Rosa', phone })
  const { merging, contacts, duplicates } = crowd.owner.client
  const plan = await merging.plan({ contactIds: [a, b] })
  await duplicates.dismiss({ a, b })
  expect(await outcomeOf(merging.merge({ contactIds: [a, b], fingerprint: plan.fingerprint }))).toBe('OUTDATED')
  const again = await merging.plan({ contactIds: [a, b] })
  await contacts.update({ contactId: b, values: { firstName: 'Rosa María' } })
  expect(await outcomeOf(merging.merge({ contactIds: [a, b], fingerprint: again.fingerprint }))).toBe('OUTDATED')
})
