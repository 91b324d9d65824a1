import type { Deps } from '../deps.ts'
import type { JobData, JobName } from '../jobs/queue.ts'

/** What is due later than this is found by the sweep that runs every minute. */
const soonSeconds = 60

/**
 * Rings again in a moment. Not a delayed job: that would hold the doorbell's one place, and whatever is due sooner could
 * not ring. Lost with the process, as the row that is due stays and is found by the sweep.
 */
export function ringLater<Name extends JobName>(deps: Deps, name: Name, data: JobData[Name], seconds: number): void {
  if (seconds > soonSeconds) return
  setTimeout(() => {
    deps.jobs.ring(name, data).catch((error: unknown) => deps.log.debug({ err: error, job: name }, 'rung too late'))
  }, seconds * 1000).unref()
}
