import type { BlockingOffer } from '#contract/policy.ts'
import type { UiLanguage } from '#contract/primitives.ts'
import type { Workspace } from '#contract/workspaces.ts'
import type { Reader } from '../http/endpoint.ts'

/** A workspace's own settings. */
export async function readWorkspace(db: Reader, workspaceId: number): Promise<Workspace> {
  const row = await db
    .selectFrom('workspace')
    .selectAll()
    .select((eb) =>
      eb
        .selectFrom('billing_day')
        .select('day')
        .where('workspace_id', '=', workspaceId)
        .orderBy('since', 'desc')
        .limit(1)
        .as('billing_day'),
    )
    .where('id', '=', workspaceId)
    .executeTakeFirstOrThrow()
  return {
    id: row.id,
    name: row.name,
    defaultCountry: row.default_country,
    timeZone: row.time_zone,
    language: row.language as UiLanguage,
    heldDays: row.held_days,
    blockingInInbox: row.blocking_in_inbox as BlockingOffer,
    billingDay: row.billing_day ?? 1,
    bulkLimit: row.bulk_limit,
    createdAt: row.created_at.toISOString(),
    empty: row.first_contact_at === null,
  }
}
