import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'

/**
 * A contact enters the same workflow so often in an hour, but for by hand. Workflows that set one another off within Ficha are
 * counted in steps; those that do so by way of requests, of other programs or of our own interface are found out by this alone.
 */
const mostAnHour = 10

/** Contacts that have entered a workflow as often as they may. */
export async function whoEnteredOften(
  tx: Tx,
  { clock }: Pick<Deps, 'clock'>,
  workspaceId: number,
  workflowId: number,
  contactIds: readonly number[],
): Promise<Set<number>> {
  const since = (clock.now().getTime() - 3_600_000) * 1000
  const { rows } = await sql<{ contact_id: number }>`
    select contact_id from workflow_run where workspace_id = ${workspaceId} and workflow_id = ${workflowId}
      and contact_id = any(${[...contactIds]}::bigint[]) and id > ${since}::bigint
    group by contact_id having count(*) >= ${mostAnHour}`.execute(tx)
  return new Set(rows.map(({ contact_id }) => contact_id))
}

/** Apart from what refused them, which holds the workflow so that nobody changes it. */
export async function noteRefused(
  { db }: Pick<Deps, 'db'>,
  workspaceId: number,
  workflowId: number,
  count: number,
): Promise<void> {
  await sql`
    update workflow set refused = refused + ${count}, refused_at = now()
    where workspace_id = ${workspaceId} and id = ${workflowId}`.execute(db)
}
