import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Filter } from '#contract/filter.ts'
import { makeTestWorkspace } from '../../members/testing.ts'
import { givenMember, type GivenMember } from '../../testing/given.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

const count = 3000
let server: TestServer
let manager: GivenMember
beforeAll(async () => {
  server = await startTestServer({ work: false })
  const { db } = server.deps
  const ws = await makeTestWorkspace(server.deps)
  manager = await givenMember(server, ws, { role: 'manager' })
  const colleague = await givenMember(server, ws, { name: 'Álvaro' })
  await givenMember(server, ws, { name: 'Nadie' })
  await sql`insert into contact (workspace_id, id, created_at, sort_name, first_name, born_source, country, email, phone, tags,
      fields)
    select ${ws}, n, timestamptz '2026-01-01' + (n % 700) * interval '1 hour', 'p' || n * 7919 % 3001, 'P' || n, 'import',
      case when n % 3 > 0 then (array['ES', 'MX', 'AR'])[1 + n % 3] end,
      case when n % 2 > 0 then (array['A', 'b', 'C'])[1 + n % 3] || n || '@example.com' end,
      case when n % 7 > 1 then '+3460' || 1000000 + n * 7919 % 3001 end,
      case when n % 97 = 5 then '{1}'::integer[] else '{}' end,
      case when n % 5 > 0 then jsonb_build_object('1', n % 40) else '{}' end from generate_series(1, ${count}) n`.execute(
    db,
  )
  await sql`insert into contact_state (workspace_id, contact_id, status, assignee_id, last_message_at)
    select ${ws}, n, n % 4, case n % 3 when 1 then ${colleague.memberId}::bigint when 2 then ${manager.memberId}::bigint end, case when n % 4 > 0 then timestamptz '2026-03-01' + n % 90 * interval '1 hour' else '-infinity' end
    from generate_series(1, ${count}) n`.execute(db)
  await sql`insert into contact_tag (workspace_id, tag_id, contact_id) select ${ws}, 1, n from generate_series(5, ${count}, 97) n`.execute(
    db,
  )
  await sql`insert into custom_field (workspace_id, id, name, name_key, slug, type) values (${ws}, 1, 'N', 'n', 'n', 'number')`.execute(
    db,
  )
  await sql`insert into field_num (workspace_id, field_id, num, contact_id)
    select ${ws}, 1, n % 40, n from generate_series(1, ${count}) n where n % 5 > 0`.execute(db)
  // as in a database that has stood for a minute
  await sql`analyze contact, contact_state, contact_tag, field_num`.execute(db)
})
afterAll(() => server.close())

type Asked = Omit<Parameters<GivenMember['client']['contacts']['list']>[0], 'cursor'>
async function allPages(asked: Asked): Promise<number[]> {
  const ids: number[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof manager.client.contacts.list>> = await manager.client.contacts.list({
      ...asked,
      cursor,
    })
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.next
  } while (cursor !== null)
  return ids
}

const rare = Array.from({ length: count }, (_, at) => at + 1).filter((id) => id % 97 === 5)
const byTag: Filter = { and: [{ field: 'tag', operator: 'hasAnyOf', value: [1] }] }
// no index narrows what is denied: found by going on along the list
const byDenial: Filter = {
  and: [
    { field: 'country', operator: 'doesNotExist' },
    { field: '#1', operator: 'doesNotExist' },
  ],
}
// told by the contact's row, by its state, and by the one or the other
const byAll: Filter = {
  and: [
    byTag,
    { field: 'assignee', operator: 'exists' },
    {
      or: [
        { field: 'status', operator: 'isEqualTo', value: 'open' },
        { field: 'email', operator: 'doesNotExist' },
      ],
    },
  ],
}
const told = rare.filter((id) => id % 3 > 0 && (id % 4 === 1 || id % 2 === 0))
const denied = Array.from({ length: count }, (_, at) => at + 1).filter((id) => id % 3 === 0 && id % 5 === 0)
const everySort = ['added', 'name', 'lastMessage', 'email', 'lifecycle', 'status', 'assignee', '#1'] as const

/** All combinations take half a minute: one direction of each, in turn, unless asked for thoroughly. */
const isThorough = process.env['FICHA_THOROUGH'] === 'yes'
const directionsFor = (at: number) => {
  const both = ['asc', 'desc'] as const
  return isThorough ? both : [both[at % 2]!]
}

test.each(everySort.flatMap((sort, at) => directionsFor(at).map((order) => [sort, order] as const)))(
  'a rare filter by %s %s finds the same in the same order, whatever the way and the size of its pages',
  async (sort, order) => {
    const everybody = await allPages({ sort, order, limit: 100 })
    expect(new Set(everybody).size).toBe(count)
    for (const [filter, expected] of [
      [byTag, rare],
      [byDenial, denied],
      [byAll, told],
    ] as const) {
      const inOrder = everybody.filter((id) => expected.includes(id))
      expect(inOrder).toHaveLength(expected.length)
      for (const limit of [13, 100]) expect(await allPages({ sort, order, filter, limit })).toEqual(inOrder)
    }
  },
)

const oneOf = (field: string, operator: string, value?: unknown): Filter => ({
  and: [{ field, operator, value } as Filter extends { and: readonly (infer Node)[] } ? Node : never],
})
test.each([
  ['country', oneOf('country', 'isEqualTo', 'MX'), (id: number) => id % 3 === 1],
  ['country', oneOf('country', 'isNotEqualTo', 'MX'), (id: number) => id % 3 !== 1],
  ['country', oneOf('country', 'doesNotExist'), (id: number) => id % 3 === 0],
  ['name', oneOf('name', 'isEqualTo', 'p77'), (id: number) => (id * 7919) % 3001 === 77],
  ['email', oneOf('email', 'exists'), (id: number) => id % 2 === 1],
  ['email', oneOf('email', 'isEqualTo', 'A9@EXAMPLE.com'), (id: number) => id === 9],
  ['status', oneOf('status', 'hasAnyOf', ['open', 'closed']), (id: number) => id % 4 === 1 || id % 4 === 3],
  ['status', oneOf('status', 'isNotEqualTo', 'open'), (id: number) => id % 4 !== 1],
  ['assignee', oneOf('assignee', 'exists'), (id: number) => id % 3 > 0],
  ['assignee', oneOf('assignee', 'doesNotExist'), (id: number) => id % 3 === 0],
  ['lifecycle', oneOf('lifecycle', 'doesNotExist'), () => true],
  ['#1', oneOf('#1', 'isLessThan', 2), (id: number) => id % 5 > 0 && id % 40 < 2],
  ['#1', oneOf('#1', 'isNotEqualTo', 1), (id: number) => id % 5 === 0 || id % 40 !== 1],
  ['#1', oneOf('#1', 'doesNotExist'), (id: number) => id % 5 === 0],
] as const)(
  'a list by %s of whom a condition on the same finds is the same part of the whole list: %j',
  async (sort, filter, finds) => {
    for (const order of directionsFor(sort.length)) {
      const everybody = await allPages({ sort, order, limit: 100 })
      expect(await allPages({ sort, order, filter, limit: 100 })).toEqual(everybody.filter(finds))
    }
  },
  20_000,
)

test('what a list is sorted by goes as it is read, both ways: names without regard to accents, who has none last', async () => {
  const read = async (sort: 'email' | 'phone' | 'assignee' | 'status', order: 'asc' | 'desc') => {
    const seen: (string | null)[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof manager.client.contacts.list>> = await manager.client.contacts.list({
        sort,
        order,
        limit: 100,
        cursor,
      })
      for (const { email, phone, assignee, status } of page.items)
        seen.push({ email: email?.toLowerCase() ?? null, phone, assignee: assignee?.name ?? null, status }[sort])
      cursor = page.next
    } while (cursor !== null)
    return seen.filter((value, at) => value !== seen[at - 1])
  }
  expect(await read('assignee', 'asc')).toEqual(['Álvaro', manager.name, null])
  expect(await read('assignee', 'desc')).toEqual([manager.name, 'Álvaro', null])
  expect(await read('status', 'asc')).toEqual(['open', 'snoozed', 'closed', null])
  expect(await read('status', 'desc')).toEqual(['closed', 'snoozed', 'open', null])
  for (const sort of ['email', 'phone'] as const) {
    const asc = await read(sort, 'asc')
    const held = asc.slice(0, -1)
    expect(asc.at(-1)).toBeNull()
    expect(held).toEqual(held.toSorted((a, b) => (a! < b! ? -1 : 1)))
    expect(await read(sort, 'desc')).toEqual([...held.toReversed(), null])
  }
})
