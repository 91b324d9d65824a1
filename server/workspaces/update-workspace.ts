import type { InferContractRouterInputs } from '@orpc/contract'
import type { workspaces } from '#contract/workspaces.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { readWorkspace } from './read-workspace.ts'

type Input = InferContractRouterInputs<typeof workspaces>['update']

/** Changes what is named and leaves the rest; phones stored already keep their country. */
export async function updateWorkspace({ tx, actor, deps, live }: WriteContext, input: Input) {
  if (input.bulkLimit !== undefined && actor.role !== 'owner') return fail('FORBIDDEN', { reason: 'owners-only' })
  const before = await readWorkspace(tx, actor.workspaceId)
  const columns = {
    name: input.name,
    default_country: input.defaultCountry,
    time_zone: input.timeZone,
    language: input.language,
    held_days: input.heldDays,
    blocking_in_inbox: input.blockingInInbox,
    bulk_limit: input.bulkLimit,
  }
  if (Object.values(columns).some((value) => value !== undefined)) {
    await tx.updateTable('workspace').set(columns).where('id', '=', actor.workspaceId).execute()
  }
  const after = await readWorkspace(tx, actor.workspaceId)
  if (JSON.stringify(after) === JSON.stringify(before)) return after
  const data = { name: after.name, from: { ...before }, to: { ...after } }
  await recordAudit(tx, deps.clock, actor, 'workspaceChanged', data)
  live({ event: { type: 'workspace' }, seenBy: null })
  return after
}
