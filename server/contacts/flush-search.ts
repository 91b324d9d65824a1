import { sql } from 'kysely'
import type { Deps } from '../deps.ts'

/**
 * Sorts into the search index what was written to its pending list: every search reads that list from beginning to end, and a
 * writer who fills it empties it. Does nothing for a role that does not own the index.
 */
export async function flushSearch({ db }: Pick<Deps, 'db'>): Promise<void> {
  await sql`
    select gin_clean_pending_list(c.oid) from pg_class c
    where c.oid = 'contact_search_txt'::regclass and pg_has_role(c.relowner, 'USAGE')`.execute(db)
}
