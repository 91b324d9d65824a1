import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sorts } from '#contract/field-words.ts'
import { formatPhone } from '../identity/phone-key.ts'
import { makeTestWorkspace } from '../members/testing.ts'
import { givenMember, type GivenMember } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { insertContact } from './insert-contact.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ work: false })
})
afterAll(() => server.close())

interface Person {
  firstName?: string | null
  lastName?: string | null
  email?: string | null
  phone?: string | null
}

/** A workspace that knows these people and nobody else, and who looks for them there. */
async function givenPeople(people: readonly Person[], addedAt: (at: number) => Date = () => new Date()) {
  const workspaceId = await makeTestWorkspace(server.deps)
  const ids = await server.deps.db.transaction().execute(async (tx) => {
    const made: number[] = []
    for (const [at, values] of people.entries()) {
      const contact = { workspaceId, source: 'import', by: null, values, profileName: null, pictureUrl: null } as const
      made.push((await insertContact(tx, server.deps, { ...contact, now: addedAt(at) })).contactId)
    }
    return made
  })
  const manager = await givenMember(server, workspaceId, { role: 'manager' })
  return { workspaceId, ids, manager }
}

type Asked = Omit<Parameters<GivenMember['client']['contacts']['list']>[0], 'cursor'>

/** Everything the pages give, in their order. */
async function allPages({ client }: GivenMember, asked: Asked) {
  const pages = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof client.contacts.list>> = await client.contacts.list({ ...asked, cursor })
    pages.push(page.items)
    cursor = page.next
  } while (cursor !== null)
  return pages.flat()
}

/** The places in `people` of whom a search finds, each as `people` has them. */
async function search({ manager, ids }: { manager: GivenMember; ids: number[] }, q: string): Promise<number[]> {
  const found = await allPages(manager, { q, limit: 100 })
  return found.map(({ id }) => ids.indexOf(id)).toSorted((a, b) => a - b)
}

describe('pages', () => {
  const people = [
    'Zoë',
    'ñandú',
    'Nuria',
    'Óscar',
    'oscar',
    'Nzé',
    'ana',
    'Ana',
    '李',
    'Ωmega',
    '¡Ana!',
    'Ana',
    '',
    'Ana',
  ].map((firstName, at) =>
    firstName === '' ? { phone: '+34600000142' } : { firstName, language: at % 2 ? 'es' : null },
  )
  const sizes = [1, 2, 3, 5, 13, 14, 100]

  const orders = sorts.flatMap((sort) => (['asc', 'desc'] as const).map((order) => [sort, order] as const))
  test.each(orders)('by %s %s hold everybody once, whatever their size, also among equals', async (sort, order) => {
    const shop = await givenPeople(people, (at) => new Date(Date.UTC(2026, 0, 1 + Math.floor(at / 4))))
    const whole = await allPages(shop.manager, { sort, order, limit: 100 })
    expect(whole.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(shop.ids)
    for (const limit of sizes) expect(await allPages(shop.manager, { sort, order, limit })).toEqual(whole)
  })

  test('by name go as a reader of Spanish expects, accents beside their letter, ñ after n, other scripts after', async () => {
    const shop = await givenPeople(people)
    const names = (await allPages(shop.manager, { sort: 'name', limit: 3 })).map(({ displayName }) => displayName)
    expect(names).toEqual([
      'ana',
      'Ana',
      'Ana',
      'Ana',
      '¡Ana!',
      'Nuria',
      'Nzé',
      'ñandú',
      'Óscar',
      'oscar',
      'Zoë',
      '+34 600 00 01 42',
      'Ωmega',
      '李',
    ])
  })

  test('neither skip nor double those who were there all along, while others come between', async () => {
    const shop = await givenPeople(people)
    const { contacts } = shop.manager.client
    const seen: number[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof contacts.list>> = await contacts.list({ sort: 'name', limit: 3, cursor })
      seen.push(...page.items.map(({ id }) => id))
      await contacts.create({ values: { firstName: page.items.at(-1)?.displayName ?? 'Ana' } })
      await contacts.create({ values: { firstName: 'Aaa' } })
      cursor = page.next
    } while (cursor !== null && seen.length < 200)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toEqual(expect.arrayContaining(shop.ids))
  })

  test('a cursor that was edited or belongs to another list is refused, and so is an odd size', async () => {
    const { manager } = await givenPeople(people)
    const { list } = manager.client.contacts
    const { next } = await list({ sort: 'name', limit: 3 })
    const cursors = [`${next}x`, next!.slice(3), 'x', '[]', Buffer.from('["a","b","c"]').toString('base64url'), "'--"]
    for (const cursor of cursors)
      await expect(list({ sort: 'name', limit: 3, cursor })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    for (const other of [{ sort: 'added' }, { sort: 'name', q: 'ana' }] as const)
      await expect(list({ ...other, limit: 3, cursor: next })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    for (const limit of [0, -1, 101, 1e9, 1.5])
      await expect(list({ limit })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    const sort = 'name; select pg_sleep(5)' as 'name'
    await expect(list({ sort })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})

describe('search', () => {
  const people: Person[] = [
    { firstName: 'José', lastName: 'Ñúñez O’Neill', email: 'Jose.Nunez@Example.com', phone: '+5491123456789' },
    { firstName: 'Li', lastName: 'Wu', email: 'li+tienda@example.net', phone: '+34600000142' },
    { firstName: '小龍', lastName: '李', phone: '+81312345678' },
    { firstName: 'Мария', lastName: 'Иванова' },
    { firstName: '100% Algodón_S.L.', lastName: 'C:\\tmp' },
    { firstName: 'Straße', lastName: 'Müller-Lüdenscheid' },
    { firstName: 'สมชาย', lastName: 'ใจดี' },
    { firstName: 'Oliver', lastName: 'Alicante', phone: '+5215512345678' },
    { email: 'ventas@example.org' },
    { firstName: 'محمد', lastName: 'عبد الله' },
  ]
  let shop: Awaited<ReturnType<typeof givenPeople>>
  beforeAll(async () => {
    shop = await givenPeople(people)
  })

  test.each([
    ['jose', [0]],
    ['JOSÉ', [0]],
    ['Jose\u0301 nunez', [0]],
    ['ñuñez', [0]],
    ['oneill', [0]],
    ["o'neill", [0]],
    ['núñez josé', [0]],
    ['jose wu', []],
    ['jose.nunez@', [0]],
    ['example.com', [0]],
    ['ＪＯＳＥ', [0]],
    // a short word begins a word: Oliver and Alicante have li inside
    ['li', [1]],
    ['o', [0, 7]],
    ['ali', [7]],
    ['iver', [7]],
    ['龍', [2]],
    ['李小', []],
    ['李 小龍', [2]],
    ['小', [2]],
    ['мария', [3]],
    ['ивано', [3]],
    ['strasse', [5]],
    ['muller', [5]],
    ['lüden', [5]],
    ['muller-ludenscheid', [5]],
    ['ชาย', [6]],
    ['محمد', [9]],
    ['الله', [9]],
    ['ventas@example.org', [8]],
    ['+tienda', [1]],
    // an address is found whole or by its beginning
    ['JOSE.nunez@example.com', [0]],
    ['jose.nunez@exam', [0]],
    ['nunez@example.com', []],
    ['LI+tienda@example.net', [1]],
    ["o'ven@example.org", []],
    ['li wu li+tienda@example.net', [1]],
    ['nadie', []],
  ])('%s finds %j', async (q, found) => {
    expect(await search(shop, q)).toEqual(found)
  })

  test.each([
    ['+34 600 000 142', [1]],
    ['+34600000142', [1]],
    ['0034 600 00 01 42', [1]],
    ['600 00 01 42', [1]],
    ['(600) 00-01-42', [1]],
    ['٦٠٠ ٠٠ ٠١ ٤٢', [1]],
    ['600000', [1]],
    ['0142', [1]],
    ['+54 9 11 2345-6789', [0]],
    ['+54 11 2345-6789', [0]],
    ['11 2345 6789', [0]],
    ['+52 1 55 1234 5678', [7]],
    ['+52 55 1234 5678', [7]],
    ['55 1234 5678', [7]],
    ['+81 3-1234-5678', [2]],
    ['03-1234-5678', [2]],
    ['+34 600 000 143', []],
    // with its country a phone is found whole or by its beginning
    ['+3460000', [1]],
    ['+600 000 142', []],
    ['0034 600 000 142', [1]],
    ['34600000142', [1]],
  ])('the phone %s finds %j', async (q, found) => {
    expect(await search(shop, q)).toEqual(found)
  })

  test.each([
    ['%', []],
    ['%%%', []],
    ['00%', [4]],
    ['100%', [4]],
    ['_', []],
    ['algodón_s', [4]],
    ['algodonxs', []],
    ['\\', []],
    ['c:\\tmp', [4]],
    ['%%%%', []],
    ["'; drop table contact;--", []],
    ["' or '1'='1", []],
    ['a & !b:*', []],
    ["')) union select 1--", []],
    ['Xabcd', []],
    ['\u0001\u200b', null],
    ['   ', null],
    ['', null],
  ])('%s means itself: %j', async (q, found) => {
    expect(await search(shop, q)).toEqual(found ?? people.map((_, at) => at))
  })

  test('as long as it may be is answered, longer is refused', async () => {
    for (const q of ['%a'.repeat(100), 'a b '.repeat(50), '_'.repeat(200), '９'.repeat(200), '龍'.repeat(200)])
      expect(await search(shop, q)).toEqual([])
    for (const q of ['x'.repeat(201), '%a'.repeat(10_000), 'a\u0000', '\ud800'])
      await expect(shop.manager.client.contacts.list({ q })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  test('whose name is one word longer than an index keeps is found by its beginning and by an address', async () => {
    const shop = await givenPeople([{ firstName: '㌀'.repeat(120), email: 'larga@example.com' }])
    for (const q of ['㌀', '㌀'.repeat(30), 'larga@example.com', 'larga@']) expect(await search(shop, q)).toEqual([0])
  })

  test('follows an edit at once', async () => {
    const { ids, manager } = await givenPeople([{ firstName: 'Antes', phone: '+34600000142' }])
    const values = { firstName: 'Después', phone: '+52 55 1234 5678' }
    await manager.client.contacts.update({ contactId: ids[0]!, values })
    expect(await search({ ids, manager }, 'antes')).toEqual([])
    expect(await search({ ids, manager }, '600000142')).toEqual([])
    expect(await search({ ids, manager }, 'despues')).toEqual([0])
    expect(await search({ ids, manager }, '55 1234 5678')).toEqual([0])
  })
})

describe('whoever is in the list', () => {
  const names = [
    'Ana',
    'José María',
    'Ñandú',
    'Łukasz',
    'Straße',
    'Zoë',
    'Ó Briain',
    '王小明',
    'かな',
    '김민수',
    'Юля',
    'O’Hara',
    'Li',
  ]
  const phones = ['+34600000142', '+525512345678', '+5491123456789', '+16502530000', '+442079460000', '+5511961234567']
  const person = fc.record({
    firstName: fc.option(fc.constantFrom(...names)),
    lastName: fc.option(fc.constantFrom(...names)),
    email: fc.option(fc.constantFrom('ana@example.com', 'jose.perez+x@example.net', 'li@example.org')),
    phone: fc.option(fc.constantFrom(...phones)),
  })
  const spellings = (phone: string) => [
    phone,
    phone.slice(1),
    phone.replace('+', '00'),
    formatPhone(phone),
    formatPhone(phone).replaceAll(' ', '-'),
    formatPhone(phone).replaceAll(' ', '\u00A0'),
  ]
  const written = (word: string) => [word, word.toUpperCase(), word.normalize('NFD'), ` ${word}  `]

  test('stands on its pages once in each order, and is found by any of what is known of them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(person, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        async (people, limit) => {
          const shop = await givenPeople(people, (at) => new Date(Date.UTC(2026, 0, 1 + (at % 3))))
          for (const sort of ['added', 'name', 'lastMessage'] as const) {
            const paged = await allPages(shop.manager, { sort, limit })
            expect(paged.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(shop.ids)
            expect(paged).toEqual(await allPages(shop.manager, { sort, limit: 100 }))
          }
          const at = people.length - 1
          const { firstName, lastName, email, phone } = people[at]!
          const asked = [firstName, lastName, email].flatMap((word) => (word === null ? [] : written(word)))
          if (firstName !== null && lastName !== null) asked.push(`${lastName} ${firstName}`)
          if (phone !== null) asked.push(...spellings(phone))
          for (const q of asked)
            expect({ q, found: await search(shop, q) }).toEqual({ q, found: expect.arrayContaining([at]) })
        },
      ),
      { numRuns: 15 },
    )
  })
})
