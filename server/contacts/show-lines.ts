import { sql } from 'kysely'
import type { ChannelKind } from '#contract/channel-kind.ts'
import type { ChannelSettings } from '#contract/channels.ts'
import type { ContactLine } from '#contract/contacts.ts'
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
  readonly state: ContactLine['channelState']
  readonly removed: { contactChannelId: number; address: string; at: string; by: string | null } | null
}

interface Contact {
  readonly id: number
  readonly phone: string | null
  readonly email: string | null
  readonly lines: readonly LineRow[]
  readonly channels: readonly { channelId: number; connectedAt: string | null }[]
}

/** The state of a channel `line` that was not deleted. */
export const lineState = sql`case when line.paused_at is not null then 'paused' when line.broken then 'broken'
  else 'connected' end`

/** The workspace's lines as they stand to a contact `c`, for `showLines`. */
export const linesOf = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('id', line.id, 'kind', line.kind, 'name', line.name,
    'settings', line.settings, 'address', line.address, 'state', ${lineState},
    'removed', (select jsonb_build_object('contactChannelId', k.id, 'address', k.address, 'at', k.removed_at,
        'by', remover.name)
      from contact_channel k
      left join member remover on remover.workspace_id = k.workspace_id and remover.id = k.removed_by
      where k.workspace_id = c.workspace_id and k.owner_id = c.id and k.channel_id = line.id and k.removed_at is not null
        and k.removed_by is not null
      order by k.removed_at desc, k.id desc limit 1)) order by line.id), '[]')
  from channel line where line.workspace_id = c.workspace_id and line.deleted_at is null)`

/** What the screen sorts by `classifyLine`: see there. */
export async function showLines(
  db: Reader | Tx,
  deps: Adapters,
  workspaceId: number,
  contact: Contact,
): Promise<ContactLine[]> {
  const lines = contact.lines.map((row) => ({ row, ...adapterFor(deps, row) }))
  const exchanged = new Set(
    contact.channels.filter(({ connectedAt }) => connectedAt !== null).map(({ channelId }) => channelId),
  )
  const wanted = lines.flatMap(({ row, adapter, line }) => {
    const to = exchanged.has(row.id) ? null : (adapter?.addressFor?.({ ...nowhere, ...line }, contact) ?? null)
    return to === null ? [] : [{ channelId: row.id, key: to.addressKey }]
  })
  const taken = await findTaken(db, workspaceId, contact.id, wanted)
  return lines.map(({ row, adapter, line }) => ({
    channelId: row.id,
    kind: row.kind,
    channelName: row.name,
    channelState: row.state,
    startsWith: startsWith(adapter),
    isTaken: taken.has(row.id),
    hasWindow: adapter?.windowHours !== undefined,
    inviteUrl: adapter?.inviteUrl?.(line) ?? null,
    removed: row.removed && { ...row.removed, at: new Date(row.removed.at).toISOString() },
  }))
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
  const { rows } = await sql<{ channel_id: number }>`
    select wanted.channel_id
    from unnest(${wanted.map(({ channelId }) => channelId)}::bigint[], ${wanted.map(({ key }) => key)}::text[])
      wanted (channel_id, key)
    cross join lateral (
      select id from contact_channel where workspace_id = ${workspaceId} and channel_id = wanted.channel_id
        and address_key = wanted.key and removed_at is null
      union all
      select contact_channel_id from contact_channel_alias where workspace_id = ${workspaceId}
        and channel_id = wanted.channel_id and address_key = wanted.key) found
    join contact_channel link on link.workspace_id = ${workspaceId} and link.id = found.id and link.removed_at is null
    where link.owner_id <> ${contactId}`.execute(db)
  return new Set(rows.map(({ channel_id }) => channel_id))
}
