import { sql } from 'kysely'
import type { OptOut } from '#contract/contacts.ts'
import { recordActivity, type ActivityActor } from '../activity/record-activity.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'

export interface OptOutAsked {
  /** The live contact, its state locked. */
  readonly contactId: number
  /** By which it does not want to be written to; null: by none. */
  readonly channelId: number | null
}

interface Asking {
  /** The contact themself (STOP), what the provider said, a person, a program, an import. */
  readonly source: 'contact' | 'channel' | 'person' | 'api' | 'import'
  /** The member or the import. */
  readonly by: number | null
  readonly reason: string | null
  readonly actor: ActivityActor
  /** What they do not want; everything where it is not said. */
  readonly scope?: OptOut['scope']
}

/**
 * Notes that contacts, and all whom they have absorbed, do not want to be written to, and tells it in their history. Answers
 * those of whom it was not known yet; of all others nothing is changed. Who wanted no advertising may want nothing any more,
 * not the other way round.
 */
export async function writeOptOuts(
  tx: Tx,
  { clock }: Pick<Deps, 'clock'>,
  workspaceId: number,
  asked: readonly OptOutAsked[],
  { source, by, reason, actor, scope = 'all' }: Asking,
): Promise<OptOutAsked[]> {
  const marketing = scope === 'marketing'
  if (asked.length === 0) return []
  const { rows } = await sql<OptOutAsked & { channelName: string | null }>`
    with noted as (
      insert into opt_out (workspace_id, contact_id, channel_id, source, by, reason, marketing)
      select part.workspace_id, part.id, asked.channel_id, ${source}::text, ${by}::bigint, ${reason}::text,
        ${marketing}::boolean
      from unnest(${asked.map(({ contactId }) => contactId)}::bigint[],
        ${asked.map(({ channelId }) => channelId ?? 0)}::bigint[]) asked (contact_id, channel_id)
      join contact part on part.workspace_id = ${workspaceId}
        and (part.id = asked.contact_id or part.root_id = asked.contact_id)
      order by part.id, asked.channel_id
      on conflict (workspace_id, contact_id, channel_id) do update
        set source = excluded.source, by = excluded.by, reason = excluded.reason, marketing = false, at = now()
        where opt_out.marketing and not excluded.marketing
      returning contact_id, channel_id
    )
    select distinct coalesce(part.root_id, part.id) as "contactId", nullif(noted.channel_id, 0) as "channelId",
      line.name as "channelName"
    from noted join contact part on part.workspace_id = ${workspaceId} and part.id = noted.contact_id
    left join channel line on line.workspace_id = ${workspaceId} and line.id = noted.channel_id
    order by 1, 2`.execute(tx)
  const entries = rows.map(({ contactId, channelId, channelName }) => ({
    contactId,
    kind: 'optedOut' as const,
    actor,
    data: { channelId, channelName, source, reason, ...(marketing && { marketing: true as const }) },
  }))
  await recordActivity(tx, clock, workspaceId, entries)
  return rows
}

/**
 * The contact may be written to again, as may all whom it has absorbed. False where nothing stood against it. `scope`:
 * `marketing` takes back no more than that.
 */
export async function liftOptOut(
  tx: Tx,
  { clock }: Pick<Deps, 'clock'>,
  { workspaceId, contactId, channelId }: OptOutAsked & { readonly workspaceId: number },
  { reason, actor, scope = 'all' }: Pick<Asking, 'reason' | 'actor' | 'scope'>,
): Promise<boolean> {
  const { rows } = await sql<{ channelName: string | null; marketing: boolean }>`
    with lifted as (
      delete from opt_out using contact part
      where part.workspace_id = ${workspaceId} and (part.id = ${contactId} or part.root_id = ${contactId})
        and opt_out.workspace_id = part.workspace_id and opt_out.contact_id = part.id
        and opt_out.channel_id = ${channelId ?? 0} and (opt_out.marketing or ${scope === 'all'})
      returning opt_out.channel_id, opt_out.marketing
    )
    select line.name as "channelName", bool_and(lifted.marketing) as marketing from lifted
    left join channel line on line.workspace_id = ${workspaceId} and line.id = lifted.channel_id group by 1`.execute(tx)
  const [lifted] = rows
  if (lifted === undefined) return false
  const { channelName, marketing } = lifted
  const data = { channelId, channelName, reason, ...(marketing && { marketing: true as const }) }
  await recordActivity(tx, clock, workspaceId, [{ contactId, kind: 'optedIn', actor, data }])
  return true
}
