import { sql } from 'kysely'
import type { ContactSummary } from '#contract/suggestion.ts'
import { loadSummaries } from '../contacts/load-summaries.ts'
import { readCursor, writeCursor } from '../db/page-cursor.ts'
import type { ReadContext } from '../http/endpoint.ts'
import type { ParsedInput } from './parsed-input.ts'

interface Told {
  readonly a: ContactSummary
  readonly b: ContactSummary
  readonly by: string | null
  readonly at: string
}

/** Pairs that somebody told apart, newest first, under the contacts they belong to now; without those that are one by now. */
export async function listDismissed(
  { db, actor: { workspaceId } }: ReadContext,
  input: ParsedInput<'dismissed'>,
): Promise<{ items: Told[]; next: string | null }> {
  const list = `told-apart:${workspaceId}`
  const place = readCursor(list, input.cursor)
  const [at, a, b] = place ?? []
  const after =
    place === null
      ? sql`true`
      : sql`d.decided_at <= ${at}::timestamptz and (d.decided_at < ${at}::timestamptz or (d.a, d.b) > (${a}::bigint, ${b}::bigint))`
  const { rows } = await sql<{ a: number; b: number; by: string | null; decided_at: Date; place: string[] }>`
    select ra.id as a, rb.id as b, m.name as by, d.decided_at, array[d.decided_at::text, d.a::text, d.b::text] as place
    from identity_decision d
    join contact a on a.workspace_id = d.workspace_id and a.id = d.a
    join contact ra on ra.workspace_id = d.workspace_id and ra.id = coalesce(a.root_id, a.id)
    join contact b on b.workspace_id = d.workspace_id and b.id = d.b
    join contact rb on rb.workspace_id = d.workspace_id and rb.id = coalesce(b.root_id, b.id)
    left join member m on m.workspace_id = d.workspace_id and m.id = d.decided_by
    where d.workspace_id = ${workspaceId} and ra.id <> rb.id and ${after}
    order by d.decided_at desc, d.a, d.b limit ${input.limit + 1}`.execute(db)
  const page = rows.slice(0, input.limit)
  const contacts = await loadSummaries(
    db,
    workspaceId,
    page.flatMap((row) => [row.a, row.b]),
  )
  const items = page.flatMap((row) => {
    const [one, other] = [contacts.get(row.a), contacts.get(row.b)]
    if (one === undefined || other === undefined) return []
    return [{ a: one, b: other, by: row.by, at: row.decided_at.toISOString() }]
  })
  const last = page.at(-1)
  return { items, next: rows.length > input.limit && last !== undefined ? writeCursor(list, last.place) : null }
}
