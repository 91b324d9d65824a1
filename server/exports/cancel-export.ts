import type { Export } from '#contract/exports.ts'
import { cancelJob } from '../bulk/cancel-job.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { getExport } from './list-exports.ts'

/** Stops an export before its next batch. */
export async function cancelExport(context: WriteContext, { jobId }: { jobId: number }): Promise<Export> {
  await cancelJob('export')(context, { jobId })
  return getExport({ deps: context.deps, db: context.tx, actor: context.actor }, { jobId })
}
