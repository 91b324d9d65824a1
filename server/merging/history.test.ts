import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenWorkspace } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

test('the history keeps who, when, what was chosen and what became of it, and finds it by anybody involved', async () => {
  const { owner, manager, agent } = await givenWorkspace(server)
  const { contacts, merging } = owner.client
  const made = []
  for (const n of [1, 2, 3, 4])
    made.push(
      await contacts.create({
        values: { firstName: `Ana${n}`, phone: `+3460000014${n}`, email: `ana${n}@example.com` },
      }),
    )
  const [a, b, c, d] = made.map(({ id }) => id) as [number, number, number, number]
  const one = await merging.merge({ contactIds: [a, b], picks: { phone: b } })
  const two = await manager.client.merging.merge({ contactIds: [c, d] })
  await manager.client.merging.undo({ mergeId: two.mergeId })

  const { items } = await merging.history({})
  expect(items.map(({ id }) => id)).toEqual([two.mergeId, one.mergeId])
  expect(items[0]).toMatchObject({ by: 'Mario Gerente', state: 'undone', undoneBy: 'Mario Gerente', survivorId: c })
  expect(items[1]).toMatchObject({
    by: 'Olga Dueñas',
    state: 'merged',
    survivorName: 'Ana1',
    survivor: { id: a, phone: '+34 600 00 01 42' },
    absorbed: [{ contactId: b, displayName: 'Ana2' }],
    discarded: [
      { field: 'firstName', from: ['Ana2'], to: 'Ana1' },
      { field: 'email', from: ['ana2@example.com'], to: 'ana1@example.com' },
      { field: 'phone', from: ['+34 600 00 01 41'], to: '+34 600 00 01 42' },
    ],
    final: false,
  })
  const found = async (input: Parameters<typeof merging.history>[0]) =>
    (await merging.history(input)).items.map(({ id }) => id)
  expect(await found({ q: 'ana2@example' })).toEqual([one.mergeId])
  expect(await found({ q: '600 000 144' })).toEqual([two.mergeId])
  expect(await found({ contactId: d })).toEqual([two.mergeId])
  expect(await found({ memberId: owner.memberId })).toEqual([one.mergeId])
  expect(await found({ state: 'undone' })).toEqual([two.mergeId])
  const page = await merging.history({ limit: 1 })
  expect(await found({ limit: 1, cursor: page.next })).toEqual([one.mergeId])
  expect(await merging.counts()).toEqual({ merges: 2 })
  await expect(agent.client.merging.history({})).rejects.toMatchObject({ code: 'FORBIDDEN' })
})
