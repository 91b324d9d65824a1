import { sql } from 'kysely'
import type { IncomingSender, Line } from '../channels/adapter.ts'
import type { Tx } from '../http/endpoint.ts'
import { keysOf } from './find-link.ts'
import type { StoredBody } from './outgoing-body.ts'

/** A message that its person says something about. */
export interface TargetMessage {
  readonly body: StoredBody
  readonly reactions: unknown
  readonly incoming: boolean
}

/**
 * Locks a message, if it was exchanged with the very address that speaks of it: what somebody else says of it is nothing.
 * Call it with the contact's state locked.
 */
export async function lockTarget(
  tx: Tx,
  { workspaceId, channelId }: Pick<Line, 'workspaceId' | 'channelId'>,
  messageId: number,
  sender: IncomingSender,
): Promise<TargetMessage | undefined> {
  const keys = keysOf(sender)
  const { rows } = await sql<TargetMessage>`
    select m.body, m.reactions, m.incoming from message m
    join contact_channel link on link.workspace_id = m.workspace_id and link.id = m.contact_channel_id
    where m.workspace_id = ${workspaceId} and m.id = ${messageId} and link.channel_id = ${channelId}
      and (link.address_key = any(${keys}) or exists (select from contact_channel_alias alias
        where alias.workspace_id = link.workspace_id and alias.channel_id = link.channel_id
          and alias.contact_channel_id = link.id and alias.address_key = any(${keys})))
    for update of m`.execute(tx)
  return rows[0]
}
