import { sql } from 'kysely'
import type { ReadContext } from '../http/endpoint.ts'

const countedTo = 1000

/** How many are open per tier and how many were told apart, each counted to 1 000; how far a comparison of all is. */
export async function countSuggestions({ db, actor: { workspaceId } }: ReadContext) {
  const tier = (name: 'A' | 'B' | 'C') => sql`(select count(*)::int from (
    select from pair_suggestion where workspace_id = ${workspaceId} and tier = ${name} limit ${countedTo}) one)`
  const { rows } = await sql<{ A: number; B: number; C: number; dismissed: number; rebuilding: number | null }>`
    select ${tier('A')} as "A", ${tier('B')} as "B", ${tier('C')} as "C",
      (select count(*)::int from (
        select from identity_decision where workspace_id = ${workspaceId} limit ${countedTo}) one) as dismissed,
      (select case when total is null then 0
          when total = 0 then 1
          else greatest(0, 1 - (select count(*) from identity_due where workspace_id = ${workspaceId})::float8 / total) end
        from suggestion_rebuild where workspace_id = ${workspaceId}) as rebuilding`.execute(db)
  return rows[0]!
}
