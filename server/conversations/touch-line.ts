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

/**
 * What a message says about the link it came or went by: when, that it is the last one there, and how its person now calls
 * themself. One that comes late moves nothing back.
 */
export async function touchContactChannel(
  tx: Tx,
  workspaceId: number,
  { contactChannelId, messageId }: { contactChannelId: number; messageId: number },
  column: 'last_in_at' | 'last_out_at',
  at: Date,
  said: {
    address?: string
    profileName?: string | null
    pictureUrl?: string | null
    page?: { url: string; title: string } | null | undefined
  } = {},
): Promise<void> {
  await tx
    .updateTable('contact_channel')
    .set((eb) => ({
      [column]: eb.fn<Date>('greatest', [column, eb.val(at)]),
      last_message_id: eb.fn<number>('greatest', ['last_message_id', eb.val(messageId)]),
      connected_at: eb.fn.coalesce('connected_at', eb.val(at)),
      ...(said.address === undefined ? {} : { address: said.address }),
      ...(said.profileName ? { profile_name: said.profileName } : {}),
      ...(said.pictureUrl ? { picture_url: said.pictureUrl } : {}),
      ...(said.page ? { last_page: JSON.stringify(said.page) } : {}),
    }))
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', contactChannelId)
    .execute()
}
