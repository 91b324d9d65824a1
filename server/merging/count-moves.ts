import { sql } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { MergePlan } from '#contract/merging.ts'
import type { Reader, Tx } from '../http/endpoint.ts'

/** Of messages and notes together the newest so many are looked at. */
const most = 1000

type Moves = MergePlan['moves'][number]

/** What belongs to each of these live contacts, those they have absorbed included. */
export async function countMoves(
  db: Reader | Tx,
  workspaceId: number,
  contactIds: readonly number[],
): Promise<Moves[]> {
  const { rows } = await sql<Moves>`${prepared}
    select root.id as "contactId", thread.messages, thread.notes,
      (select least(count(*), ${most})::int from contact_channel k
        where k.workspace_id = ${workspaceId} and k.owner_id = root.id and k.removed_at is null) as channels,
      (select least(count(*), ${most})::int from conversation e
        where e.workspace_id = ${workspaceId} and e.owner_id = root.id) as conversations
    from unnest(${contactIds}::bigint[]) with ordinality root (id, place)
    cross join lateral (
      select count(*) filter (where not note)::int as messages, count(*) filter (where note)::int as notes
      from (
        select newest.note from contact part cross join lateral (
          select note from message where workspace_id = ${workspaceId} and contact_id = part.id order by id desc limit ${most}
        ) newest
        where part.workspace_id = ${workspaceId} and (part.id = root.id or part.root_id = root.id) limit ${most}
      ) counted) thread
    order by root.place`.execute(db)
  return rows
}
