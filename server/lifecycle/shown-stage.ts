import { sql, type RawBuilder } from 'kysely'
import type { LifecycleMark } from '#contract/lifecycle.ts'

/** SQL for the stage that a contact (`alias`) stands in; null also for one that is gone and swept later. */
export const shownStage = (alias: string): RawBuilder<LifecycleMark | null> => sql`(
  select json_build_object('id', l.id, 'name', l.name, 'emoji', l.emoji, 'kind', l.kind) from lifecycle_stage l
  where l.workspace_id = ${sql.ref(`${alias}.workspace_id`)} and l.id = ${sql.ref(`${alias}.lifecycle_id`)})`
