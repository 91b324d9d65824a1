import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { FieldType, FieldValue } from '#contract/fields.ts'
import type { Client } from '../testing/client.ts'
import { givenWorkspace, type GivenMember } from '../testing/given.ts'
import { brokenLaws } from '../testing/merge-laws.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { waitFor } from '../testing/wait-for.ts'

let server: TestServer
let shop: { id: number; owner: GivenMember; manager: GivenMember; agent: GivenMember }
let client: Client
let contactId: number

beforeAll(async () => {
  server = await startTestServer()
})
beforeEach(async () => {
  shop = await givenWorkspace(server)
  client = shop.owner.client
  contactId = await givenContact('Luz')
})
afterAll(() => server.close())

const refusalOf = (act: Promise<unknown>) =>
  act.then(
    () => null,
    (error: unknown) => error,
  )
const givenContact = async (firstName: string, custom: Record<string, FieldValue> = {}) =>
  (await client.contacts.create({ values: { firstName, custom } })).id
const givenField = async (type: FieldType, name: string = type) =>
  (await client.fields.create({ name, type, ...(type === 'list' ? { options: ['Oro', 'Plata'] } : {}) })).id
const give = (fieldId: number, value: FieldValue | null, id = contactId, who = client) =>
  who.contacts.update({ contactId: id, values: { custom: { [fieldId]: value } } })
const valueOf = async (fieldId: number, id = contactId) =>
  (await client.contacts.get({ contactId: id })).custom[fieldId]?.value ?? null
const indexed = async (table: 'field_str' | 'field_num') =>
  (
    await server.deps.db
      .selectFrom(table)
      .select(['field_id', 'contact_id', table === 'field_str' ? 'str as value' : 'num as value'])
      .where('workspace_id', '=', shop.id)
      .execute()
  ).map(({ value }) => value)

describe('a value', () => {
  test.each([
    ['text', '  Pedido\n  42 ', 'Pedido 42', 'pedido 42'],
    ['list', 'Oro', 'Oro', 'oro'],
    ['checkbox', 'true', true, 1],
    ['checkbox', false, false, 0],
    ['email', 'Ana@Example.com', 'ana@example.com', 'ana@example.com'],
    ['number', '-12.5', -12.5, -12.5],
    ['number', 0, 0, 0],
    ['url', 'https://example.com/Ñ?a=1', 'https://example.com/Ñ?a=1', 'https://example.com/n?a=1'],
    ['date', '1970-01-11', '1970-01-11', 10],
    ['time', '01:30', '01:30', 90],
  ] as const)('of type %s is kept as %j → %j, and found by %j', async (type, given, kept, foundBy) => {
    const fieldId = await givenField(type)
    await give(fieldId, given)
    expect(await valueOf(fieldId)).toBe(kept)
    expect([...(await indexed('field_str')), ...(await indexed('field_num'))]).toEqual([foundBy])
    expect(await client.fields.count({ fieldId })).toEqual({ contacts: 1 })
    await give(fieldId, type === 'number' ? null : '')
    expect(await valueOf(fieldId)).toBeNull()
    expect([...(await indexed('field_str')), ...(await indexed('field_num'))]).toEqual([])
  })

  test.each([
    ['text', 7, 'text'],
    ['text', 'x'.repeat(1001), 'too_big'],
    ['list', 'Bronce', 'not-an-option'],
    ['checkbox', 'sí', 'checkbox'],
    ['email', 'ana', 'missing-at'],
    ['number', 'doce', 'number'],
    ['number', 1e16, 'number'],
    ['url', 'javascript:alert(1)', 'url'],
    ['url', `https://example.com/${'x'.repeat(240)}`, 'too-long'],
    ['date', '2026-02-30', 'date'],
    ['date', '1899-12-31', 'date-range'],
    ['date', '2101-01-01', 'date-range'],
    ['time', '24:00', 'time'],
  ] as const)('that a field of type %s does not take is refused by name: %j', async (type, given, reason) => {
    const [fieldId, other] = [await givenField(type), await givenField('text', 'Otro')]
    const custom = { [fieldId]: given, [other]: 'bien' }
    expect(await refusalOf(client.contacts.update({ contactId, values: { custom } }))).toMatchObject({
      code: 'BAD_REQUEST',
      data: { fields: [{ path: `values.custom.${fieldId}`, reason }] },
    })
    expect(await valueOf(other)).toBeNull()
  })

  test('without https:// is offered with it; a field that is not there is refused', async () => {
    const fieldId = await givenField('url')
    expect(await refusalOf(give(fieldId, 'example.com/a'))).toMatchObject({
      data: { fields: [{ reason: 'missing-scheme', fix: 'https://example.com/a' }] },
    })
    expect(await refusalOf(give(999, 'a'))).toMatchObject({
      data: { fields: [{ path: 'values.custom.999', reason: 'unknown' }] },
    })
  })

  test('that is no longer among the options stays, and cannot be chosen anew', async () => {
    const fieldId = await givenField('list')
    await give(fieldId, 'Oro')
    await client.fields.edit({ fieldId, options: ['Plata'] })
    expect(await valueOf(fieldId)).toBe('Oro')
    await give(fieldId, 'Oro')
    expect(await refusalOf(give(fieldId, 'Oro', await givenContact('Ana')))).toMatchObject({ code: 'BAD_REQUEST' })
  })

  test('tells who set it and since when, beside the activity', async () => {
    const fieldId = await givenField('number', 'Talla')
    await give(fieldId, 38, contactId, shop.agent.client)
    await give(fieldId, 39)
    const { custom } = await client.contacts.get({ contactId })
    expect(custom).toEqual({
      [fieldId]: { value: 39, source: 'person', by: 'Olga Dueñas', at: expect.any(String) as string },
    })
    const activity = await server.deps.db
      .selectFrom('activity')
      .select('data')
      .where('workspace_id', '=', shop.id)
      .where('kind', '=', 'fieldChanged')
      .orderBy('id')
      .execute()
    expect(activity.map(({ data }) => data)).toMatchObject([
      { field: `#${fieldId}`, name: 'Talla', from: null, to: 38, by: shop.agent.memberId },
      { field: `#${fieldId}`, name: 'Talla', from: 38, to: 39, by: shop.owner.memberId },
    ])
  })
})

test('two who edit different fields both win; of two who edit the same, the second is told and may choose', async () => {
  const [size, colour] = [await givenField('number', 'Talla'), await givenField('text', 'Color')]
  const edit = (who: GivenMember, custom: Record<string, FieldValue>, seen: Record<string, FieldValue | null>) =>
    who.client.contacts.update({ contactId, values: { custom }, replaces: { custom: seen } })
  await Promise.all([
    edit(shop.agent, { [size]: 38 }, { [size]: null }),
    edit(shop.manager, { [colour]: 'azul' }, { [colour]: null }),
  ])
  const { custom } = await client.contacts.get({ contactId })
  expect([custom[size]?.value, custom[colour]?.value]).toEqual([38, 'azul'])
  expect(await refusalOf(edit(shop.manager, { [size]: 40 }, { [size]: null }))).toMatchObject({
    code: 'STALE',
    data: { fields: [{ field: `#${size}`, current: 38, by: 'Ana Agente' }] },
  })
  expect((await edit(shop.manager, { [size]: 40 }, { [size]: 38 })).custom[size]?.value).toBe(40)
})

test('what custom text says is searched, in any spelling and by those it was merged with, until the field is deleted', async () => {
  const [order, day] = [await givenField('text', 'Pedido'), await givenField('date', 'Entrega')]
  const found = async (q: string) => (await client.contacts.list({ q })).items.map(({ id }) => id)
  await give(order, 'Ñandú P-1048')
  await give(day, '2026-12-03')
  const other = await givenContact('Ana', { [order]: 'Zapatero' })
  expect([await found('nandu'), await found('p 1048'), await found('zapat'), await found('2026-12')]).toEqual([
    [contactId],
    [contactId],
    [other],
    [],
  ])
  await client.merging.merge({ contactIds: [contactId, other], survivorId: contactId })
  expect(await found('zapatero')).toEqual([contactId])
  await give(order, 'P-2000')
  expect([await found('nandu'), await found('zapatero'), await found('2000')]).toEqual([[], [contactId], [contactId]])
  await client.fields.remove({ fieldId: order, contacts: 1 })
  await waitFor('nobody found by it', async () => (await found('2000')).length + (await found('zapatero')).length === 0)
  expect(await found('luz')).toEqual([contactId])
})

test('a field by which nobody is to be found is left out of the search, of merged contacts too, and comes back to it', async () => {
  const { id: note } = await client.fields.create({ name: 'Nota', type: 'text', searchable: false })
  const found = async (q: string) => (await client.contacts.list({ q })).items.map(({ id }) => id)
  await give(note, 'Prefiere bambú')
  const other = await givenContact('Ana', { [note]: 'Alérgica al látex' })
  const third = await givenContact('Eva', { [note]: 'Bambú también' })
  await client.merging.merge({ contactIds: [contactId, other], survivorId: contactId })
  expect([await found('bambu'), await found('latex'), await found('ana')]).toEqual([[], [], [contactId]])
  expect((await client.merging.history({ q: 'latex' })).items).toEqual([])
  await client.fields.edit({ fieldId: note, searchable: true })
  await waitFor('both found', async () => (await found('bambu')).length === 2 && (await found('latex')).length === 1)
  await client.fields.edit({ fieldId: note, name: 'Notas', searchable: false })
  await waitFor('nobody found', async () => (await found('bambu')).length + (await found('latex')).length === 0)
  await give(note, 'Bambú y roble', third)
  expect(await found('roble')).toEqual([])
  expect((await client.fields.list()).items.at(-1)?.custom).toMatchObject({ name: 'Notas', searchable: false })
  expect(await brokenLaws(server.deps, shop.id)).toEqual([])
})

describe('merging', () => {
  test('keeps what is not shown beside it, told where it comes from; it can be taken off, and stays off', async () => {
    const [size, colour] = [await givenField('number', 'Talla'), await givenField('text', 'Color')]
    await give(size, 38)
    await give(colour, 'azul')
    const other = await givenContact('Lucía', { [size]: 40, [colour]: 'rojo' })
    const picks = { [`#${colour}`]: other }
    const { mergeId } = await client.merging.merge({ contactIds: [contactId, other], survivorId: contactId, picks })
    const others = async () =>
      (await client.contacts.get({ contactId })).alternates.map(({ field, value, source }) => [field, value, source])
    expect(await others()).toEqual([
      [`#${size}`, 40, 'person'],
      [`#${colour}`, 'azul', 'person'],
    ])
    const remove = (fieldId: number, value: FieldValue) =>
      client.contacts.removeAlternate({ contactId, field: `#${fieldId}`, value })
    expect(await refusalOf(remove(size, 38))).toMatchObject({ code: 'CONFLICT', data: { reason: 'primary' } })
    expect(await refusalOf(remove(999, 38))).toMatchObject({
      code: 'BAD_REQUEST',
      data: { fields: [{ path: 'field' }] },
    })
    await remove(colour, 'AZUL')
    await remove(colour, 'azul')
    expect(await others()).toEqual([[`#${size}`, 40, 'person']])
    expect((await client.activity.ofContact({ contactId, limit: 1 })).items).toMatchObject([
      { kind: 'alternateRemoved', data: { field: `#${colour}`, name: 'Color', value: 'azul' } },
    ])
    expect(await brokenLaws(server.deps, shop.id)).toEqual([])
    await client.merging.undo({ mergeId })
    expect([await valueOf(colour), await valueOf(size, other), await valueOf(colour, other)]).toEqual([
      null,
      40,
      'rojo',
    ])
  })

  test('lets one choose per field, keeps what is left out, and undoing brings each back its own', async () => {
    const [size, colour] = [await givenField('number', 'Talla'), await givenField('text', 'Color')]
    const vip = await givenField('checkbox', 'VIP')
    await give(size, 38)
    await give(colour, 'azul')
    const other = await givenContact('Lucía', { [size]: 40, [colour]: 'rojo', [vip]: false })
    const wish = { contactIds: [contactId, other], survivorId: contactId, picks: { [`#${colour}`]: other } }
    const plan = await client.merging.plan(wish)
    expect(plan.fields.filter(({ field }) => field.startsWith('#'))).toMatchObject([
      { field: `#${size}`, chosen: contactId, same: false, options: [{ value: 38 }, { value: 40, shown: '40' }] },
      { field: `#${colour}`, chosen: other, options: [{ value: 'azul' }, { value: 'rojo' }] },
      { field: `#${vip}`, chosen: other, options: [{ value: null }, { value: false, source: 'person' }] },
    ])
    const { mergeId, contact } = await client.merging.merge({ ...wish, fingerprint: plan.fingerprint })
    expect(contact.custom).toMatchObject({
      [size]: { value: 38, source: 'person' },
      [colour]: { value: 'rojo', source: 'merge' },
      [vip]: { value: false, source: 'merge' },
    })
    expect(await client.fields.count({ fieldId: colour })).toEqual({ contacts: 1 })
    expect((await client.merging.history({})).items[0]?.discarded).toMatchObject([
      { field: 'firstName' },
      { field: `#${size}`, from: ['40'], to: '38' },
      { field: `#${colour}`, from: ['azul'], to: 'rojo' },
    ])
    await give(size, 41)
    const undo = await client.merging.undoPlan({ mergeId })
    expect(undo.goesBack).toMatchObject([
      { field: `#${colour}`, from: 'rojo', to: 'azul' },
      { field: `#${vip}`, from: 'false', to: null },
    ])
    expect(undo.stays).toMatchObject([{ field: `#${size}`, value: '41', by: 'Olga Dueñas' }])
    await client.merging.undo({ mergeId, fingerprint: undo.fingerprint })
    const [mine, theirs] = [await client.contacts.get({ contactId }), await client.contacts.get({ contactId: other })]
    const plain = ({ custom }: typeof mine) => Object.entries(custom).map(([id, { value }]) => [Number(id), value])
    expect(plain(mine)).toEqual([
      [size, 41],
      [colour, 'azul'],
    ])
    expect(plain(theirs)).toEqual([
      [size, 40],
      [colour, 'rojo'],
      [vip, false],
    ])
    expect(await brokenLaws(server.deps, shop.id)).toEqual([])
  })
})

describe('deleting a field', () => {
  test('asks for the number of contacts that hold a value, and sweeps them, absorbed ones too', async () => {
    const [fieldId, kept] = [await givenField('text', 'Color'), await givenField('text', 'Pedido')]
    await give(fieldId, 'azul')
    const other = await givenContact('Ana', { [fieldId]: 'rojo', [kept]: 'P-1' })
    const third = await givenContact('Anita', { [fieldId]: 'verde' })
    const { mergeId } = await client.merging.merge({ contactIds: [other, third], survivorId: other })
    const plan = { contactIds: [contactId, other] }
    const before = await client.merging.plan(plan)
    expect(before.fields.map(({ field }) => field)).toContain(`#${fieldId}`)
    expect(await refusalOf(client.fields.remove({ fieldId, contacts: 3 }))).toMatchObject({
      code: 'STALE',
      data: { fields: [{ field: 'contacts', current: 2 }] },
    })
    await client.fields.remove({ fieldId, contacts: 2 })
    // gone at once for whoever looks
    expect(Object.keys((await client.contacts.get({ contactId: other })).custom)).toEqual([String(kept)])
    expect((await client.merging.plan(plan)).fields.map(({ field }) => field)).not.toContain(`#${fieldId}`)
    await waitFor('the sweeping', async () => {
      const rows = await server.deps.db
        .selectFrom('contact')
        .leftJoin('contact_provenance as p', (join) =>
          join.onRef('p.workspace_id', '=', 'contact.workspace_id').onRef('p.contact_id', '=', 'contact.id'),
        )
        .select(['fields', 'own', 'p'])
        .where('contact.workspace_id', '=', shop.id)
        .execute()
      return !/azul|rojo|verde/.test(JSON.stringify(rows)) && !JSON.stringify(rows).includes(`#${fieldId}`)
    })
    expect(await indexed('field_str')).toEqual(['p-1'])
    await client.merging.undo({ mergeId })
    expect((await client.contacts.get({ contactId: third })).custom).toEqual({})
    expect(await refusalOf(give(fieldId, 'gris'))).toMatchObject({ data: { fields: [{ reason: 'unknown' }] } })
  })
})
