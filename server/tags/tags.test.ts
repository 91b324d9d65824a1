import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Client } from '../testing/client.ts'
import { givenMember, givenWorkspace, type GivenMember } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
let shop: { id: number; owner: GivenMember; manager: GivenMember; agent: GivenMember }
let client: Client

beforeAll(async () => {
  server = await startTestServer({ work: false })
})
beforeEach(async () => {
  shop = await givenWorkspace(server)
  client = shop.owner.client
})
afterAll(() => server.close())

const refusalOf = (act: Promise<unknown>) =>
  act.then(
    () => null,
    (error: unknown) => error,
  )
const names = async () => (await client.tags.list()).items.map(({ name }) => name)
const givenContact = async (firstName: string, ...tagNames: string[]) => {
  const { id } = await client.contacts.create({ values: { firstName } })
  if (tagNames.length > 0) await client.contacts.tag({ contactId: id, names: tagNames })
  return id
}
const auditKinds = async () => {
  const rows = await server.deps.db
    .selectFrom('audit')
    .select(['kind', 'actor_id', 'data'])
    .where('workspace_id', '=', shop.id)
    .orderBy('id')
    .execute()
  return rows.map(({ kind, data }) => ({ kind, data }))
}

describe('a tag', () => {
  test('has a name, a colour, an emoji and a description; the list says how many contacts hold it', async () => {
    const made = await client.tags.create({
      name: ' Mayorista ',
      colour: 'teal',
      emoji: '📦',
      description: 'Compra mucho',
    })
    const expected = { name: 'Mayorista', colour: 'teal', emoji: '📦', description: 'Compra mucho' }
    expect(made).toEqual({ id: made.id, ...expected, contacts: 0 })
    await givenContact('Luz', 'mayorista')
    await givenContact('Ana', 'MAYORISTA')
    expect((await client.tags.list()).items).toEqual([{ id: made.id, ...expected, contacts: 2 }])
    expect(await client.tags.count({ tagId: made.id })).toEqual({ contacts: 2 })
  })

  test('gets a colour where nobody chose one, and neighbours get different ones', async () => {
    const made = await Promise.all(['Uno', 'Dos', 'Tres', 'Cuatro'].map((name) => client.tags.create({ name })))
    expect(new Set(made.map(({ colour }) => colour)).size).toBe(4)
  })

  test('is made by whoever tags, and managed by those who may change settings', async () => {
    const agent = shop.agent.client
    const { id: tagId } = await agent.tags.create({ name: 'De agente' })
    const limited = await givenMember(server, shop.id, { role: 'manager', restrictions: ['workspaceSettings'] })
    await limited.client.tags.create({ name: 'De gerente' })
    for (const { tags } of [agent, limited.client])
      for (const act of [
        () => tags.edit({ tagId, name: 'Otra' }),
        () => tags.merge({ tagId, intoId: tagId + 1 }),
        () => tags.remove({ tagId, contacts: 0 }),
        () => tags.count({ tagId }),
      ])
        expect(await refusalOf(act())).toMatchObject({ code: 'FORBIDDEN' })
    expect(await shop.manager.client.tags.edit({ tagId, name: 'De todos' })).toMatchObject({ name: 'De todos' })
  })

  test('is unique without regard to case; accents tell two apart', async () => {
    await client.tags.create({ name: 'Año nuevo' })
    for (const name of ['AÑO NUEVO', 'an\u0303o  nuevo', 'Año\u200b nuevo'])
      expect(await refusalOf(client.tags.create({ name }))).toMatchObject({
        code: 'CONFLICT',
        data: { reason: 'name-taken', field: 'name' },
      })
    await client.tags.create({ name: 'Ano nuevo' })
    expect(await names()).toEqual(['Ano nuevo', 'Año nuevo'])
  })

  test('of two who make the same one at once, one does', async () => {
    const tries = await Promise.allSettled(['Feria', 'FERIA'].map((name) => client.tags.create({ name })))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await names()).toHaveLength(1)
  })

  test('may spell its own name anew, but not take another’s', async () => {
    const { id: tagId } = await client.tags.create({ name: 'vip', emoji: '⭐' })
    await client.tags.create({ name: 'Socio' })
    expect(await client.tags.edit({ tagId, name: 'VIP', emoji: null })).toMatchObject({ name: 'VIP', emoji: null })
    expect(await refusalOf(client.tags.edit({ tagId, name: 'SOCIO' }))).toMatchObject({
      data: { reason: 'name-taken' },
    })
    expect(await names()).toEqual(['Socio', 'VIP'])
  })

  test.each(['x', 'dos 🙂', '🙂🙂', '<b>', ' '])('takes one emoji and nothing else: not %j', async (emoji) => {
    expect(await refusalOf(client.tags.create({ name: 'Con emoji', emoji }))).toMatchObject({ code: 'BAD_REQUEST' })
  })

  test.each(['👩‍💻', '❤', '❤️', '🇪🇸', '1️⃣', '👍🏽'])('takes %s', async (emoji) => {
    expect(await client.tags.create({ name: 'Con emoji', emoji })).toMatchObject({ emoji })
  })

  test('needs a name that can be seen', async () => {
    for (const name of ['', '  ', '\u200b\u2060', 'x'.repeat(101)])
      expect(await refusalOf(client.tags.create({ name }))).toMatchObject({ code: 'BAD_REQUEST' })
    expect((await client.tags.create({ name: 'x'.repeat(100) })).name).toHaveLength(100)
  })

  test('says nothing of how many hold it to whoever sees only some contacts', async () => {
    await givenContact('Luz', 'VIP')
    const narrowed = await givenMember(server, shop.id, { role: 'agent', restrictions: ['onlyMine'] })
    expect((await narrowed.client.tags.list()).items).toMatchObject([{ name: 'VIP', contacts: null }])
    expect((await shop.agent.client.tags.list()).items).toMatchObject([{ name: 'VIP', contacts: 1 }])
  })

  test('stands in the audit trail: made, edited, merged, removed', async () => {
    const { id: tagId } = await client.tags.create({ name: 'Uno' })
    const { id: intoId } = await client.tags.create({ name: 'Dos' })
    await client.tags.edit({ tagId, name: 'Tres' })
    await client.tags.edit({ tagId, name: 'Tres' })
    await client.tags.merge({ tagId, intoId })
    await client.tags.remove({ tagId: intoId, contacts: 0 })
    expect(await auditKinds()).toMatchObject([
      { kind: 'tagCreated', data: { tagId, name: 'Uno' } },
      { kind: 'tagCreated', data: { name: 'Dos' } },
      { kind: 'tagEdited', data: { tagId, from: { name: 'Uno' }, to: { name: 'Tres' } } },
      { kind: 'tagMerged', data: { tagId, name: 'Tres', intoId, to: { into: 'Dos' } } },
      { kind: 'tagRemoved', data: { tagId: intoId, name: 'Dos', contacts: 0 } },
    ])
  })
})

test('a workspace has at most 1 000 tags', async () => {
  const rows = Array.from({ length: 999 }, (_, at) => ({
    workspace_id: shop.id,
    id: 10_000 + at,
    name: `Etiqueta ${at}`,
    name_key: `etiqueta ${at}`,
    colour: 'grey',
  }))
  await server.deps.db.insertInto('tag').values(rows).execute()
  await client.tags.create({ name: 'La última' })
  expect(await refusalOf(client.tags.create({ name: 'Una más' }))).toMatchObject({ data: { reason: 'too-many' } })
  const contactId = await givenContact('Luz', 'etiqueta 7')
  expect(await refusalOf(client.contacts.tag({ contactId, names: ['Una más'] }))).toMatchObject({
    data: { reason: 'too-many' },
  })
})

describe('deleting a tag', () => {
  test('asks for the number of contacts that hold it; another number is refused with the present one', async () => {
    const contactId = await givenContact('Luz', 'VIP', 'Socio')
    await givenContact('Ana', 'VIP')
    const tag = (await client.tags.list()).items.find(({ name }) => name === 'VIP')!
    expect(await refusalOf(client.tags.remove({ tagId: tag.id, contacts: 1 }))).toMatchObject({
      code: 'STALE',
      data: { fields: [{ field: 'contacts', current: 2 }] },
    })
    expect((await client.contacts.get({ contactId })).tags).toHaveLength(2)
    await client.tags.remove({ tagId: tag.id, contacts: 2 })
    expect((await client.contacts.get({ contactId })).tags).toMatchObject([{ name: 'Socio' }])
    expect(await names()).toEqual(['Socio'])
    expect(await refusalOf(client.tags.remove({ tagId: tag.id, contacts: 2 }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refusalOf(client.contacts.tag({ contactId, tagIds: [tag.id] }))).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('frees its name for another tag, which nobody holds', async () => {
    const contactId = await givenContact('Luz', 'VIP')
    const [tag] = (await client.tags.list()).items
    await client.tags.remove({ tagId: tag!.id, contacts: 1 })
    const again = await client.tags.create({ name: 'vip' })
    expect(again).toMatchObject({ contacts: 0 })
    expect(again.id).not.toBe(tag!.id)
    expect((await client.contacts.get({ contactId })).tags).toEqual([])
  })
})

describe('merging two tags', () => {
  test('makes whoever held either hold the one that stays, once', async () => {
    const both = await givenContact('Luz', 'Cliente vip', 'Otoño', 'VIP')
    const one = await givenContact('Ana', 'Cliente vip', 'Otoño')
    const [source, , target] = (await client.contacts.get({ contactId: both })).tags
    const merged = await client.tags.merge({ tagId: source!.id, intoId: target!.id })
    expect(merged).toEqual({ ...target, description: '', contacts: 2 })
    const tagsOf = async (contactId: number) => (await client.contacts.get({ contactId })).tags.map(({ name }) => name)
    expect(await tagsOf(both)).toEqual(['Otoño', 'VIP'])
    expect(await tagsOf(one)).toEqual(['VIP', 'Otoño'])
    expect(await names()).toEqual(['Otoño', 'VIP'])
    expect(await client.tags.count({ tagId: target!.id })).toEqual({ contacts: 2 })
  })

  test('asked for again changes nothing, and the number that is gone leads to the one that stays', async () => {
    const contactId = await givenContact('Luz')
    const source = await client.tags.create({ name: 'Cliente vip' })
    const target = await client.tags.create({ name: 'VIP' })
    const merge = () => client.tags.merge({ tagId: source.id, intoId: target.id })
    expect(await merge()).toEqual(await merge())
    expect(await auditKinds()).toHaveLength(3)
    const { tags } = await client.contacts.tag({ contactId, tagIds: [source.id] })
    expect(tags).toMatchObject([{ id: target.id, name: 'VIP' }])
    expect((await client.contacts.untag({ contactId, tagIds: [source.id] })).tags).toEqual([])
    // its name is free
    expect((await client.tags.create({ name: 'Cliente VIP' })).id).not.toBe(source.id)
  })

  test('follows a tag that becomes part of another one', async () => {
    const contactId = await givenContact('Luz')
    const ids: number[] = []
    for (const name of ['Uno', 'Dos', 'Tres']) ids.push((await client.tags.create({ name })).id)
    const [one, two, three] = ids as [number, number, number]
    await client.tags.merge({ tagId: one, intoId: two })
    await client.tags.merge({ tagId: two, intoId: three })
    expect((await client.contacts.tag({ contactId, tagIds: [one, two] })).tags).toMatchObject([{ id: three }])
    expect(await client.tags.merge({ tagId: one, intoId: two })).toMatchObject({ id: three })
    const other = await client.tags.create({ name: 'Cuatro' })
    for (const [tagId, intoId, reason] of [
      [three, three, 'same-tag'],
      [one, other.id, 'merged'],
      [other.id, two, 'merged'],
    ] as const)
      expect(await refusalOf(client.tags.merge({ tagId, intoId }))).toMatchObject({ data: { reason } })
    await client.tags.remove({ tagId: three, contacts: 1 })
    expect(await refusalOf(client.contacts.tag({ contactId, tagIds: [one] }))).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('either way at once leaves one of them', async () => {
    const [a, b] = [await client.tags.create({ name: 'A' }), await client.tags.create({ name: 'B' })]
    const tries = await Promise.allSettled([
      client.tags.merge({ tagId: a.id, intoId: b.id }),
      client.tags.merge({ tagId: b.id, intoId: a.id }),
    ])
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await names()).toHaveLength(1)
  })
})
