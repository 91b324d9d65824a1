import { sql } from 'kysely'
import type { CustomField } from '#contract/fields.ts'
import type { FilterContext } from '../contacts/filter/filter-plan.ts'
import { loadFilterContext } from '../contacts/filter/load-filter-context.ts'
import { workspaceCountry } from '../contacts/insert-contact.ts'
import { loadFields } from '../fields/list-fields.ts'
import type { Reader, Tx } from '../http/endpoint.ts'

/** What a workspace has that triggers and steps may name, by number. */
export interface Known {
  readonly filters: FilterContext
  readonly country: string | null
  readonly fields: readonly CustomField[]
  readonly tags: ReadonlySet<number>
  readonly stages: ReadonlySet<number>
  readonly members: ReadonlySet<number>
  readonly teams: ReadonlySet<number>
  /** Those that are connected, with their kinds. */
  readonly channels: ReadonlyMap<number, string>
}

export async function loadKnown(db: Reader | Tx, workspaceId: number, now: Date): Promise<Known> {
  const { rows } = await sql<{ what: string; id: number; kind: string }>`
    select 'tag' as what, id, '' as kind from tag where workspace_id = ${workspaceId}
    union all select 'stage', id, '' from lifecycle_stage where workspace_id = ${workspaceId}
    union all select 'member', id, '' from member where workspace_id = ${workspaceId} and removed_at is null
    union all select 'team', id, '' from team where workspace_id = ${workspaceId}
    union all select 'channel', id, kind from channel where workspace_id = ${workspaceId} and deleted_at is null`.execute(
    db,
  )
  const those = (what: string) => rows.filter((row) => row.what === what)
  const ids = (what: string) => new Set(those(what).map(({ id }) => id))
  return {
    filters: await loadFilterContext(db, workspaceId, now),
    country: await workspaceCountry(db, workspaceId),
    fields: await loadFields(db, workspaceId),
    tags: ids('tag'),
    stages: ids('stage'),
    members: ids('member'),
    teams: ids('team'),
    channels: new Map(those('channel').map(({ id, kind }) => [id, kind])),
  }
}
