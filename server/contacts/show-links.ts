import { sql } from 'kysely'
import type { ChannelKind } from '#contract/channel-kind.ts'
import type { ContactChannel } from '#contract/contacts.ts'
import type { MessageBody } from '#contract/conversations.ts'
import { timeOfId } from '../db/message-clock.ts'
import type { Deps } from '../deps.ts'
import { adapterFor, lineState } from './show-lines.ts'
import { snippetOf } from './snippet-of.ts'

export interface LinkRow {
  readonly id: number
  readonly channelId: number
  readonly kind: ChannelKind
  readonly name: string
  readonly settings: object
  readonly lineAddress: string | null
  readonly pageUrl: string | null
  readonly page: ContactChannel['page']
  readonly address: string
  readonly connectedAt: string | null
  readonly lastInAt: string | null
  readonly lastOutAt: string | null
  readonly state: ContactChannel['channelState']
  readonly lastId: number | null
  readonly incoming: boolean | null
  readonly body: MessageBody | null
}

/** The live links of a contact `c`, last used first, for `showLinks`. */
export const linksOf = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'channelId', line.id, 'kind', line.kind, 'name', line.name,
    'settings', line.settings, 'lineAddress', line.address, 'pageUrl', k.page_url, 'page', k.last_page, 'address', k.address, 'connectedAt', k.connected_at,
    'lastInAt', k.last_in_at, 'lastOutAt', k.last_out_at,
    'state', case when line.deleted_at is not null then 'deleted' else ${lineState} end,
    'lastId', said.id, 'incoming', said.incoming, 'body', said.body - 'quoted')
    order by greatest(k.last_in_at, k.last_out_at) desc nulls last, k.id), '[]')
  from contact_channel k
  join channel line on line.workspace_id = k.workspace_id and line.id = k.channel_id
  left join message said on said.workspace_id = k.workspace_id and said.id = k.last_message_id
  where k.workspace_id = c.workspace_id and k.owner_id = c.id and k.removed_at is null)`

export const showLinks = (deps: Pick<Deps, 'adapters'>, rows: readonly LinkRow[]): ContactChannel[] =>
  rows.map((row) => showLink(deps, row))

function showLink(deps: Pick<Deps, 'adapters'>, row: LinkRow): ContactChannel {
  const { adapter, line } = adapterFor(deps, { ...row, address: row.lineAddress })
  const hours = adapter?.windowHours
  const until =
    hours === undefined || row.lastInAt === null ? null : new Date(Date.parse(row.lastInAt) + hours * 3_600_000)
  return {
    id: row.id,
    channelId: row.channelId,
    kind: row.kind,
    channelName: row.name,
    address: row.address,
    connectedAt: isoTime(row.connectedAt),
    lastInAt: isoTime(row.lastInAt),
    lastOutAt: isoTime(row.lastOutAt),
    channelState: row.state,
    windowUntil: until !== null && until.getTime() > Date.now() ? until.toISOString() : null,
    hasWindow: hours !== undefined,
    page: row.page,
    last:
      row.lastId === null || row.body === null
        ? null
        : {
            at: timeOfId(row.lastId).toISOString(),
            direction: row.incoming === true ? 'in' : 'out',
            text: snippetOf(row.body),
            type: row.body.type,
          },
    url: row.state === 'deleted' ? null : (row.pageUrl ?? adapter?.conversationUrl?.(line, row.address) ?? null),
  }
}

/** PostgreSQL's JSON writes times with microseconds and an offset. */
const isoTime = (time: string | null) => (time === null ? null : new Date(time).toISOString())
