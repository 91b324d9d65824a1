import { sql } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { MergePlan } from '#contract/merging.ts'
import { showSuggestions, type SuggestionRow } from '../contacts/show-suggestions.ts'
import type { Actor, Reader, Tx } from '../http/endpoint.ts'

/** What is known of contacts being one person, or not. */
export type Evidence = Pick<MergePlan, 'reasons' | 'toldApart'> & {
  /** Open suggestions join them all. */
  readonly joined: boolean
}

/** Reads the open suggestions and the decisions among live contacts. */
export async function findEvidence(db: Reader | Tx, actor: Actor, rootIds: readonly number[]): Promise<Evidence> {
  const { rows } = await sql<SuggestionRow>`${prepared}
    select a, b, tier, score, reasons, found_at from pair_suggestion
    where workspace_id = ${actor.workspaceId} and a = any(${rootIds}::bigint[]) and b = any(${rootIds}::bigint[])
    order by score desc, a, b`.execute(db)
  const suggestions = await showSuggestions(db, actor, rows)
  return {
    reasons: suggestions.flatMap(({ reasons }) => reasons),
    toldApart: await findToldApart(db, actor.workspaceId, rootIds),
    joined: areJoined(rootIds, rows),
  }
}

/** Somebody's word on two of them, or on what they consist of; under the contacts' present numbers. */
async function findToldApart(
  db: Reader | Tx,
  workspaceId: number,
  rootIds: readonly number[],
): Promise<Evidence['toldApart']> {
  const { rows } = await sql<{ a: number; b: number; by: string | null; decided_at: Date }>`${prepared}
    with members as (
      select id, coalesce(root_id, id) as root from contact
      where workspace_id = ${workspaceId} and (id = any(${rootIds}::bigint[]) or root_id = any(${rootIds}::bigint[]))
    )
    select distinct on (least(one.root, other.root), greatest(one.root, other.root))
      least(one.root, other.root) as a, greatest(one.root, other.root) as b, m.name as by, d.decided_at
    from members one
    join identity_decision d on d.workspace_id = ${workspaceId} and d.a = one.id
    join members other on other.id = d.b and other.root <> one.root
    left join member m on m.workspace_id = d.workspace_id and m.id = d.decided_by
    order by least(one.root, other.root), greatest(one.root, other.root), d.decided_at desc`.execute(db)
  return rows.map(({ a, b, by, decided_at }) => ({ a, b, by, at: decided_at.toISOString() }))
}

function areJoined(ids: readonly number[], pairs: readonly { a: number; b: number }[]): boolean {
  const reached = new Set(ids.slice(0, 1))
  for (let grows = true; grows;) {
    const before = reached.size
    for (const { a, b } of pairs) {
      if (reached.has(a)) reached.add(b)
      if (reached.has(b)) reached.add(a)
    }
    grows = reached.size > before
  }
  return ids.every((id) => reached.has(id))
}
