import { sql } from 'kysely'
import type { Line } from '../channels/adapter.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'

/** Addresses of pictures end after some days, and people change their names. */
export const freshFor = sql`interval '3 days'`

/** Has the provider asked who somebody is, unless it was lately. */
export async function askProfile(
  tx: Tx,
  deps: Pick<Deps, 'jobs'>,
  { workspaceId }: Pick<Line, 'workspaceId'>,
  contactChannelIds: readonly number[],
): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    select id from contact_channel where workspace_id = ${workspaceId} and id = any(${contactChannelIds}::bigint[])
      and (profile_asked_at is null or profile_asked_at < now() - ${freshFor})`.execute(tx)
  for (const { id: contactChannelId } of rows)
    await deps.jobs.enqueue(tx, 'fetch-profile', { workspaceId, contactChannelId })
}
