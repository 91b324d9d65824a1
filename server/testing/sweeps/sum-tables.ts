import { sql, type Kysely } from 'kysely'
import type { DB } from '../../db/tables.ts'

/** Left by merely asking: drawn numbers, counted attempts, when a token was last used. */
const unavoidable = ['public.counter', 'auth.throttle']

/** A sum of every table's rows and of the jobs that are waiting: two that are equal have nothing written between them. */
export async function sumTables(db: Kysely<DB>): Promise<Record<string, string>> {
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'auth')
    order by 1`.execute(db)
  const counted = tables
    .filter(({ name }) => !unavoidable.includes(name))
    .map(
      ({ name }) => sql`
        select ${name}::text as name, count(*) || ' ' || coalesce(md5(string_agg(row, '|' order by row)), '') as sum
        from (select (to_jsonb(t) - 'last_used_at')::text as row from ${sql.table(name)} t) as rows`,
    )
  const { rows } = await sql<{ name: string; sum: string }>`${sql.join(counted, sql` union all `)}
    union all select 'jobs', count(*)::text from pgboss.job where data ? 'workspaceId' or name = 'send-mail'`.execute(
    db,
  )
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]))
}
