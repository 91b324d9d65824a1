import type { Selectable } from 'kysely'
import type { ChannelKind } from '#contract/channel-kind.ts'
import type { ChannelSettings } from '#contract/channels.ts'
import type { Channel } from '../db/tables.ts'
import type { Deps } from '../deps.ts'
import type { Reader } from '../http/endpoint.ts'
import type { ChannelAdapter, Line } from './adapter.ts'
import type { Holdup } from './next-holdup.ts'
import { findAdapter } from './find-adapter.ts'
import { asSample, isSample } from './sample-line.ts'
import { openSecrets } from './seal-secrets.ts'
import { putSecrets } from './split-secrets.ts'

export type ChannelRow = Selectable<Channel>

export interface OpenedLine {
  readonly line: Line
  readonly adapter: ChannelAdapter
  readonly paused: boolean
  readonly broken: boolean
  /** When a message last went out by it, to within some seconds. */
  readonly lastOutAt: Date | null
  /** Why sending rests. */
  readonly holdup: Holdup | null
}

/**
 * A connected channel with its secrets opened. Null: there is none, or it was removed.
 * @param db a transaction, for what must not change meanwhile; the line itself reaches the world only outside of it
 */
export async function openLine(
  deps: Pick<Deps, 'db' | 'config' | 'adapters'>,
  workspaceId: number,
  channelId: number,
  db: Reader = deps.db,
): Promise<OpenedLine | null> {
  const row = await db
    .selectFrom('channel')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', channelId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return row === undefined ? null : openRow(deps, row)
}

/**
 * @returns null for a channel of a kind that this build does not have
 * @throws when the secrets were sealed with another server secret
 */
export function openRow(deps: Pick<Deps, 'config' | 'adapters'>, row: ChannelRow): OpenedLine | null {
  const owner = { workspaceId: row.workspace_id, channelId: row.id }
  const secrets = row.secrets === null ? { settings: {}, own: {} } : openSecrets(deps.config.secret, owner, row.secrets)
  const settings = putSecrets(row.settings as Record<string, unknown>, secrets.settings) as unknown as ChannelSettings
  const adapter = findAdapter(deps.adapters, row.kind as ChannelKind, settings)
  if (adapter === undefined) return null
  const line: Line = {
    ...owner,
    publicId: row.public_id,
    name: row.name,
    address: row.address,
    settings,
    secrets: secrets.own,
    progress: row.progress as Record<string, unknown>,
  }
  return {
    line,
    adapter: isSample(row.settings) ? asSample(adapter) : adapter,
    paused: row.paused_at !== null,
    broken: row.broken,
    lastOutAt: row.last_out_at,
    holdup: row.holdup as Holdup | null,
  }
}
