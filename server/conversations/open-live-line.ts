import { openLine, type OpenedLine } from '../channels/open-line.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'

/**
 * A line that a message may be queued for; otherwise refuses with what is wrong with it. A broken line is no reason: it may
 * work again by now, and where it does not the message says so.
 */
export async function openLiveLine(tx: Tx, deps: Deps, workspaceId: number, channelId: number): Promise<OpenedLine> {
  const opened = await openLine(deps, workspaceId, channelId, tx)
  if (opened === null) return fail('CONFLICT', { reason: 'channel-deleted' })
  return opened.paused ? fail('CONFLICT', { reason: 'channel-paused' }) : opened
}
