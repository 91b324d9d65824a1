import { ORPCError } from '@orpc/server'
import { sql } from 'kysely'
import { ImportWish } from '#contract/imports.ts'
import type { Deps } from '../deps.ts'
import { holdFields } from '../fields/hold-fields.ts'
import { backgroundContext } from '../http/background-context.ts'
import type { Tx } from '../http/endpoint.ts'
import { findOrMakeTags } from '../tags/find-or-make-tags.ts'
import { findTags } from '../tags/find-tags.ts'
import { holdTags } from '../tags/hold-tags.ts'
import { tagNameKey } from '../tags/tag-name.ts'
import { keysInRow } from './keys-in-row.ts'
import { holdNamed } from './load-recipients.ts'
import { customIds, loadContext, readRows, type NextRow, type RowsAhead } from './read-ahead.ts'
import type { RowContext } from './read-row.ts'
import type { Done, RunningImport } from './run-import.ts'
import { catchUp, keepDistance, type Turn } from './turn.ts'
import { writeBatch, type Batch, type RowDone } from './write-batch.ts'

/** Carries out the next rows of an import. A row that cannot be carried out says why and holds up no other. */
export async function carryOutRows(
  tx: Tx,
  deps: Deps,
  file: RunningImport,
  next: RowsAhead,
  limit: number,
  turn: Turn,
): Promise<Done> {
  const read = await next.take(file)
  const { workspace_id: workspaceId, id: importId } = file
  const wish = ImportWish.parse(file.wish)
  const customs = await holdFields(tx, workspaceId, customIds(wish))
  const [members, stages] = [wish.columns.includes('assignee'), wish.columns.includes('lifecycle')]
  await holdNamed(tx, workspaceId, { members, stages })
  const context = await loadContext(tx, workspaceId, wish, customs)
  // somebody may have changed what they were read by
  const isSame = JSON.stringify(context) === JSON.stringify(read.context)
  const rows = isSame ? read.rows : await readRows(tx, file, context, file.done, limit)
  await keepDistance(turn, rows)
  const { notices, tags } = await makeTags(tx, deps, file, new Set(rows.flatMap((row) => row.tags)))
  const common = await standing(tx, file)
  const held = await holdTags(tx, workspaceId, [...new Set([...tags.values(), ...common])])
  const heldById = new Map(held.map((tag) => [tag.id, tag]))
  const batch: Batch = {
    ...context,
    tx,
    deps,
    workspaceId,
    importId,
    now: deps.clock.now(),
    common: common.flatMap((id) => heldById.get(id) ?? []),
    catchUp: () => catchUp(turn),
    onWriting(keys) {
      next.goOn(file)
      turn.decide(keys)
    },
    tagOf: (name) => heldById.get(tags.get(tagNameKey(name)) ?? 0),
  }
  const done = await carryOut(batch, rows)
  await writeOutcomes(tx, file, done, keysOfStrangers(done, rows, context))
  const counts: Record<string, number> = {}
  for (const { outcome } of done) counts[outcome] = (counts[outcome] ?? 0) + 1
  return { counts, notices }
}

/** Together where the database has them; else by halves, until what it will not have stands alone and is refused. */
async function carryOut(batch: Batch, rows: readonly NextRow[]): Promise<RowDone[]> {
  const { tx, deps } = batch
  await sql`savepoint some_rows`.execute(tx)
  try {
    const done: RowDone[] = []
    while (done.length < rows.length) done.push(...(await writeBatch(batch, rows.slice(done.length))))
    await sql`release savepoint some_rows`.execute(tx)
    return done
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    // waited for each other or for somebody else, or the database is out of reach: the whole batch is taken up again
    if (/^(?:40|08|57|55P03|E)/.test(code)) throw error
    await sql`rollback to savepoint some_rows`.execute(tx)
    const [row] = rows
    if (row === undefined) throw error
    if (rows.length > 1) {
      const half = rows.length >> 1
      return [...(await carryOut(batch, rows.slice(0, half))), ...(await carryOut(batch, rows.slice(half)))]
    }
    deps.log.error({ err: error, place: row.place }, 'a row could not be imported')
    const reasons = [{ path: 'row', reason: 'error', message: 'The row could not be written.' }]
    return [{ place: row.place, outcome: 'refused', reasons, contactId: null, before: null }]
  }
}

/** Whom rows without a contact name: these rows go when somebody who is named so is deleted, as the others do with theirs. */
function keysOfStrangers(
  done: readonly RowDone[],
  rows: readonly NextRow[],
  { country }: RowContext,
): Map<number, readonly string[]> {
  const byPlace = new Map(rows.map((row) => [row.place, row]))
  return new Map(
    done.flatMap(({ place, contactId }) => {
      const row = contactId === null ? byPlace.get(place) : undefined
      return row === undefined ? [] : [[place, keysInRow(row, country)]]
    }),
  )
}

async function writeOutcomes(
  tx: Tx,
  { workspace_id, id }: RunningImport,
  done: readonly RowDone[],
  keys: ReadonlyMap<number, readonly string[]>,
): Promise<void> {
  const places = done.map(({ place }) => place)
  // without its ends the whole file would be looked through for each batch
  await sql`
    update import_row set outcome = done.outcome, reasons = done.reasons, contact_id = done.contact_id, before = done.before
    from unnest(${places}::integer[], ${done.map(({ outcome }) => outcome)}::text[],
      ${done.map(({ reasons }) => JSON.stringify(reasons))}::jsonb[], ${done.map(({ contactId }) => contactId)}::bigint[],
      ${done.map(({ before }) => (before === null ? null : JSON.stringify(before)))}::jsonb[])
      done (place, outcome, reasons, contact_id, before)
    where import_row.workspace_id = ${workspace_id} and import_row.import_id = ${id} and import_row.place = done.place
      and import_row.place between ${places[0]}::integer and ${places.at(-1)}::integer`.execute(tx)
  const named = [...keys].flatMap(([place, list]) => list.map((key) => ({ place, key })))
  if (named.length > 0)
    await sql`
      insert into import_row_key (workspace_id, key, import_id, place)
      select ${workspace_id}::bigint, key, ${id}::bigint, place
      from unnest(${named.map(({ key }) => key)}::text[], ${named.map(({ place }) => place)}::integer[]) named (key, place)
      on conflict do nothing`.execute(tx)
}

/** The tags that every contact of the import gets, as far as there still are any. */
async function standing(tx: Tx, { workspace_id, tag_ids }: RunningImport): Promise<number[]> {
  if (tag_ids.length === 0) return []
  const rows = await tx
    .selectFrom('tag')
    .select(['id', 'merged_into'])
    .where('workspace_id', '=', workspace_id)
    .where('id', 'in', tag_ids)
    .execute()
  return [...new Set(rows.map(({ id, merged_into }) => merged_into ?? id))]
}

async function makeTags(tx: Tx, deps: Deps, file: RunningImport, names: ReadonlySet<string>) {
  const tags = await findTags(tx, file.workspace_id, names)
  const { context, notices } = backgroundContext(deps, tx, {
    workspaceId: file.workspace_id,
    memberId: file.started_by ?? 0,
    via: file.started_via === 'api' ? 'api' : 'member',
  })
  for (const name of names) {
    if (tags.has(tagNameKey(name))) continue
    try {
      const [id] = await findOrMakeTags(context, [name])
      if (id !== undefined) tags.set(tagNameKey(name), id)
    } catch (error) {
      // a workspace has as many tags as it may have, or nothing of the name can be seen: the contact comes without it
      if (!(error instanceof ORPCError) || error.status >= 500) throw error
    }
  }
  return { notices, tags }
}
