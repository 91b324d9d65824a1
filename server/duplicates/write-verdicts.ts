import { sql } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { Tx } from '../http/endpoint.ts'
import type { Judgement } from '../identity/judge-pair.ts'
import type { Pair } from './pair.ts'

/** What was found of a pair; without a judgement there is nothing to suggest. */
export interface Verdict extends Pair {
  readonly judgement: Judgement<number> | null
  /** What both hold and not everybody does. */
  readonly keys: readonly string[]
}

/** Makes the stored suggestions those of the verdicts. @returns the contacts whose suggestions are other ones now */
export async function writeVerdicts(
  tx: Tx,
  workspaceId: number,
  verdicts: readonly Verdict[],
  now: Date,
): Promise<number[]> {
  const closed = verdicts.filter(({ judgement }) => judgement === null)
  const open = verdicts.flatMap(({ judgement, ...pair }) => (judgement === null ? [] : [{ ...pair, ...judgement }]))
  const changed = [...(await close(tx, workspaceId, closed)), ...(await write(tx, workspaceId, open, now))]
  return [...new Set(changed.flatMap(({ a, b }) => [a, b]))]
}

async function close(tx: Tx, workspaceId: number, pairs: readonly Pair[]): Promise<Pair[]> {
  if (pairs.length === 0) return []
  const gone = sql`select * from unnest(${pairs.map(({ a }) => a)}::bigint[], ${pairs.map(({ b }) => b)}::bigint[]) gone (a, b)`
  const { rows } = await sql<Pair>`${prepared}
    with gone as (${gone}), keys as (
      delete from suggestion_key k using gone
      where k.workspace_id = ${workspaceId} and k.a = gone.a and k.b = gone.b
    )
    delete from pair_suggestion p using gone
    where p.workspace_id = ${workspaceId} and p.a = gone.a and p.b = gone.b returning p.a, p.b`.execute(tx)
  return rows
}

async function write(
  tx: Tx,
  workspaceId: number,
  open: readonly (Omit<Verdict, 'judgement'> & Judgement<number>)[],
  now: Date,
): Promise<Pair[]> {
  if (open.length === 0) return []
  const rows = JSON.stringify(open)
  const { rows: changed } = await sql<Pair>`${prepared}
    with wanted as (
      select * from jsonb_to_recordset(${rows}::jsonb) as wanted (a bigint, b bigint, tier text, score real, reasons jsonb, keys text[])
    ), stale as (
      delete from suggestion_key k using wanted
      where k.workspace_id = ${workspaceId} and k.a = wanted.a and k.b = wanted.b and k.key <> all(wanted.keys)
    ), keys as (
      insert into suggestion_key (workspace_id, key, a, b)
      select ${workspaceId}::bigint, key, a, b from wanted cross join unnest(wanted.keys) key order by key, a, b
      on conflict do nothing
    )
    insert into pair_suggestion as known (workspace_id, a, b, tier, score, reasons, found_at)
    select ${workspaceId}::bigint, a, b, tier, score, reasons, ${now}::timestamptz from wanted order by a, b
    on conflict (workspace_id, a, b) do update set tier = excluded.tier, score = excluded.score, reasons = excluded.reasons
    where (known.tier, known.score, known.reasons) is distinct from (excluded.tier, excluded.score, excluded.reasons)
    returning a, b`.execute(tx)
  return changed
}
