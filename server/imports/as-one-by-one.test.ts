import * as fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenShop, type Shop } from '../conversations/testing.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { givenUpload } from '../testing/given-rows.ts'
import { brokenLaws } from '../testing/merge-laws.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { runImport } from './run-import.ts'
import { planned, tellContacts, type Planned } from './testing.ts'

const running = new AbortController().signal
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

type Client = Shop['owner']['client']
type Wish = Parameters<Client['imports']['start']>[0]['wish']

const blank = { weight: 2, arbitrary: fc.constant('') }
const some = (...values: string[]) => fc.oneof(blank, { weight: 3, arbitrary: fc.constantFrom(...values) })
const heads = ['id', 'nombre', 'apellido', 'telefono', 'correo', 'pais', 'etiquetas', 'talla', 'visto']
/** Few people in many spellings, so that rows meet each other and whoever is there. */
const cells = fc.tuple(
  some('1', '2', '3', '4', '5', '6', '77', 'x'),
  some('Ana', 'Luz', 'Богдан', 'José  María', '😀', '=1+1'),
  some('Núñez', 'O’Connor', 'Soto'),
  some('+34600000142', '600 00 01 43', '+54 11 5555 1234', '+5491155551234', '+34600000144', '12', '+999123456'),
  some('ana@gmail.com', 'a.n.a@gmail.com', 'ANA@taller.es', 'info@taller.es', 'luz@gmial.com', 'nadie'),
  some('ES', 'Argentina', 'Narnia'),
  some('VIP', 'vip | Feria', 'Otoño;VIP', 'Feria'),
  some('38', '38,5', 'grande'),
  some('2026-05-03', '2026-13-01'),
)
const files = fc.record({
  rows: fc.array(cells, { minLength: 3, maxLength: 12 }),
  mode: fc.constantFrom('add', 'update', 'both', 'both', 'both', 'addAll' as const),
  matchBy: fc.constantFrom<NonNullable<Wish['matchBy']>[]>(
    ['id', 'phone', 'email'],
    ['phone', 'email'],
    ['email', 'phone'],
    ['email'],
    ['id', 'email'],
  ),
  keepExisting: fc.boolean(),
})

/** A shop with five contacts, one of them two people made one, one blocked, and fields of its own. */
async function givenPeople(): Promise<Shop> {
  const shop = await givenShop(server, double)
  const { client } = shop.owner
  await client.workspaces.update({ defaultCountry: 'ES' })
  await client.fields.create({ name: 'Talla', slug: 'talla', type: 'number' })
  await client.fields.create({ name: 'Visto', slug: 'visto', type: 'date' })
  const { id: tagId } = await client.tags.create({ name: 'Feria' })
  const add = async (values: Record<string, unknown>) => (await client.contacts.create({ values })).id
  const ana = await add({ firstName: 'Ana', phone: '+34600000142', custom: { 1: 36 } })
  const other = await add({ firstName: 'Anita', email: 'ana@gmail.com', phone: '+5491155551234' })
  await client.contacts.tag({ contactId: other, tagIds: [tagId] })
  await add({ lastName: 'Soto', email: 'info@taller.es' })
  const mala = await add({ firstName: 'Mala', email: 'ana@taller.es' })
  await add({ firstName: 'Más', phone: '+34600000143', country: 'AR' })
  await client.merging.merge({ contactIds: [ana, other] })
  await client.blocking.block({ contactId: mala })
  return shop
}

const csv = (rows: readonly (readonly string[])[]) =>
  `${[heads, ...rows].map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n')}\n`

const columnsOf = async (client: Client): Promise<Wish['columns']> => {
  const { items } = await client.fields.list()
  const custom = (slug: string) =>
    items.flatMap(({ key, custom: field }) => (field?.slug === slug ? [key] : []))[0] as `#${number}`
  return ['id', 'firstName', 'lastName', 'phone', 'email', 'country', 'tags', custom('talla'), custom('visto')]
}

/** Has rows imported; answers what became of each. */
async function imported(
  shop: Shop,
  rows: readonly (readonly string[])[],
  wish: Wish,
  batch?: number,
): Promise<string[]> {
  const { client } = shop.owner
  const importId = await givenUpload(server.url, shop.owner, csv(rows))
  const [whole, parts] = [
    await planned(server, { id: shop.id, client }, importId, wish),
    await planned(server, { id: shop.id, client }, importId, wish, 2),
  ]
  await client.imports.start({ importId, wish, tagIt: false, tags: ['Todos'] })
  await runImport(server.deps, { workspaceId: shop.id, importId }, running, batch)
  const { outcomeUrl } = await client.imports.get({ importId })
  const outcome = await (await fetch(server.url + outcomeUrl, { headers: shop.owner.headers })).text()
  const { rows: became } = await sql<{ outcome: string; reasons: unknown[] }>`
    select outcome, reasons from import_row where workspace_id = ${shop.id} and import_id = ${importId} order by place`.execute(
    server.deps.db,
  )
  // just as it was foreseen
  const foreseen = (one: Planned) => one.map(({ outcome: what, reasons }) => ({ outcome: what, reasons }))
  expect(foreseen(whole)).toEqual(became)
  expect(foreseen(parts)).toEqual(became)
  return outcome
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.replace(/^\d+,/, ''))
}

test('a file at once, or in small batches, is the same as its rows one after the other, and goes back to how it was', async () => {
  await fc.assert(
    fc.asyncProperty(files, async ({ rows, ...wish }) => {
      const [whole, parts, single] = [await givenPeople(), await givenPeople(), await givenPeople()]
      const columns = await columnsOf(whole.owner.client)
      const before = await tellContacts(server, whole.id)
      const outcome = await imported(whole, rows, { columns, ...wish })
      // so small that several follow each other, and most have to do with the one before
      expect(await imported(parts, rows, { columns, ...wish }, 2)).toEqual(outcome)
      const outcomes: string[] = []
      for (const row of rows) outcomes.push(...(await imported(single, [row], { columns, ...wish })))
      expect(outcome.map((line) => line.split(',', 2))).toEqual(outcomes.map((line) => line.split(',', 2)))
      expect(await tellContacts(server, whole.id)).toEqual(await tellContacts(server, single.id))
      expect(await tellContacts(server, parts.id)).toEqual(await tellContacts(server, single.id))
      for (const { id } of [whole, parts]) expect(await brokenLaws(server.deps, id)).toEqual([])
      const { imports } = whole.owner.client
      const importId = (await imports.list({})).items[0]!.id
      await imports.undo({ importId })
      await runImport(server.deps, { workspaceId: whole.id, importId }, running)
      expect(values(await tellContacts(server, whole.id))).toEqual(values(before))
    }),
    { seed: 20_261_128, numRuns: 5, interruptAfterTimeLimit: 160_000, markInterruptAsFailure: true },
  )
})

/** Of contacts their names, what they are reached by, country, tags and fields: no version, no history. */
const values = (told: readonly string[]) =>
  told.flatMap((line) => {
    const [kind, ...of] = JSON.parse(line) as unknown[]
    return kind === 'contact' ? [[...of.slice(0, 10), of[11], of[15], of[16]]] : []
  })

const known = fc.record(
  {
    firstName: fc.constantFrom('Ana', 'Luz', 'Богдан'),
    lastName: fc.constantFrom('Núñez', 'Soto'),
    phone: fc.constantFrom('+34600000142', '+5491155551234', '+14155552671'),
    email: fc.constantFrom('ana@gmail.com', 'info@taller.es', 'luz@gmial.com'),
    country: fc.constantFrom('ES', 'AR'),
    talla: fc.constantFrom('38', '40.5'),
    visto: fc.constantFrom('2026-05-03', '2024-02-29'),
  },
  { requiredKeys: ['firstName'] },
)

test('rows make and change contacts just as the form does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(known, known), { minLength: 2, maxLength: 8 }), async (people) => {
      const [file, form] = [await givenPeople(), await givenPeople()]
      const { client } = form.owner
      const columns = await columnsOf(client)
      const ids = { talla: columns[7]!.slice(1), visto: columns[8]!.slice(1) }
      const typed = ({ talla, visto, ...rest }: (typeof people)[number][0]) => ({
        ...rest,
        custom: { ...(talla ? { [ids.talla]: talla } : {}), ...(visto ? { [ids.visto]: visto } : {}) },
      })
      const rowOf = (
        { firstName, lastName, phone, email, country, talla, visto }: (typeof people)[number][0],
        id = '',
      ) => [id, firstName, lastName, phone, email, country, '', talla, visto].map((cell) => cell ?? '')
      await imported(
        file,
        people.map(([made]) => rowOf(made)),
        { columns, mode: 'addAll' },
      )
      const { id: tagId } = await client.tags.create({ name: 'Todos' })
      const made: number[] = []
      for (const [values] of people) {
        const { id: contactId } = await client.contacts.create({ values: typed(values) })
        await client.contacts.tag({ contactId, tagIds: [tagId] })
        made.push(contactId)
      }
      expect(await tellContacts(server, file.id)).toEqual(await tellContacts(server, form.id))
      const numbers = (await file.owner.client.contacts.list({ sort: 'added', order: 'asc', limit: 100 })).items
        .map(({ id }) => id)
        .slice(-people.length)
      await imported(
        file,
        people.map(([, changed], at) => rowOf(changed, String(numbers[at]))),
        { columns, matchBy: ['id'], mode: 'update' },
      )
      for (const [at, [, changed]] of people.entries())
        await client.contacts.update({ contactId: made[at]!, values: typed(changed) })
      expect(await tellContacts(server, file.id)).toEqual(await tellContacts(server, form.id))
    }),
    { seed: 20_261_128, numRuns: 5, interruptAfterTimeLimit: 160_000, markInterruptAsFailure: true },
  )
})
