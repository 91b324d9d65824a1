import { sql } from 'kysely'
import { preparedFor } from '../db/prepared.ts'
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
  line: LineKey,
  keys: readonly [string, ...string[]],
): Promise<Link | undefined> {
  return (await findLinks(db, line, [keys])).get(0)
}

/** The same for several, by their place in the list. */
export async function findLinks(
  db: Reader,
  { workspaceId, channelId }: LineKey,
  list: readonly (readonly [string, ...string[]])[],
): Promise<Map<number, Link>> {
  const asked = list.flatMap((keys, place) => keys.map((key, at) => ({ place, key, own: at === 0 })))
  const { rows } = await sql<Link & { place: number }>`${preparedFor(asked.length)}
    select distinct on (asked.place) asked.place, link.id, link.contact_id as "contactId", link.owner_id as "ownerId", link.address
    from unnest(${asked.map(({ place }) => place)}::int[], ${asked.map(({ key }) => key)}::text[],
      ${asked.map(({ own }) => own)}::boolean[]) asked (place, key, own)
    cross join lateral (
      select c.id, asked.own from contact_channel c
        where c.workspace_id = ${workspaceId} and c.channel_id = ${channelId} and c.address_key = asked.key
          and c.removed_at is null
      union all
      select alias.contact_channel_id, false from contact_channel_alias alias
        where alias.workspace_id = ${workspaceId} and alias.channel_id = ${channelId} and alias.address_key = asked.key
    ) found
    join contact_channel link on link.workspace_id = ${workspaceId} and link.id = found.id and link.removed_at is null
    order by asked.place, found.own desc, link.id`.execute(db)
  return new Map(rows.map(({ place, ...link }) => [place, link]))
}

/**
 * Remembers every key that links can be found by, beside their own. A key that leads elsewhere already keeps leading there,
 * unless that link was taken off its contact. No key may be named twice.
 */
export async function rememberKeys(
  tx: Tx,
  line: LineKey,
  links: readonly { readonly id: number; readonly keys: readonly string[] }[],
): Promise<void> {
  const known = links.filter(({ keys }) => keys.length > 1).flatMap(({ id, keys }) => keys.map((key) => ({ id, key })))
  if (known.length === 0) return
  await sql`${preparedFor(known.length)}
    insert into contact_channel_alias (workspace_id, channel_id, address_key, contact_channel_id)
    select ${line.workspaceId}::bigint, ${line.channelId}::bigint, known.key, known.id
    from unnest(${known.map(({ key }) => key)}::text[], ${known.map(({ id }) => id)}::bigint[]) known (key, id)
    where not exists (select from contact_channel c where c.workspace_id = ${line.workspaceId}
      and c.channel_id = ${line.channelId} and c.address_key = known.key and c.removed_at is null)
    on conflict (workspace_id, channel_id, address_key) do update set contact_channel_id = excluded.contact_channel_id
    where contact_channel_alias.contact_channel_id <> excluded.contact_channel_id
      and not exists (select from contact_channel c where c.workspace_id = contact_channel_alias.workspace_id
        and c.id = contact_channel_alias.contact_channel_id and c.removed_at is null)`.execute(tx)
}

export const keysOf = (sender: { addressKey: string; otherKeys?: readonly string[] }): [string, ...string[]] => [
  sender.addressKey,
  ...(sender.otherKeys ?? []),
]
