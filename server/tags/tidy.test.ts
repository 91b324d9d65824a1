import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Client } from '../testing/client.ts'
import { givenWorkspace } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { waitFor } from '../testing/wait-for.ts'

let server: TestServer
let workspaceId: number
let client: Client

beforeAll(async () => {
  server = await startTestServer()
})
beforeEach(async () => {
  const { id, owner } = await givenWorkspace(server)
  workspaceId = id
  client = owner.client
})
afterAll(() => server.close())

const many = 1203

/** As many contacts as a job is needed for, all with this tag, every third with the other too. */
async function giveToMany(tagId: number, otherId: number): Promise<void> {
  await sql`
    with made as (
      insert into contact (workspace_id, id, created_at, sort_name, born_source, tags)
      select ${workspaceId}, n, now(), 'x', 'person',
        case n % 3 when 0 then array[${otherId}, ${tagId}] else array[${tagId}] end::integer[]
      from generate_series(1, ${many}::integer) n returning workspace_id, id, tags
    ), state as (
      insert into contact_state (workspace_id, contact_id) select workspace_id, id from made
    )
    insert into contact_tag (workspace_id, tag_id, contact_id)
    select workspace_id, unnest(tags), id from made`.execute(server.deps.db)
}

const carried = async (tagId: number) => {
  const { rows } = await sql<{ listed: number; found: number }>`
    select (select count(*)::integer from contact where workspace_id = ${workspaceId} and tags @> array[${tagId}::integer]) as listed,
      (select count(*)::integer from contact_tag where workspace_id = ${workspaceId} and tag_id = ${tagId}) as found`.execute(
    server.deps.db,
  )
  return rows[0]
}

test('a tag that thousands hold is merged at once for whoever looks, and rewritten in batches behind that', async () => {
  const [old, target] = [await client.tags.create({ name: 'Vieja' }), await client.tags.create({ name: 'Nueva' })]
  await giveToMany(old.id, target.id)
  await client.tags.merge({ tagId: old.id, intoId: target.id })
  // whatever is rewritten by now, everybody sees the same
  for (const contactId of [1, 3, many])
    expect((await client.contacts.get({ contactId })).tags).toMatchObject([{ id: target.id, name: 'Nueva' }])
  expect(await client.tags.count({ tagId: target.id })).toEqual({ contacts: many })
  await waitFor('the rewriting', async () => (await carried(old.id))?.listed === 0)
  expect(await carried(old.id)).toEqual({ listed: 0, found: 0 })
  expect(await carried(target.id)).toEqual({ listed: many, found: many })
  const [row] = (await client.tags.list()).items
  // the list counts no further than it says
  expect(row).toMatchObject({ name: 'Nueva', contacts: 1000 })
})

test('a tag that thousands hold is gone at once, and swept from their records behind that', async () => {
  const [old, other] = [await client.tags.create({ name: 'Vieja' }), await client.tags.create({ name: 'Otra' })]
  await giveToMany(old.id, other.id)
  await client.tags.remove({ tagId: old.id, contacts: many })
  expect((await client.contacts.get({ contactId: 1 })).tags).toEqual([])
  expect((await client.contacts.get({ contactId: 3 })).tags).toMatchObject([{ id: other.id }])
  await waitFor('the sweeping', async () => (await carried(old.id))?.listed === 0)
  expect(await carried(old.id)).toEqual({ listed: 0, found: 0 })
  expect(await carried(other.id)).toEqual({ listed: 401, found: 401 })
})
