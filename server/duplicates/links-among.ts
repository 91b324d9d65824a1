import { sql } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { Reader } from '../http/endpoint.ts'
import type { Pair } from './pair.ts'

/** The certain and likely suggestions among these contacts in which no name contradicts. */
export async function linksAmong(db: Reader, workspaceId: number, contactIds: readonly number[]): Promise<Pair[]> {
  const { rows } = await sql<Pair>`${prepared}
    select a, b from pair_suggestion
    where workspace_id = ${workspaceId} and a = any(${contactIds}::bigint[]) and b = any(${contactIds}::bigint[])
      and tier in ('A', 'B') and not reasons @> '[{"kind": "name", "strength": "conflict"}]'`.execute(db)
  return rows
}
