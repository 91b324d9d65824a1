import { sql } from 'kysely'
import type { ChannelKind } from '#contract/channel-kind.ts'
import type { ChannelSettings } from '#contract/channels.ts'
import type { ContactChannel, ContactLine } from '#contract/contacts.ts'
import { prepared } from '../db/prepared.ts'
import type { Deps } from '../deps.ts'
import type { Reader, Tx } from '../http/endpoint.ts'

type Adapters = Pick<Deps, 'adapters'>
type Adapter = NonNullable<ReturnType<Deps['adapters']['get']>>

export interface LineRow {
  readonly id: number
  readonly kind: ChannelKind
  readonly name: string
  readonly settings: object
  readonly address: string | null
  readonly state: ContactChannel['channelState']
}

/** How a contact is linked to a line. */
interface Link {
  readonly id: number
  readonly channelId: number
  readonly address: string
  readonly connectedAt: string | null
  readonly removedAt: string | null
  /** Set where a member removed it. */
  readonly removedBy: number | null
  readonly remover: string | null
}

interface Contact {
  readonly id: number
  readonly phone: string | null
  readonly email: string | null
  readonly lines: readonly LineRow[]
  readonly links: readonly Link[]
}

/** All lines of the workspace of a contact `c`, those that are deleted too. */
export const linesOf = sql`(
  select coalesce(json_agg(json_build_object('id', line.id, 'kind', line.kind, 'name', line.name,
    'settings', line.settings, 'address', line.address,
    'state', case when line.deleted_at is not null then 'deleted' when line.paused_at is not null then 'paused'
      when line.broken then 'broken' else 'connected' end) order by line.id), '[]')
  from channel line where line.workspace_id = c.workspace_id)`

/** What the screen sorts by `classifyLine`: see there. */
export async function showLines(
  db: Reader | Tx,
  deps: Adapters,
  workspaceId: number,
  contact: Contact,
): Promise<ContactLine[]> {
  const lines = contact.lines.flatMap((row) =>
    row.state === 'deleted' ? [] : [{ row, state: row.state, ...adapterFor(deps, row) }],
  )
  const exchanged = new Set(
    contact.links.flatMap(({ channelId, connectedAt, removedAt }) =>
      connectedAt === null || removedAt !== null ? [] : [channelId],
    ),
  )
  const wanted = lines.flatMap(({ row, adapter, line }) => {
    const to = exchanged.has(row.id) ? null : (adapter?.addressFor?.({ ...nowhere, ...line }, contact) ?? null)
    return to === null ? [] : [{ channelId: row.id, key: to.addressKey }]
  })
  const taken = await findTaken(db, workspaceId, contact.id, wanted)
  return lines.map(({ row, state, adapter, line }) => ({
    channelId: row.id,
    kind: row.kind,
    channelName: row.name,
    channelState: state,
    startsWith: startsWith(adapter),
    isTaken: taken.has(row.id),
    hasWindow: adapter?.windowHours !== undefined,
    inviteUrl: adapter?.inviteUrl?.(line) ?? null,
    removed: lastRemoved(contact.links, row.id),
  }))
}

/** The link to a line that a member removed last, of an address that may be linked anew. */
function lastRemoved(links: readonly Link[], channelId: number): ContactLine['removed'] {
  const [last] = links
    .flatMap((link) =>
      link.channelId === channelId && link.removedAt !== null && link.removedBy !== null
        ? [{ ...link, at: new Date(link.removedAt).toISOString() }]
        : [],
    )
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at) || b.id - a.id)
  return last === undefined ? null : { contactChannelId: last.id, address: last.address, at: last.at, by: last.remover }
}

/** What a contact must have for us to write first by this adapter. */
export const startsWith = (
  adapter: Pick<Adapter, 'addressFor' | 'addressedBy'> | undefined,
): ContactLine['startsWith'] =>
  adapter?.addressFor === undefined || adapter.addressedBy === 'other' ? null : adapter.addressedBy

/** The adapter as it is for a line of which only the settings without secrets are at hand. */
export function adapterFor(
  { adapters }: Adapters,
  row: Pick<LineRow, 'kind' | 'settings' | 'address'>,
): { adapter: Adapter | undefined; line: { settings: ChannelSettings; address: string | null } } {
  const settings = row.settings as ChannelSettings
  const adapter = adapters.get(row.kind)
  return { adapter: adapter?.forSettings?.(settings) ?? adapter, line: { settings, address: row.address } }
}

/** For deciding how an address is spelled, which says nothing to the world. */
const nowhere = { workspaceId: 0, channelId: 0, publicId: '', name: '', progress: {} }

/** The lines on which an address that we would write to first is another contact's. */
async function findTaken(
  db: Reader | Tx,
  workspaceId: number,
  contactId: number,
  wanted: readonly { channelId: number; key: string }[],
): Promise<Set<number>> {
  if (wanted.length === 0) return new Set()
  const { rows } = await sql<{ channel_id: number }>`${prepared}
    select wanted.channel_id
    from unnest(${wanted.map(({ channelId }) => channelId)}::bigint[], ${wanted.map(({ key }) => key)}::text[])
      wanted (channel_id, key)
    where coalesce(
      (select true from contact_channel link
        where link.workspace_id = ${workspaceId} and link.channel_id = wanted.channel_id and link.address_key = wanted.key
          and link.removed_at is null and link.owner_id <> ${contactId} limit 1),
      (select true from contact_channel_alias alias
        join contact_channel link on link.workspace_id = alias.workspace_id and link.id = alias.contact_channel_id
        where alias.workspace_id = ${workspaceId} and alias.channel_id = wanted.channel_id
          and alias.address_key = wanted.key and link.removed_at is null and link.owner_id <> ${contactId} limit 1),
      false)`.execute(db)
  return new Set(rows.map(({ channel_id }) => channel_id))
}
