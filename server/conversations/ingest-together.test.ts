import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { givenShop, textEvent, words, type Shop } from './testing.ts'

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

interface Call {
  readonly from: string
  readonly event: ReturnType<typeof textEvent>
  readonly contact?: object
}

const phone = (person: number) => `+3460000010${person}`
const people = [0, 1, 2, 3, 4, 5, 6, 7]

/** Everybody but the last is known; one is closed, one snoozed, one blocked, one looked after, two are merged. */
async function givenPeople(shop: Shop): Promise<Map<number, number>> {
  const { conversations, blocking, merging } = shop.owner.client
  for (const person of people.slice(0, -1))
    await shop.hear(phone(person), `soy ${person}`, { firstName: `Ana ${person}`, phone: phone(person) })
  const contacts = await contactsOf(shop)
  const idOf = (person: number) => contacts.get(person)!
  await conversations.close({ contactId: idOf(1) })
  await conversations.snooze({ contactId: idOf(2), until: new Date(Date.now() + 3_600_000).toISOString() })
  await blocking.block({ contactId: idOf(3) })
  await conversations.assign({ contactId: idOf(4), memberId: shop.agent.memberId })
  await merging.merge({ contactIds: [idOf(5), idOf(6)], survivorId: idOf(5) })
  return contacts
}

async function contactsOf({ id }: Shop): Promise<Map<number, number>> {
  const rows = await server.deps.db
    .selectFrom('contact_channel')
    .select(['address', 'contact_id'])
    .where('workspace_id', '=', id)
    .execute()
  return new Map(rows.map(({ address, contact_id }) => [Number(address.at(-1)), contact_id]))
}

/** Many messages of all of them, some delivered twice, some with news of the person, in an order that mixes them. */
function callsOf(): Call[] {
  const calls: Call[] = []
  for (let at = 0; at < 120; at += 1) {
    const person = people[(at * 5 + Math.floor(at / 7)) % people.length]!
    const named = at % 13 === 5 ? { firstName: `Ana ${person}-${at}` } : { firstName: `Ana ${person}` }
    const call = { from: phone(person), event: textEvent(`${person} dice ${at}`), contact: named }
    calls.push(call)
    if (at % 11 === 3) calls.push(call)
  }
  return calls
}

const post = async (shop: Shop, { from, event, contact }: Call) =>
  expect(await shop.post(from, [event], contact)).toBe(200)

/** All that the messages have led to, in words that do not depend on numbers and times. */
async function tale(shop: Shop, contacts: ReadonlyMap<number, number>) {
  const { client } = shop.owner
  const db = server.deps.db
  const shown = [...contacts].toSorted(([a], [b]) => a - b)
  const threads = []
  for (const [person, contactId] of shown) {
    const { fields, profileName } = await client.contacts.get({ contactId })
    const state = await db
      .selectFrom('contact_state')
      .leftJoin('conversation', (join) =>
        join
          .onRef('conversation.workspace_id', '=', 'contact_state.workspace_id')
          .onRef('conversation.id', '=', 'contact_state.conversation_id'),
      )
      .select(['contact_state.status', 'conversation.incoming', 'conversation.outgoing', 'conversation.opened_source'])
      .where('contact_state.workspace_id', '=', shop.id)
      .where('contact_state.contact_id', '=', contactId)
      .executeTakeFirst()
    const said = words(await shop.messages(contactId))
    threads.push({ person, said, name: [fields.firstName.value, profileName], state })
  }
  const count = async (table: 'held_message' | 'message_seen' | 'active_contact') =>
    (await db.selectFrom(table).select('workspace_id').where('workspace_id', '=', shop.id).execute()).length
  const activity = await db
    .selectFrom('activity')
    .select(['kind', 'actor_type'])
    .where('workspace_id', '=', shop.id)
    .execute()
  const { items: news } = await shop.agent.client.notifications.list({})
  return {
    threads,
    counts: [await count('held_message'), await count('message_seen'), await count('active_contact')],
    activity: activity.map(({ kind, actor_type }) => `${kind} by ${actor_type}`).toSorted(),
    news: news.map((one) => ({ kind: one.kind, messages: 'messages' in one ? one.messages : null })),
  }
}

test('messages that pour in lead to the same as each taken in by itself: threads, states, names, counts, notices', async () => {
  const [pouring, dripping] = [await givenShop(server, double), await givenShop(server, double)]
  const calls = callsOf()
  await givenPeople(pouring)
  for (const call of calls) await post(pouring, call)
  await pouring.ingest()

  await givenPeople(dripping)
  for (const call of calls) {
    await post(dripping, call)
    await dripping.ingest()
  }
  const [poured, dripped] = [
    await tale(pouring, await contactsOf(pouring)),
    await tale(dripping, await contactsOf(dripping)),
  ]
  expect(poured).toEqual(dripped)
  // but for who is blocked
  expect(poured.threads.filter(({ said }) => said.length > 1)).toHaveLength(people.length - 1)
})
