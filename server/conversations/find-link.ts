import { sql } from 'kysely'
import type { Reader, Tx } from '../http/endpoint.ts'

type LineKey = { readonly workspaceId: number; readonly channelId: number }

/** The live link of an address on a channel. */
export interface Link {
  readonly id: number
  /** Born on; messages stand there. */
  readonly contactId: number
  /** The live contact. */
  readonly ownerId: number
  readonly address: string
}

/** Finds it by the address's own key first, then by any key the person is also known by there. */
export async function findLink(
  db: Reader,
  { workspaceId, channelId }: LineKey,
  keys: readonly [string, ...string[]],
): Promise<Link | undefined> {
  const { rows } = await sql<Link>`
    select link.id, link.contact_id as "contactId", link.owner_id as "ownerId", link.address
    from (
      select id, address_key = ${keys[0]} as own from contact_channel
        where workspace_id = ${workspaceId} and channel_id = ${channelId} and address_key = any(${keys})
          and removed_at is null
      union all
      select contact_channel_id, false from contact_channel_alias
        where workspace_id = ${workspaceId} and channel_id = ${channelId} and address_key = any(${keys})
    ) found
    join contact_channel link on link.workspace_id = ${workspaceId} and link.id = found.id and link.removed_at is null
    order by found.own desc, link.id limit 1`.execute(db)
  return rows[0]
}

/**
 * Remembers every key a link can be found by, beside its own. A key that leads elsewhere already keeps leading there, unless
 * that link was taken off its contact.
 */
export async function rememberKeys(tx: Tx, line: LineKey, linkId: number, keys: readonly string[]): Promise<void> {
  if (keys.length < 2) return
  await sql`
    insert into contact_channel_alias (workspace_id, channel_id, address_key, contact_channel_id)
    select ${line.workspaceId}, ${line.channelId}, key, ${linkId} from unnest(${keys}::text[]) key
    where not exists (select from contact_channel c where c.workspace_id = ${line.workspaceId}
      and c.channel_id = ${line.channelId} and c.address_key = key and c.removed_at is null)
    on conflict (workspace_id, channel_id, address_key) do update set contact_channel_id = excluded.contact_channel_id
    where exists (select from contact_channel c where c.workspace_id = contact_channel_alias.workspace_id
      and c.id = contact_channel_alias.contact_channel_id and c.removed_at is not null)`.execute(tx)
}

export const keysOf = (sender: { addressKey: string; otherKeys?: readonly string[] }): [string, ...string[]] => [
  sender.addressKey,
  ...(sender.otherKeys ?? []),
]
