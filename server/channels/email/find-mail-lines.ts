import { sql } from 'kysely'
import type { Deps } from '../../deps.ts'
import { readEmail } from '../../identity/read-email.ts'
import type { Line } from '../adapter.ts'
import { isSample } from '../sample-line.ts'
import { addressKeyOf } from './read-sender.ts'

type LineKey = Pick<Line, 'workspaceId' | 'channelId'>

/**
 * The line that a recipient's address belongs to; null where there is none. `ventas+web@…` is `ventas@…` unless there is a
 * line of that very name. Where two workspaces claim one address, the mail belongs to whoever had it first: nobody gets a
 * copy of another's mail by naming its address.
 */
export async function findMailLine({ inbound }: Pick<Deps, 'inbound'>, recipient: string): Promise<LineKey | null> {
  const keys = recipientKeys(recipient)
  // of every workspace: a mail names its line before anything is known of its workspace
  const { rows } = await sql<LineKey & { settings: unknown; key: string }>`
    select workspace_id as "workspaceId", id as "channelId", settings, line_key as key from channel
    where kind = 'email' and deleted_at is null and line_key = any(${keys}::text[])
    order by created_at, workspace_id, id`.execute(inbound)
  const real = rows.filter(({ settings }) => !isSample(settings))
  for (const wanted of keys) {
    const found = real.find(({ key }) => key === wanted)
    if (found !== undefined) return { workspaceId: found.workspaceId, channelId: found.channelId }
  }
  return null
}

/** The keys an address may stand under, the exact one first. Pure. */
export function recipientKeys(recipient: string): string[] {
  const read = readEmail(recipient)
  if (typeof read === 'string') return []
  const bare = read.local.replace(/(?<=.)\+.*$/, '')
  return [...new Set([addressKeyOf(recipient), addressKeyOf(`${bare}@${read.domain}`)])]
}
