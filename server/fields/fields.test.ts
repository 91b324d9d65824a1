import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { recordFields as all } from '#contract/field-words.ts'
import type { Client } from '../testing/client.ts'
import { givenMember, givenWorkspace, type GivenMember } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

/** Without stages there is no lifecycle. */
const recordFields = all.filter((key) => key !== 'lifecycle')
let server: TestServer
let shop: { id: number; owner: GivenMember; manager: GivenMember; agent: GivenMember }
let client: Client

beforeAll(async () => {
  server = await startTestServer()
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
const order = async () => (await client.fields.list()).items.map(({ key }) => key)

describe('a field', () => {
  test('has a number, a slug and a type that stay; name, description and options change', async () => {
    const made = await client.fields.create({ name: ' Número de pedido ', type: 'text', description: 'El último' })
    expect(made).toEqual({
      searchable: true,
      id: made.id,
      slug: 'numero_de_pedido',
      name: 'Número de pedido',
      type: 'text',
      description: 'El último',
      options: [],
    })
    expect(await client.fields.edit({ fieldId: made.id, name: 'Pedido' })).toEqual({ ...made, name: 'Pedido' })
    const size = await client.fields.create({ name: 'Talla', slug: 'SIZE', type: 'list', options: ['38', '39', '38'] })
    expect(size).toMatchObject({ slug: 'size', options: ['38', '39'] })
    expect(await client.fields.edit({ fieldId: size.id, options: ['39', '40'] })).toMatchObject({
      options: ['39', '40'],
    })
  })

  test('is told apart by name without regard to case, and by slug, also from what every record has', async () => {
    const { id: fieldId } = await client.fields.create({ name: 'Pedido', type: 'text' })
    expect(await client.fields.create({ name: 'Pedido!', type: 'text' })).toMatchObject({ slug: 'pedido_2' })
    expect(await client.fields.create({ name: 'E-mail', slug: undefined, type: 'text' })).toMatchObject({
      slug: 'e_mail',
    })
    for (const [wish, reason] of [
      [{ name: 'PEDIDO', type: 'number' }, 'name-taken'],
      [{ name: 'Otro', slug: 'Pedido', type: 'number' }, 'slug-taken'],
      [{ name: 'Otro', slug: 'first_name', type: 'number' }, 'slug-taken'],
    ] as const)
      expect(await refusalOf(client.fields.create(wish))).toMatchObject({ code: 'CONFLICT', data: { reason } })
    expect(await refusalOf(client.fields.edit({ fieldId, name: 'pedido!' }))).toMatchObject({
      data: { reason: 'name-taken' },
    })
  })

  test.each([
    [{ name: 'x'.repeat(51), type: 'text' }, 'name'],
    [{ name: '\u200b', type: 'text' }, 'name'],
    [{ name: 'Campo', slug: 'con espacio', type: 'text' }, 'slug'],
    [{ name: 'Campo', type: 'list' }, 'options'],
    [{ name: 'Campo', type: 'list', options: ['x'.repeat(256)] }, 'options.0'],
    [{ name: 'Campo', type: 'text', options: ['a'] }, 'options'],
  ] as const)('that makes no sense is refused by name: %j', async (wish, path) => {
    expect(await refusalOf(client.fields.create(wish as never))).toMatchObject({
      code: 'BAD_REQUEST',
      data: { fields: [{ path }] },
    })
  })

  test('is made and arranged by those who may change settings, and deleted by Owners alone', async () => {
    const { id: fieldId } = await client.fields.create({ name: 'Pedido', type: 'text' })
    const limited = await givenMember(server, shop.id, { role: 'manager', restrictions: ['workspaceSettings'] })
    for (const { fields } of [shop.agent.client, limited.client]) {
      expect(await refusalOf(fields.place({ key: 'phone', before: null }))).toMatchObject({ code: 'FORBIDDEN' })
      expect((await fields.list()).items.at(-1)).toMatchObject({ custom: { id: fieldId } })
    }
    await shop.manager.client.fields.place({ key: `#${fieldId}`, before: 'phone' })
    expect(await refusalOf(shop.manager.client.fields.remove({ fieldId, contacts: 0 }))).toMatchObject({
      code: 'FORBIDDEN',
    })
  })
})

describe('the order of the record', () => {
  test('is the same for everybody; a field is moved within it and shown always, never or when filled', async () => {
    const { id } = await client.fields.create({ name: 'Pedido', type: 'text' })
    expect(await order()).toEqual([...recordFields, `#${id}`])
    await client.fields.place({ key: `#${id}`, before: 'phone', shown: 'filled' })
    const { items } = await shop.agent.client.fields.list()
    expect(items.map(({ key }) => key)).toEqual(['firstName', 'lastName', `#${id}`, ...recordFields.slice(2)])
    expect(items[2]).toMatchObject({ key: `#${id}`, shown: 'filled', custom: { name: 'Pedido' } })
    await client.fields.place({ key: 'firstName', before: null })
    expect((await order()).at(-1)).toBe('firstName')
    // made later: stands last until somebody moves it
    const later = await client.fields.create({ name: 'Talla', type: 'number' })
    expect((await order()).at(-1)).toBe(`#${later.id}`)
    expect(await refusalOf(client.fields.place({ key: 'phone', before: '#999' }))).toMatchObject({
      code: 'BAD_REQUEST',
    })
    expect(await refusalOf(client.fields.place({ key: '#999', before: null }))).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('of two who arrange at once, both have their way', async () => {
    await Promise.all([
      client.fields.place({ key: 'status', before: 'firstName' }),
      shop.manager.client.fields.place({ key: 'country', before: null }),
      client.fields.place({ key: 'phone', shown: 'never' }),
    ])
    const { items } = await client.fields.list()
    expect([items[0]?.key, items.at(-1)?.key, items.find(({ key }) => key === 'phone')?.shown]).toEqual([
      'status',
      'country',
      'never',
    ])
  })
})

test('a workspace has at most 500 fields', async () => {
  const rows = Array.from({ length: 499 }, (_, at) => ({
    workspace_id: shop.id,
    id: 10_000 + at,
    name: `Campo ${at}`,
    name_key: `campo ${at}`,
    slug: `campo_${at}`,
    type: 'text',
  }))
  await server.deps.db.insertInto('custom_field').values(rows).execute()
  await client.fields.create({ name: 'El último', type: 'date' })
  expect(await refusalOf(client.fields.create({ name: 'Uno más', type: 'date' }))).toMatchObject({
    data: { reason: 'too-many' },
  })
})
