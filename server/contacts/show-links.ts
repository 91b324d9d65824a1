import { sql } from 'kysely'
import type { ContactChannel } from '#contract/contacts.ts'
import type { MessageBody } from '#contract/conversations.ts'
import { timeOfId } from '../db/clock.ts'
import type { Deps } from '../deps.ts'
import { adapterFor, type LineRow } from './show-lines.ts'
import { snippetOf } from './snippet-of.ts'

export interface LinkRow {
  readonly id: number
  readonly channelId: number
  readonly pageUrl: string | null
  readonly page: ContactChannel['page']
  readonly address: string
  readonly connectedAt: string | null
  readonly lastInAt: string | null
  readonly lastOutAt: string | null
  readonly removedAt: string | null
  readonly removedBy: number | null
  readonly remover: string | null
  readonly lastId: number | null
  readonly incoming: boolean | null
  readonly body: MessageBody | null
}

/** The links of a contact `c` that live or that a member removed, last used first. */
export const linksOf = sql`(
  select coalesce(json_agg(json_build_object('id', k.id, 'channelId', k.channel_id, 'pageUrl', k.page_url,
    'page', k.last_page, 'address', k.address, 'connectedAt', k.connected_at, 'lastInAt', k.last_in_at,
    'lastOutAt', k.last_out_at, 'removedAt', k.removed_at, 'removedBy', k.removed_by, 'remover', remover.name,
    'lastId', said.id, 'incoming', said.incoming, 'body', said.body - 'quoted')
    order by greatest(k.last_in_at, k.last_out_at) desc nulls last, k.id), '[]')
  from contact_channel k
  left join message said on said.workspace_id = k.workspace_id and said.id = k.last_message_id and k.removed_at is null
  left join member remover on remover.workspace_id = k.workspace_id and remover.id = k.removed_by
  where k.workspace_id = c.workspace_id and k.owner_id = c.id and (k.removed_at is null or k.removed_by is not null))`

/** The live ones. */
export function showLinks(
  deps: Pick<Deps, 'adapters'>,
  { links, lines }: { links: readonly LinkRow[]; lines: readonly LineRow[] },
): ContactChannel[] {
  const lineOf = new Map(lines.map((line) => [line.id, line]))
  return links.flatMap((link) => {
    const line = lineOf.get(link.channelId)
    return line === undefined || link.removedAt !== null ? [] : [showLink(deps, link, line)]
  })
}

function showLink(deps: Pick<Deps, 'adapters'>, row: LinkRow, of: LineRow): ContactChannel {
  const { adapter, line } = adapterFor(deps, of)
  const hours = adapter?.windowHours
  const until =
    hours === undefined || row.lastInAt === null ? null : new Date(Date.parse(row.lastInAt) + hours * 3_600_000)
  return {
    id: row.id,
    channelId: row.channelId,
    kind: of.kind,
    channelName: of.name,
    address: row.address,
    connectedAt: isoTime(row.connectedAt),
    lastInAt: isoTime(row.lastInAt),
    lastOutAt: isoTime(row.lastOutAt),
    channelState: of.state,
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
    url: of.state === 'deleted' ? null : (row.pageUrl ?? adapter?.conversationUrl?.(line, row.address) ?? null),
  }
}

/** PostgreSQL's JSON writes times with microseconds and an offset. */
const isoTime = (time: string | null) => (time === null ? null : new Date(time).toISOString())
