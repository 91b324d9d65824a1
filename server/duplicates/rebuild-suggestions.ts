import { setImmediate } from 'node:timers/promises'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { DB } from '../db/tables.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { keysOf, type Reachable } from '../identity/index-keys.ts'
import { keyVersion } from '../identity/key-version.ts'

const batchSize = 1000
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
  const progress = await keyedTo(deps.db, workspaceId)
  if (progress === null) return
  // the keys of the next are made while PostgreSQL writes those of the last
  let next = await readBatch(deps.db, workspaceId, progress)
  while (next.contacts.length > 0) {
    if (signal.aborted) return deps.jobs.ring('rebuild-suggestions', { workspaceId })
    const batch = next
    const last = batch.contacts.at(-1)!.id
    const [isOurs, following] = await Promise.all([
      deps.db.transaction().execute((tx) => writeBatch(tx, workspaceId, batch, last)),
      readBatch(deps.db, workspaceId, last),
    ])
    if (!isOurs) return
    next = following
  }
  await deps.db.transaction().execute((tx) => markShared(tx, workspaceId))
  await deps.jobs.ring('suggest-duplicates', { workspaceId })
}

/** Has a workspace compared from the beginning; one that is at it already goes on. */
export async function startRebuild(db: Kysely<DB>, workspaceId: number): Promise<void> {
  await sql`insert into suggestion_rebuild (workspace_id) values (${workspaceId}) on conflict do nothing`.execute(db)
}

interface Batch {
  readonly contacts: readonly Speller[]
  readonly keys: readonly { readonly key: string; readonly strength: string; readonly id: number }[]
}

/** A contact and what it says alone. */
interface Speller extends Reachable {
  readonly id: number
}

/** How far the keys stand; null where nobody asked for a rebuild, or all of them do. */
async function keyedTo(db: Kysely<DB> | Tx, workspaceId: number, lock = sql``): Promise<number | null> {
  const { rows } = await sql<{ keyed_to: number }>`
    select keyed_to from suggestion_rebuild where workspace_id = ${workspaceId} and total is null ${lock}`.execute(db)
  return rows[0]?.keyed_to ?? null
}

async function readBatch(db: Kysely<DB>, workspaceId: number, after: number): Promise<Batch> {
  const contacts = await readSpellers(db, workspaceId, sql`id > ${after} order by id limit ${batchSize}`)
  return { contacts, keys: await spell(contacts) }
}

async function readSpellers(
  db: Kysely<DB> | Tx,
  workspaceId: number,
  which: RawBuilder<unknown>,
): Promise<readonly Speller[]> {
  const { rows } = await sql<Speller>`
    select id, case when own is null then phone else own->'phone'->>'value' end as phone,
      case when own is null then email else own->'email'->>'value' end as email
    from contact where workspace_id = ${workspaceId} and ${which}`.execute(db)
  return rows
}

/** Reading a phone takes a while; whoever else wants something of this process gets a word in between. */
async function spell(contacts: readonly Speller[]): Promise<Batch['keys']> {
  const keys: { key: string; strength: string; id: number }[] = []
  for (const [at, contact] of contacts.entries()) {
    if (at % 100 === 99) await setImmediate()
    for (const key of keysOf(contact)) keys.push({ ...key, id: contact.id })
  }
  return keys
}

/** @returns false where another process went on meanwhile, or nobody wants it any more */
async function writeBatch(tx: Tx, workspaceId: number, batch: Batch, last: number): Promise<boolean> {
  const progress = await keyedTo(tx, workspaceId, sql`for update`)
  if (progress === null || progress >= last) return false
  const ids = batch.contacts.map(({ id }) => id)
  await keyLateComers(tx, workspaceId, batch.contacts, await writeKeys(tx, workspaceId, ids, batch.keys))
  await sql`update suggestion_rebuild set keyed_to = ${last} where workspace_id = ${workspaceId}`.execute(tx)
  return true
}

/** @returns whose keys are other ones now */
async function writeKeys(
  tx: Tx,
  workspaceId: number,
  ids: readonly number[],
  keys: Batch['keys'],
): Promise<readonly number[]> {
  const { rows } = await sql<{ contact_id: number }>`
    with wanted as (
      select * from unnest(${keys.map(({ key }) => key)}::text[], ${keys.map(({ id }) => id)}::bigint[],
        ${keys.map(({ strength }) => strength)}::text[]) as wanted (key, contact_id, strength)
    ), stale as (
      delete from identity_key k
      where k.workspace_id = ${workspaceId} and k.contact_id = any(${ids}::bigint[])
        and not exists (select from wanted w where w.key = k.key and w.contact_id = k.contact_id)
      returning k.contact_id
    ), made as (
      insert into identity_key as known (workspace_id, key, contact_id, strength)
      select ${workspaceId}::bigint, key, contact_id, strength from wanted order by key, contact_id
      on conflict (workspace_id, key, contact_id) do update set strength = excluded.strength
      where known.strength <> excluded.strength returning contact_id
    )
    select contact_id from stale union select contact_id from made`.execute(tx)
  return rows.map((row) => row.contact_id)
}

/**
 * Whoever was edited after they were read got their keys from that edit, and old ones must not stand beside them. The lock
 * waits for an edit under way; a later one finds what is written here.
 */
async function keyLateComers(
  tx: Tx,
  workspaceId: number,
  before: readonly Speller[],
  written: readonly number[],
): Promise<void> {
  if (written.length === 0) return
  const read = new Map(before.map((contact) => [contact.id, contact]))
  const now = await readSpellers(tx, workspaceId, sql`id = any(${written}::bigint[]) order by id for share`)
  const edited = now.filter(({ id, phone, email }) => read.get(id)?.phone !== phone || read.get(id)?.email !== email)
  if (edited.length === 0) return
  await writeKeys(
    tx,
    workspaceId,
    edited.map(({ id }) => id),
    await spell(edited),
  )
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
