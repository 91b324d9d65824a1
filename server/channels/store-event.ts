import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { Deps } from '../deps.ts'
import type { Line, StoreEvent } from './adapter.ts'
import type { Doorbell } from './doorbell.ts'

type LineKey = Pick<Line, 'workspaceId' | 'channelId'>
interface ReceivedEvent {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/**
 * Stores what was handed over before it is acknowledged, for each of the lines it is for, in one statement; the same bytes
 * on the same line a second time change nothing. Then the doorbell rings, outside the caller's waiting.
 */
export async function storeEvent(
  { inbound }: Pick<Deps, 'inbound'>,
  bell: Doorbell,
  lines: readonly LineKey[],
  { headers, body }: ReceivedEvent,
): Promise<void> {
  if (lines.length === 0) return
  await sql`${prepared}
    insert into inbound_event (workspace_id, channel_id, body_hash, headers, body)
    select workspace_id, channel_id, ${hashBody(body)}::uuid, ${JSON.stringify(headers)}::jsonb, ${body}::bytea
    from unnest(${lines.map(({ workspaceId }) => workspaceId)}::bigint[],
      ${lines.map(({ channelId }) => channelId)}::bigint[]) line (workspace_id, channel_id)
    on conflict (workspace_id, channel_id, body_hash) do nothing`.execute(inbound)
  for (const line of lines) bell.ring(line)
}

/** The same for adapters that receive by themselves. */
export const storeFor =
  (deps: Pick<Deps, 'inbound'>, bell: Doorbell): StoreEvent =>
  (line, event) =>
    storeEvent(deps, bell, [line], event)

/** 128 bits of SHA-256, in the form of a UUID. */
const hashBody = (body: Buffer) =>
  createHash('sha256')
    .update(body)
    .digest('hex')
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
