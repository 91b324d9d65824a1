import type { Attempt, Outgoing } from '../channels/adapter.ts'
import type { OpenedLine } from '../channels/open-line.ts'
import type { Deps } from '../deps.ts'
import { isStoreAway } from '../http/store-away.ts'
import { loadOutgoing } from './load-outgoing.ts'

/** Our own files cannot be reached. */
export const filesAway = 'files-away'

/** An adapter that has not answered by then is told to stop; a little later it is no longer waited for. */
const patienceMs = 60_000
const graceMs = 10_000

/**
 * One attempt at sending, outside any transaction. An answer that does not come, or an error nobody foresaw, is `unknown`:
 * the message may have gone out, and only a person decides to send it twice.
 */
export async function attemptDelivery(
  deps: Pick<Deps, 'db' | 'files' | 'log'>,
  { line, adapter }: OpenedLine,
  messageId: number,
  attempt: number,
): Promise<Attempt> {
  const outgoing = await loadOutgoing(deps, line.workspaceId, messageId, attempt)
  if (outgoing === null) return { outcome: 'failed', code: 'gone', detail: null }
  const files = watchFiles(outgoing)
  try {
    return await withinTime((signal) => adapter.send(line, files.outgoing, signal))
  } catch (error) {
    deps.log.error({ err: error, messageId, channelId: line.channelId }, 'sending ended in an error')
    // a file that is not there stops a message before it goes
    if (isStoreAway(error)) return { outcome: 'retry', code: filesAway, detail: null }
    if (files.missing()) return { outcome: 'failed', code: 'file-missing', detail: null }
    return { outcome: 'unknown', detail: null }
  }
}

function watchFiles(outgoing: Outgoing): { outgoing: Outgoing; missing: () => boolean } {
  let missing = false
  const openFile = (id: string) =>
    outgoing.openFile(id).catch((error: unknown) => {
      missing = true
      throw error
    })
  return { outgoing: { ...outgoing, openFile }, missing: () => missing }
}

async function withinTime(send: (signal: AbortSignal) => Promise<Attempt>): Promise<Attempt> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Attempt>((resolve) => {
    timer = setTimeout(() => resolve({ outcome: 'unknown', detail: null }), patienceMs + graceMs)
  })
  try {
    return await Promise.race([send(AbortSignal.timeout(patienceMs)), late])
  } finally {
    clearTimeout(timer)
  }
}
