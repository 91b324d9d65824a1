import { sql } from 'kysely'
import type { InferContractRouterInputs } from '@orpc/contract'
import type { workspaces } from '#contract/workspaces.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { Tx, WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { cycleAt, today } from './billing-cycle.ts'
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
  if (input.billingDay !== undefined && input.billingDay !== before.billingDay)
    await setBillingDay(tx, actor.workspaceId, input.billingDay)
  const after = await readWorkspace(tx, actor.workspaceId)
  if (JSON.stringify(after) === JSON.stringify(before)) return after
  const data = { name: after.name, from: { ...before }, to: { ...after } }
  await recordAudit(tx, deps.clock, actor, 'workspaceChanged', data)
  live({ event: { type: 'workspace' }, seenBy: null })
  return after
}

/** The cycle that runs keeps its end; from then on the new day holds. */
async function setBillingDay(tx: Tx, workspaceId: number, day: number): Promise<void> {
  await sql`
    insert into billing_day (workspace_id, since, day)
    select ${workspaceId}, present.ends_on, ${day}::int from ${cycleAt(workspaceId, today(workspaceId))} present
    on conflict (workspace_id, since) do update set day = excluded.day`.execute(tx)
}
