import { sql } from 'kysely'
import type { Reader, Tx } from '../../http/endpoint.ts'
import type { FilterContext } from './filter-plan.ts'

/** What the filters of a workspace are read with, in one query. */
export async function loadFilterContext(db: Reader | Tx, workspaceId: number, now: Date): Promise<FilterContext> {
  const { rows } = await sql<{ time_zone: string; types: [number, string][]; aliases: [number, number][] }>`
    select w.time_zone,
      (select coalesce(jsonb_agg(jsonb_build_array(id, type)), '[]') from custom_field where workspace_id = w.id) as types,
      (select coalesce(jsonb_agg(jsonb_build_array(merged_into, id)), '[]') from tag
        where workspace_id = w.id and merged_into is not null) as aliases
    from workspace w where w.id = ${workspaceId}`.execute(db)
  const tagAliases = new Map<number, number[]>()
  for (const [into, id] of rows[0]?.aliases ?? []) tagAliases.set(into, [...(tagAliases.get(into) ?? []), id])
  return { timeZone: rows[0]?.time_zone ?? 'UTC', now, types: new Map(rows[0]?.types ?? []), tagAliases }
}
