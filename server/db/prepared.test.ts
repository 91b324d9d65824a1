import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../testing/database.ts'
import { openDatabase, type Database } from './open-database.ts'
import { prepared } from './prepared.ts'

let database: Database

beforeAll(async () => {
  // one connection, so that what it keeps can be looked at
  database = openDatabase(await createTestDatabase(), { max: 1, applicationName: 'ficha test' })
})
afterAll(() => database.close())

const kept = async () => {
  const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(database.db)
  return rows.map(({ statement }) => statement)
}

test('a statement that begins so is kept, once however often it runs, and answers each time for what it was asked', async () => {
  const double = async (value: number) => {
    const { rows } = await sql<{ twice: number }>`${prepared} select ${value}::int * 2 as twice`.execute(database.db)
    return rows[0]?.twice
  }
  expect([await double(1), await double(2), await double(3)]).toEqual([2, 4, 6])
  expect(await kept()).toEqual([expect.stringContaining('$1::int * 2')])
})

test('two texts are two statements, and any other is not kept', async () => {
  await sql`${prepared} select ${'a'}::text as first`.execute(database.db)
  await sql`${prepared} select ${'a'}::text as second`.execute(database.db)
  await sql`select ${'a'}::text as third`.execute(database.db)
  const statements = await kept()
  expect(statements.filter((text) => /first|second/.test(text))).toHaveLength(2)
  expect(statements.filter((text) => text.includes('third'))).toEqual([])
})

test('a list comes back as it was sent, whatever stands in it', async () => {
  const special = fc.constantFrom(
    '',
    '"',
    '\\',
    '\\n',
    '\n',
    '\t',
    '\u0001',
    'NULL',
    'null',
    '{a,b}',
    '{"a": "\\u00e9\\n"}',
    '😀',
    'é',
  )
  const text = fc.oneof(special, fc.string({ unit: 'grapheme' }), fc.constant(null))
  // to PostgreSQL's drivers there is one zero
  const number = fc.double().map((value) => (value === 0 ? 0 : value))
  const both = fc.tuple(fc.array(text, { maxLength: 20 }), fc.array(fc.option(number)))
  await fc.assert(
    fc.asyncProperty(both, async ([texts, numbers]) => {
      const days = [new Date(0)]
      const { rows } = await sql`
        select ${texts}::text[] as texts, ${numbers}::float8[] as numbers, ${days}::timestamptz[] as days`.execute(
        database.db,
      )
      expect(rows[0]).toEqual({ texts, numbers, days })
    }),
    { numRuns: 200 },
  )
})

test('a list with a text of many megabytes comes back too', async () => {
  const long = ['ñ\\n"'.repeat(3_000_000), null]
  const { rows } = await sql<{ same: boolean }>`
    select ${long}::text[] = array[${long[0]}::text, null] as same`.execute(database.db)
  expect(rows[0]?.same).toBe(true)
})
