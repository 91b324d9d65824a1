import { sql } from 'kysely'
import type { MergeEntry } from '#contract/merging.ts'
import { loadSummaries } from '../contacts/load-summaries.ts'
import { holdsSearch } from '../contacts/match-search.ts'
import { readCursor, writeCursor } from '../db/page-cursor.ts'
import type { ReadContext } from '../http/endpoint.ts'
import { refuse } from '../http/fail.ts'
import type { ShownMerge } from './describe-merge.ts'
import type { ParsedInput } from './parsed-input.ts'

interface Row {
  id: number
  survivor_id: number
  reasons: MergeEntry['reasons']
  shown: ShownMerge
  merged_at: Date
  merged_name: string | null
  undone_at: Date | null
  undone_name: string | null
  final_at: Date | null
}

/** One page of the history of merges, newest first: what was done, on what evidence, and what became of it. */
export async function listMerges(
  { db, actor }: ReadContext,
  input: ParsedInput<'history'>,
): Promise<{ items: MergeEntry[]; next: string | null }> {
  const { workspaceId } = actor
  const { q, memberId, contactId, state, limit } = input
  const list = JSON.stringify(['merges', workspaceId, q ?? '', memberId ?? 0, contactId ?? 0, state ?? ''])
  const [before] = readCursor(list, input.cursor) ?? []
  if (before !== undefined && !/^\d{1,15}$/.test(before))
    return refuse('cursor', 'format', 'Send the cursor as it was given.')
  const found = holdsSearch(q ?? '', sql`op.txt`)
  const { rows } = await sql<Row>`
    select op.id, op.survivor_id, op.reasons, op.shown, op.merged_at, merger.name as merged_name, op.undone_at,
      undoer.name as undone_name, op.final_at
    from merge_op op
    left join member merger on merger.workspace_id = op.workspace_id and merger.id = op.merged_by
    left join member undoer on undoer.workspace_id = op.workspace_id and undoer.id = op.undone_by
    where op.workspace_id = ${workspaceId}
      ${before === undefined ? sql`` : sql`and op.id < ${before}::bigint`}
      ${found === null ? sql`` : sql`and ${found}`}
      ${memberId === undefined ? sql`` : sql`and op.merged_by = ${memberId}`}
      ${state === undefined ? sql`` : state === 'undone' ? sql`and op.undone_at is not null` : sql`and op.undone_at is null`}
      ${contactId === undefined ? sql`` : sql`and op.id in (${mergesOf(workspaceId, contactId)})`}
    order by op.id desc limit ${limit + 1}`.execute(db)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const survivors = await loadSummaries(
    db,
    workspaceId,
    shown.map(({ survivor_id }) => survivor_id),
  )
  return {
    items: shown.map((row) => ({
      id: row.id,
      survivor: survivors.get(row.survivor_id) ?? null,
      survivorId: row.survivor_id,
      ...row.shown,
      runsStopped: row.shown.runsStopped ?? [],
      reasons: row.reasons,
      by: row.merged_name,
      at: row.merged_at.toISOString(),
      state: row.undone_at === null ? 'merged' : 'undone',
      undoneBy: row.undone_name,
      undoneAt: row.undone_at?.toISOString() ?? null,
      final: row.final_at !== null,
    })),
    next: rows.length > limit && last !== undefined ? writeCursor(list, [String(last.id)]) : null,
  }
}

/** Every merge in which a contact had a part, on either side. */
const mergesOf = (workspaceId: number, contactId: number) => sql`
  select id from merge_op where workspace_id = ${workspaceId} and survivor_id = ${contactId}
  union all
  select op_id from merge_edge where workspace_id = ${workspaceId} and child_id = ${contactId}`

/** How many merges the history has, counted to 1 000. */
export async function countMerges({ db, actor }: ReadContext): Promise<{ merges: number }> {
  const { rows } = await sql<{ merges: number }>`
    select count(*)::int as merges from (
      select from merge_op where workspace_id = ${actor.workspaceId} limit 1000) counted`.execute(db)
  return { merges: rows[0]?.merges ?? 0 }
}
