import { sql } from 'kysely'
import type { Reader, Tx } from '../http/endpoint.ts'
import type { ExchangeFacts } from './plan-undo.ts'

/** The newest that was exchanged with one member of a merged contact. */
export interface LastExchange {
  readonly contactId: number
  readonly lastMessageId: number
  readonly lastChannelId: number | null
  readonly lastInId: number
  readonly lastInContactChannelId: number | null
}

interface Row extends LastExchange {
  readonly openId: number | null
  readonly suspendedId: number | null
  readonly everOpened: boolean
  readonly heardSince: boolean
  readonly heardInOpen: boolean
}

/**
 * Reads what undoing a merge needs to know of the exchange with each member, a few index look-ups each.
 * @param since the last message before the merge
 */
export async function findFacts(
  db: Reader | Tx,
  workspaceId: number,
  root: { id: number; state: { conversationId: number | null; lastInId: number } },
  memberIds: readonly number[],
  since: number,
): Promise<{ facts: ExchangeFacts; exchanges: ReadonlyMap<number, LastExchange> }> {
  const { rows } = await sql<Row>`
    select part.id as "contactId", coalesce(last.id, 0) as "lastMessageId", last.channel_id as "lastChannelId",
      coalesce(heard.id, 0) as "lastInId", heard.contact_channel_id as "lastInContactChannelId",
      episode.open_id as "openId", episode.suspended_id as "suspendedId", episode.count > 0 as "everOpened",
      coalesce(heard.id, 0) > ${since} as "heardSince",
      coalesce(heard.id, 0) > ${since} and exists (select from message n where n.workspace_id = ${workspaceId}
        and n.contact_id = part.id and n.id > ${since} and n.incoming
        and n.conversation_id = ${root.state.conversationId}) as "heardInOpen"
    from unnest(${memberIds}::bigint[]) part (id)
    left join lateral (select m.id, m.channel_id from message m
      where m.workspace_id = ${workspaceId} and m.contact_id = part.id and not m.note
      order by m.id desc limit 1) last on true
    left join lateral (select m.id, m.contact_channel_id from message m
      where m.workspace_id = ${workspaceId} and m.contact_id = part.id and m.incoming and m.id <= ${root.state.lastInId}
      order by m.id desc limit 1) heard on true
    cross join lateral (select count(*) as count, max(e.id) filter (where e.closed_at is null) as open_id,
        max(e.id) filter (where e.closed_source = 'merge') as suspended_id
      from conversation e where e.workspace_id = ${workspaceId} and e.contact_id = part.id) episode`.execute(db)
  const ids = (of: readonly Row[]) => new Set(of.map(({ contactId }) => contactId))
  const open = rows.find(({ openId }) => openId !== null)
  return {
    facts: {
      open: open === undefined ? null : { conversationId: open.openId!, bornOn: open.contactId },
      suspended: new Map(
        rows.flatMap(({ contactId, suspendedId }) => (suspendedId === null ? [] : [[contactId, suspendedId]])),
      ),
      everOpened: ids(rows.filter(({ everOpened }) => everOpened)),
      heardSince: ids(rows.filter(({ heardSince }) => heardSince)),
      heardInOpen: ids(rows.filter(({ heardInOpen }) => heardInOpen)),
    },
    exchanges: new Map(rows.map((row) => [row.contactId, row])),
  }
}
