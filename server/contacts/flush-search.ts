import { sql } from 'kysely'
import type { Deps } from '../deps.ts'

/**
 * Sorts into the search indexes what was written to their pending lists: every search reads such a list from beginning to
 * end, and a writer who fills it empties it. Does nothing for a role that does not own the indexes.
 */
export async function flushSearch({ db }: Pick<Deps, 'db'>): Promise<void> {
  await sql`
    select gin_clean_pending_list(c.oid) from pg_class c
    where c.oid in ('contact_search_txt'::regclass, 'contact_search_words'::regclass) and pg_has_role(c.relowner, 'USAGE')`.execute(
    db,
  )
}
