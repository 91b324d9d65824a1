import { sql, type Kysely } from 'kysely'
import type { DB } from '../db/tables.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { keysOf } from '../identity/index-keys.ts'
import { keyVersion } from '../identity/key-version.ts'

const batchSize = 2000
/** A key that more contacts hold than this supports no pair; one of them is enough to list it. */
const mostCompared = 230

/**
 * Makes the keys of all contacts anew and has everybody compared who shares one. Each batch notes how far it came, so a
 * process killed in between goes on from there.
 */
export async function rebuildSuggestions(
  deps: Pick<Deps, 'db'> & { jobs: Pick<Deps['jobs'], 'ring'> },
  { workspaceId }: { workspaceId: number },
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    if (signal.aborted) return deps.jobs.ring('rebuild-suggestions', { workspaceId })
    const more = await deps.db.transaction().execute((tx) => indexBatch(tx, workspaceId))
    if (more === null) return
    if (!more) break
  }
  await deps.db.transaction().execute((tx) => markShared(tx, workspaceId))
  await deps.jobs.ring('suggest-duplicates', { workspaceId })
}

/** Has a workspace compared from the beginning; one that is at it already goes on. */
export async function startRebuild(db: Kysely<DB>, workspaceId: number): Promise<void> {
  await sql`insert into suggestion_rebuild (workspace_id) values (${workspaceId}) on conflict do nothing`.execute(db)
}

/** @returns whether there is more; null where nobody asked for a rebuild, or its keys stand already */
async function indexBatch(tx: Tx, workspaceId: number): Promise<boolean | null> {
  const { rows } = await sql<{ keyed_to: number }>`
    select keyed_to from suggestion_rebuild where workspace_id = ${workspaceId} and total is null for update`.execute(
    tx,
  )
  const progress = rows[0]
  if (progress === undefined) return null
  const { rows: contacts } = await sql<{ id: number; phone: string | null; email: string | null }>`
    select id, case when own is null then phone else own->'phone'->>'value' end as phone,
      case when own is null then email else own->'email'->>'value' end as email
    from contact where workspace_id = ${workspaceId} and id > ${progress.keyed_to} order by id limit ${batchSize}`.execute(
    tx,
  )
  const last = contacts.at(-1)
  if (last === undefined) return false
  const wanted = contacts.flatMap((contact) => keysOf(contact).map((key) => ({ ...key, id: contact.id })))
  await sql`
    with wanted as (
      select * from unnest(${wanted.map(({ key }) => key)}::text[], ${wanted.map(({ id }) => id)}::bigint[],
        ${wanted.map(({ strength }) => strength)}::text[]) as wanted (key, contact_id, strength)
    ), stale as (
      delete from identity_key k
      where k.workspace_id = ${workspaceId} and k.contact_id = any(${contacts.map(({ id }) => id)}::bigint[])
        and not exists (select from wanted w where w.key = k.key and w.contact_id = k.contact_id)
    )
    insert into identity_key as known (workspace_id, key, contact_id, strength)
    select ${workspaceId}::bigint, key, contact_id, strength from wanted order by key, contact_id
    on conflict (workspace_id, key, contact_id) do update set strength = excluded.strength
    where known.strength <> excluded.strength`.execute(tx)
  await sql`update suggestion_rebuild set keyed_to = ${last.id} where workspace_id = ${workspaceId}`.execute(tx)
  return true
}

async function markShared(tx: Tx, workspaceId: number): Promise<void> {
  await sql`
    insert into identity_due (workspace_id, contact_id)
    select ${workspaceId}::bigint, contact_id from (
      select k.contact_id from identity_key k join (
        select key from identity_key where workspace_id = ${workspaceId}
        group by key having count(*) between 2 and ${mostCompared}
      ) shared using (key) where k.workspace_id = ${workspaceId}
      union select min(contact_id) from identity_key where workspace_id = ${workspaceId}
        group by key having count(*) > ${mostCompared}
      union select a from pair_suggestion where workspace_id = ${workspaceId}
    ) due order by contact_id
    on conflict do nothing`.execute(tx)
  await sql`
    update suggestion_rebuild set total = (select count(*) from identity_due where workspace_id = ${workspaceId})
    where workspace_id = ${workspaceId}`.execute(tx)
  await sql`update workspace set key_version = ${keyVersion} where id = ${workspaceId}`.execute(tx)
}
