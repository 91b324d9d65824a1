import { sql } from 'kysely'
import type { Tx } from '../http/endpoint.ts'

export interface LockedTag {
  readonly id: number
  readonly name: string
  readonly merged_into: number | null
}

/** Locks tags with those that have become part of them, in order: nobody puts one of them on a contact meanwhile. */
export async function lockWithMerged(tx: Tx, workspaceId: number, tagIds: readonly number[]): Promise<LockedTag[]> {
  const { rows } = await sql<LockedTag>`
    select id, name, merged_into from tag
    where workspace_id = ${workspaceId} and (id = any(${tagIds}::bigint[]) or merged_into = any(${tagIds}::bigint[]))
    order by id for update`.execute(tx)
  return rows
}
