import { sql } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { Tx } from '../http/endpoint.ts'

/** Takes these contacts' suggestions away at once; what still holds is found again when they are judged. */
export async function forgetPairs(tx: Tx, workspaceId: number, contactIds: readonly number[]): Promise<void> {
  await sql`${prepared}
    with gone as (
      delete from pair_suggestion where workspace_id = ${workspaceId}
        and (a = any(${contactIds}::bigint[]) or b = any(${contactIds}::bigint[])) returning a, b
    )
    delete from suggestion_key k using gone where k.workspace_id = ${workspaceId} and k.a = gone.a and k.b = gone.b`.execute(
    tx,
  )
}
