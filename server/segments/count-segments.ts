import { setTimeout as rest } from 'node:timers/promises'
import { sql } from 'kysely'
import { compileFilter } from '../contacts/filter/compile-filter.ts'
import { loadFilterContext } from '../contacts/filter/load-filter-context.ts'
import { planFilter } from '../contacts/filter/plan-filter.ts'
import { notify } from '../db/notify.ts'
import type { Deps } from '../deps.ts'
import { loadSegments } from './load-segments.ts'

/** Contacts looked at by one statement. */
const chunk = 10_000
/** Segments counted in one pass over the contacts: more make a statement slow to plan. */
const together = 50

/**
 * Counts every segment of a workspace in passes over its contacts, a chunk at a time with a rest after each, so that nobody
 * who works meanwhile waits. Counts are written when their pass is done; whoever is stopped before counts again.
 */
export async function countSegments(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { workspaceId }: { workspaceId: number },
  signal: AbortSignal,
): Promise<void> {
  const start = Date.now()
  const now = clock.now()
  const context = await loadFilterContext(db, workspaceId, now)
  const readable = (await loadSegments(db, workspaceId)).map((segment) => ({
    segment,
    ...planFilter(segment.filter, context),
  }))
  for (let at = 0; at < readable.length; at += together) {
    const some = readable.slice(at, at + together)
    const conditions = some.map(({ plan, problems }) =>
      problems.length === 0 ? compileFilter(plan) : sql<boolean>`false`,
    )
    const counts = some.map(() => 0)
    for (let from = 0; ;) {
      signal.throwIfAborted()
      const { rows } = await sql<{ last: number | null; counts: number[] }>`
        with looked as materialized (
          select id from contact where workspace_id = ${workspaceId} and id > ${from} order by id limit ${chunk}
        )
        select (select max(id) from looked) as last,
          array[${sql.join(conditions.map((condition) => sql`count(*) filter (where ${condition})`))}]::integer[] as counts
        from contact c join contact_state s on s.workspace_id = c.workspace_id and s.contact_id = c.id
        where c.workspace_id = ${workspaceId} and c.id > ${from} and c.id <= (select max(id) from looked)
          and s.live and c.root_id is null and c.blocked_at is null`.execute(db)
      const { last, counts: found } = rows[0]!
      if (last === null) break
      for (const [index, count] of found.entries()) counts[index]! += count
      from = last
      await rest(5)
    }
    await sql`
      update segment set contacts = counted.contacts, counted_at = ${now}
      from unnest(${some.map(({ segment }) => segment.id)}::bigint[], ${some.map(({ segment }) => JSON.stringify(segment.filter))}::jsonb[],
        ${some.map(({ problems }, index) => (problems.length === 0 ? counts[index]! : null))}::integer[]) counted (id, filter, contacts)
      where segment.workspace_id = ${workspaceId} and segment.id = counted.id and segment.filter = counted.filter`.execute(
      db,
    )
  }
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('segment_count')
      .values({ workspace_id: workspaceId, counted_at: clock.now(), took_ms: Date.now() - start })
      .onConflict((conflict) =>
        conflict.column('workspace_id').doUpdateSet(({ ref }) => ({
          counted_at: ref('excluded.counted_at'),
          took_ms: ref('excluded.took_ms'),
        })),
      )
      .execute()
    await notify(tx, [{ workspaceId, event: { type: 'segments' }, seenBy: null }])
  })
}
