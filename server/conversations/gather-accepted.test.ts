import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { findSeen } from './find-seen.ts'
import { gatherAccepted } from './gather-accepted.ts'
import type { Accepted } from './record-accepted.ts'
import { givenShop, type Shop } from './testing.ts'

let server: TestServer
let double: CustomDouble
let shop: Shop

beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer({ work: false })
})
beforeEach(async () => {
  shop = await givenShop(server, double)
})
afterAll(async () => {
  await server.close()
  await double.close()
})

/** Messages to as many people, all on their way. */
async function givenUnderway(count: number): Promise<Accepted[]> {
  const { client } = shop.owner
  for (let at = 0; at < count; at++) await shop.hear(`+3460000${1000 + at}`, 'hola')
  const { items } = await client.conversations.list({ view: 'all', limit: 50 })
  for (const { contactId } of items)
    await client.conversations.send({ contactId, body: { type: 'text', text: 'dígame' } })
  const rows = await server.deps.db.selectFrom('delivery').selectAll().where('workspace_id', '=', shop.id).execute()
  expect(rows).toHaveLength(count)
  return rows.map((row) => ({
    delivery: {
      workspaceId: row.workspace_id,
      messageId: row.message_id,
      contactId: row.contact_id,
      channelId: row.channel_id,
      contactChannelId: row.contact_channel_id,
      attempts: row.attempts,
      queuedAt: row.queued_at,
    },
    extId: `id ${row.message_id}`,
  }))
}
async function statusOf({ delivery: { contactId, messageId } }: Accepted): Promise<string | undefined> {
  return (await shop.messages(contactId)).find(({ id }) => id === messageId)?.status
}

test('what is taken at once is each sent, and known by the provider’s name for it', async () => {
  const accepted = await givenUnderway(12)
  const gathering = gatherAccepted(server.deps)
  await Promise.all(accepted.map((one) => gathering.write(one)))
  for (const one of accepted) {
    expect(await statusOf(one)).toBe('sent')
    const { messageId, contactId } = one.delivery
    expect(await findSeen(server.deps.db, one.delivery, one.extId)).toEqual({ messageId, contactId })
  }
})

test('what cannot be written, or belongs to nobody any more, holds back none of the others', async () => {
  const [bad, gone, ...others] = await givenUnderway(6)
  await server.deps.db
    .deleteFrom('message')
    .where('workspace_id', '=', shop.id)
    .where('id', '=', gone!.delivery.messageId)
    .execute()
  const gathering = gatherAccepted(server.deps)
  const outcomes = await Promise.allSettled([
    ...others.slice(0, 2).map((one) => gathering.write(one)),
    // no database keeps such a name
    gathering.write({ ...bad!, extId: 'id \u0000' }),
    gathering.write(gone!),
    ...others.slice(2).map((one) => gathering.write(one)),
  ])
  expect(outcomes.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ])
  for (const one of others) expect(await statusOf(one)).toBe('sent')
  expect(await statusOf(bad!)).toBe('queued')
  // once it can be, it is
  await gathering.write(bad!)
  expect(await statusOf(bad!)).toBe('sent')
})
