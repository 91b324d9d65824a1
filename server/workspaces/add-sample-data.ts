import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { readWorkspace } from './read-workspace.ts'

/** Has the sample shop added in the background, to a workspace in which nothing has happened yet. */
export async function addSampleData({ tx, deps, actor, enqueue }: WriteContext) {
  const { empty } = await readWorkspace(tx, actor.workspaceId)
  if (!empty) return fail('CONFLICT', { reason: 'not-empty' })
  await recordAudit(tx, deps.clock, actor, 'sampleDataAdded', {})
  await enqueue('add-sample-data', { workspaceId: actor.workspaceId })
  return {}
}
