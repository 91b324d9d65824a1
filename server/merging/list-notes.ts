import { sql } from 'kysely'
import type { StandingOp } from '../contacts/load-trees.ts'
import type { Reader, Tx } from '../http/endpoint.ts'
import { pathUp } from './forest.ts'
import type { UndoDecision } from './plan-undo.ts'

/** Where internal notes of the merged contact stand, and from which id on. */
export interface NotePlace {
  readonly contactId: number
  readonly after: number
}

/** Notes stand on whoever was live when they were written: the survivor, then who absorbed it, each from that merge on. */
export function notePlaces({ op }: Pick<UndoDecision, 'op'>, ops: readonly StandingOp[]): NotePlace[] {
  return [op, ...pathUp(ops, op.survivorId)].map(({ survivorId, before }) => ({
    contactId: survivorId,
    after: before.mark,
  }))
}

/** The notes written while merged, newest first; of `only` where that is given. */
export async function listNotes(
  db: Reader | Tx,
  workspaceId: number,
  places: readonly NotePlace[],
  limit: number,
  only: readonly number[] | null = null,
): Promise<{ id: number; text: string; by: number | null }[]> {
  const { rows } = await sql<{ id: number; text: string; by: number | null }>`
    select found.id, found.body->>'text' as text, found.sender_id as by
    from unnest(${places.map(({ contactId }) => contactId)}::bigint[], ${places.map(({ after }) => after)}::bigint[])
      place (contact_id, after)
    cross join lateral (
      select n.id, n.body, n.sender_id from message n
      where n.workspace_id = ${workspaceId} and n.contact_id = place.contact_id and n.id > place.after and n.note
        ${only === null ? sql`` : sql`and n.id = any(${only}::bigint[])`}
      order by n.id desc limit ${limit}) found
    order by found.id desc limit ${limit}`.execute(db)
  return rows
}
