import { sql } from 'kysely'
import { preparedFor } from '../db/prepared.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'

type LineKey = { readonly workspaceId: number; readonly channelId: number }

/**
 * Moves the channel's own time of last traffic. Every message of a line meets this one row, so it is written once in a
 * few seconds, and never waited for: whoever holds it has just written the same.
 */
export async function touchChannel(
  tx: Tx | Deps['db'],
  { workspaceId, channelId }: LineKey,
  column: 'last_in_at' | 'last_out_at',
  at: Date,
): Promise<void> {
  const fresh = new Date(at.getTime() - 5000)
  await tx
    .with('due', (db) =>
      db
        .selectFrom('channel')
        .select(['workspace_id', 'id'])
        .where('workspace_id', '=', workspaceId)
        .where('id', '=', channelId)
        .where((eb) => eb.or([eb(column, 'is', null), eb(column, '<', fresh)]))
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('channel')
    .from('due')
    .set({ [column]: at })
    .whereRef('channel.workspace_id', '=', 'due.workspace_id')
    .whereRef('channel.id', '=', 'due.id')
    .where('channel.workspace_id', '=', workspaceId)
    .execute()
}

/** What a message says of the link it came or went by. */
interface Touch {
  readonly contactChannelId: number
  readonly messageId: number
  readonly at: Date
  /** As its person now calls themself; what is not said stays. */
  readonly said?: {
    readonly address?: string
    readonly profileName?: string | null
    readonly pictureUrl?: string | null
    readonly page?: { url: string; title: string } | null | undefined
  }
}

/** Notes on links when a message came or went, and that it is the last one there. One that comes late moves nothing back. */
export async function touchContactChannels(
  tx: Tx,
  workspaceId: number,
  column: 'last_in_at' | 'last_out_at',
  touches: readonly Touch[],
): Promise<void> {
  const name = sql.ref(column)
  await sql`${preparedFor(touches.length)}
    update contact_channel c set ${name} = greatest(c.${name}, touch.at),
      last_message_id = greatest(c.last_message_id, touch.message_id),
      connected_at = coalesce(c.connected_at, touch.at),
      address = coalesce(touch.address, c.address),
      profile_name = coalesce(touch.profile_name, c.profile_name),
      picture_url = coalesce(touch.picture_url, c.picture_url),
      last_page = coalesce(touch.page, c.last_page)
    from unnest(${touches.map(({ contactChannelId }) => contactChannelId)}::bigint[],
      ${touches.map(({ messageId }) => messageId)}::bigint[], ${touches.map(({ at }) => at.toISOString())}::timestamptz[],
      ${touches.map(({ said }) => said?.address ?? null)}::text[], ${touches.map(({ said }) => said?.profileName || null)}::text[],
      ${touches.map(({ said }) => said?.pictureUrl || null)}::text[],
      ${touches.map(({ said }) => (said?.page ? JSON.stringify(said.page) : null))}::jsonb[])
      touch (id, message_id, at, address, profile_name, picture_url, page)
    where c.workspace_id = ${workspaceId}::bigint and c.id = touch.id`.execute(tx)
}
