import { sql, type RawBuilder } from 'kysely'
import type { OptOut } from '#contract/contacts.ts'
import type { Reader, Tx } from '../http/endpoint.ts'

/** By which channels contacts, or any that they have absorbed, do not want to be written to: see `load`. */
export const loadOptOuts = (db: Reader | Tx, workspaceId: number, contactIds: readonly number[]): Promise<OptOut[]> =>
  load(db, workspaceId, sql`(part.id = any(${contactIds}::bigint[]) or part.root_id = any(${contactIds}::bigint[]))`)

/** The same of these members of a tree alone, whomever they are part of. */
export const loadOwnOptOuts = (db: Reader | Tx, workspaceId: number, memberIds: readonly number[]): Promise<OptOut[]> =>
  load(db, workspaceId, sql`part.id = any(${memberIds}::bigint[])`)

/** By none first, then the newest; the strictest of each. */
async function load(db: Reader | Tx, workspaceId: number, whose: RawBuilder<boolean>): Promise<OptOut[]> {
  const { rows } = await sql<Omit<OptOut, 'at'> & { at: Date }>`
    select nullif(o.channel_id, 0) as "channelId", line.kind, line.name as "channelName",
      case when o.marketing then 'marketing' else 'all' end as scope, o.at, o.source, o.reason,
      case when o.source in ('person', 'api') then member.name end as by
    from (
      select distinct on (o.channel_id) o.* from contact part
      join opt_out o on o.workspace_id = part.workspace_id and o.contact_id = part.id
      where part.workspace_id = ${workspaceId} and ${whose}
      order by o.channel_id, o.marketing, o.at desc, o.contact_id) o
    left join channel line on line.workspace_id = o.workspace_id and line.id = o.channel_id
    left join member on member.workspace_id = o.workspace_id and member.id = o.by
    order by o.channel_id <> 0, o.at desc, o.channel_id`.execute(db)
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }))
}
