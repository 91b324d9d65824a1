import { sql, type RawBuilder } from 'kysely'

/** SQL for what a contact (`alias`) holds in the custom fields that there are, by number: values of one that is gone are swept later. */
export const customFields = (alias: string): RawBuilder<Record<string, string | number | boolean>> => sql`(
  case when ${sql.ref(`${alias}.fields`)} = '{}' then '{}'::jsonb else (
    select coalesce(jsonb_object_agg(d.id, ${sql.ref(`${alias}.fields`)} -> d.id::text), '{}') from custom_field d
    where d.workspace_id = ${sql.ref(`${alias}.workspace_id`)} and ${sql.ref(`${alias}.fields`)} ? d.id::text) end)`
