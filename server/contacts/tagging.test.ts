import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { LiveEvent } from '#contract/live.ts'
import { makeTestToken } from '../members/testing.ts'
import { connectClient, type Client } from '../testing/client.ts'
import { givenMember, givenWorkspace, type GivenMember } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { waitFor } from '../testing/wait-for.ts'

let server: TestServer
let shop: { id: number; owner: GivenMember; manager: GivenMember; agent: GivenMember }
let contacts: Client['contacts']
let contactId: number

beforeAll(async () => {
  server = await startTestServer({ work: false })
})
beforeEach(async () => {
  shop = await givenWorkspace(server)
  contacts = shop.owner.client.contacts
  contactId = (await contacts.create({ values: { firstName: 'Luz' } })).id
})
afterAll(() => server.close())

const refusalOf = (act: Promise<unknown>) =>
  act.then(
    () => null,
    (error: unknown) => error,
  )
const namesOf = ({ tags }: { tags: readonly { name: string }[] }) => tags.map(({ name }) => name)
const activity = async () => {
  const rows = await server.deps.db
    .selectFrom('activity')
    .select(['kind', 'actor_type', 'actor_id', 'data'])
    .where('workspace_id', '=', shop.id)
    .where('contact_id', '=', contactId)
    .where('kind', 'in', ['tagAdded', 'tagRemoved'])
    .orderBy('id')
    .execute()
  return rows.map(({ kind, actor_type, actor_id, data }) => [
    kind,
    actor_type,
    actor_id,
    (data as { name: string }).name,
  ])
}

describe('the tags of a contact', () => {
  test('stand in its record and in the list, in the order in which they were put on', async () => {
    const tagged = await contacts.tag({ contactId, names: ['VIP', 'Entrega pendiente'] })
    const again = await contacts.tag({ contactId, names: ['Archivo'] })
    expect(namesOf(tagged)).toEqual(['VIP', 'Entrega pendiente'])
    expect(namesOf(again)).toEqual(['VIP', 'Entrega pendiente', 'Archivo'])
    expect(await contacts.get({ contactId })).toEqual(again)
    const { items } = await contacts.list({})
    expect(items[0]!.tags).toEqual(again.tags)
    expect(again.tags[0]).toEqual({ id: expect.any(Number), name: 'VIP', colour: expect.any(String), emoji: null })
  })

  test('are put on several at once, those that exist and those that are made in doing so', async () => {
    const { client } = shop.agent
    const { id } = await client.tags.create({ name: 'VIP' })
    const tagged = await client.contacts.tag({ contactId, tagIds: [id, id], names: ['vip', 'Nueva', 'NUEVA'] })
    expect(namesOf(tagged)).toEqual(['VIP', 'Nueva'])
    expect((await client.tags.list()).items).toHaveLength(2)
  })

  test('put on or taken off again stay as they are: one entry, one version', async () => {
    const { version } = await contacts.get({ contactId })
    const tagged = await contacts.tag({ contactId, names: ['VIP'] })
    expect(tagged.version).toBe(version + 1)
    expect(await contacts.tag({ contactId, names: ['VIP'] })).toEqual(tagged)
    const tagIds = tagged.tags.map(({ id }) => id)
    const untagged = await contacts.untag({ contactId, tagIds })
    expect(untagged).toMatchObject({ tags: [], version: version + 2 })
    expect(await contacts.untag({ contactId, tagIds })).toEqual(untagged)
    const by = shop.owner.memberId
    expect(await activity()).toEqual([
      ['tagAdded', 'member', by, 'VIP'],
      ['tagRemoved', 'member', by, 'VIP'],
    ])
  })

  test('are taken off this contact alone', async () => {
    const other = await contacts.create({ values: { firstName: 'Ana' } })
    await contacts.tag({ contactId: other.id, names: ['VIP'] })
    const { tags } = await contacts.tag({ contactId, names: ['VIP', 'Socia'] })
    expect(namesOf(await contacts.untag({ contactId, tagIds: [tags[0]!.id] }))).toEqual(['Socia'])
    expect(namesOf(await contacts.get({ contactId: other.id }))).toEqual(['VIP'])
    expect((await shop.owner.client.tags.list()).items).toMatchObject([
      { name: 'Socia', contacts: 1 },
      { name: 'VIP', contacts: 1 },
    ])
  })

  test('put on by two people at once are all there', async () => {
    const people = [shop.owner, shop.manager, shop.agent]
    await Promise.all(
      people.flatMap(({ client }, at) => [
        client.contacts.tag({ contactId, names: [`De ${at}`] }),
        client.contacts.tag({ contactId, names: ['De todos'] }),
      ]),
    )
    expect(namesOf(await contacts.get({ contactId })).toSorted()).toEqual(['De 0', 'De 1', 'De 2', 'De todos'])
    expect((await shop.owner.client.tags.list()).items).toHaveLength(4)
    expect(await activity()).toHaveLength(4)
  })

  test('are at most a hundred', async () => {
    const names = Array.from({ length: 100 }, (_, at) => `Etiqueta ${at}`)
    for (let at = 0; at < names.length; at += 20) await contacts.tag({ contactId, names: names.slice(at, at + 20) })
    expect(await refusalOf(contacts.tag({ contactId, names: ['Una más'] }))).toMatchObject({
      code: 'CONFLICT',
      data: { reason: 'too-many-tags' },
    })
    // what was refused made no tag either
    expect((await shop.owner.client.tags.list()).items).toHaveLength(100)
    expect(namesOf(await contacts.tag({ contactId, names: ['etiqueta 3'] }))).toHaveLength(100)
  })

  test('are an agent’s to change only where they see the contact', async () => {
    const narrowed = await givenMember(server, shop.id, { role: 'agent', restrictions: ['onlyMine'] })
    const act = () => narrowed.client.contacts.tag({ contactId, names: ['Mía'] })
    expect(await refusalOf(act())).toMatchObject({ code: 'NOT_FOUND' })
    expect((await shop.owner.client.tags.list()).items).toEqual([])
    await shop.owner.client.conversations.assign({ contactId, memberId: narrowed.memberId })
    expect(namesOf(await act())).toEqual(['Mía'])
  })

  test('put on with a token say so', async () => {
    const token = await makeTestToken(server.deps, shop.owner)
    const api = connectClient(server.url, { authorization: `Bearer ${token}` })
    await api.contacts.tag({ contactId, names: ['De fuera'] })
    expect(await activity()).toEqual([['tagAdded', 'api', shop.owner.memberId, 'De fuera']])
  })

  test('of another workspace are not there', async () => {
    const elsewhere = await givenWorkspace(server)
    await server.deps.numbers.next(elsewhere.id, 'tag', 1000)
    const { id } = await elsewhere.owner.client.tags.create({ name: 'Suya' })
    for (const act of [contacts.tag, contacts.untag])
      expect(await refusalOf(act({ contactId, tagIds: [id] }))).toMatchObject({ code: 'NOT_FOUND' })
  })
})

test('everybody who sees the contact hears of it, and everybody of a new tag', async () => {
  const heard: LiveEvent[] = []
  const stop = server.deps.live.watch({
    workspaceId: shop.id,
    access: () => ({ memberId: shop.manager.memberId, role: 'manager', restrictions: [], teamId: null }),
    // the news of the contact's making may still be on its way
    send: (event) => void ((event.type !== 'contact' || event.cause !== 'created') && heard.push(event)),
    end: () => undefined,
  })
  const { tags } = await contacts.tag({ contactId, names: ['VIP'] })
  await contacts.untag({ contactId, tagIds: tags.map(({ id }) => id) })
  const memberId = shop.owner.memberId
  const expected = [
    { type: 'ready' },
    { type: 'tags' },
    { type: 'contact', contactId, cause: 'tagged', memberId },
    { type: 'contact', contactId, cause: 'untagged', memberId },
  ]
  await waitFor('the news', () => heard.length >= expected.length)
  expect(heard).toEqual(expected)
  stop()
})
