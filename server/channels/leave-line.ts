import type { Deps } from '../deps.ts'
import type { OpenedLine } from './open-line.ts'

const patienceMs = 5000

/** Tells the provider of a line that was removed not to call any more. Where that fails it calls in vain, and learns it so. */
export async function leaveLine(deps: Pick<Deps, 'log'>, { adapter, line }: OpenedLine): Promise<void> {
  try {
    await adapter.leave?.(line, AbortSignal.timeout(patienceMs))
  } catch (error) {
    deps.log.info({ err: error, channelId: line.channelId }, 'the provider was not told that the line is gone')
  }
}
