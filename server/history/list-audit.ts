import { sql } from 'kysely'
import { auditGroups } from '#contract/audit-words.ts'
import type { AuditEvent } from '#contract/audit.ts'
import { timeOfId } from '../db/clock.ts'
import { readCursor, writeCursor } from '../db/page-cursor.ts'
import type { ReadContext } from '../http/endpoint.ts'
import { refuse } from '../http/fail.ts'
import type { ParsedInput } from './parsed-input.ts'
import { showChanges } from './show-changes.ts'

interface Row {
  id: number
  kind: AuditEvent['kind']
  actor_type: AuditEvent['actor']['type']
  actor_id: number
  actor_name: string
  ip: string | null
  data: {
    name?: string | null
    from?: Record<string, unknown>
    to?: Record<string, unknown>
    contacts?: number
  }
}

const everyKind = Object.values(auditGroups).flat()
const idAt = (moment: string) => Date.parse(moment) * 1000

/** One page of what was done to the workspace, newest first. Each kind is walked by itself, so that a rare one costs no more. */
export async function listAudit(
  { db, actor }: ReadContext,
  input: ParsedInput<'audit', 'list'>,
): Promise<{ items: AuditEvent[]; next: string | null }> {
  const { workspaceId } = actor
  const { memberId, group, since, before, limit } = input
  const list = JSON.stringify(['audit', workspaceId, memberId ?? 0, group ?? '', since ?? '', before ?? ''])
  const [place] = readCursor(list, input.cursor) ?? []
  if (place !== undefined && !/^\d{1,16}$/.test(place))
    return refuse('cursor', 'format', 'Send the cursor as it was given.')
  const end = place ?? (before === undefined ? Number.MAX_SAFE_INTEGER : idAt(before))
  const kinds: readonly string[] = group === undefined ? everyKind : auditGroups[group]
  const { rows } = await sql<Row>`
    with page as (
      select newest.* from unnest(${kinds}::text[]) wanted (kind) cross join lateral (
        select a.* from audit a
        where a.workspace_id = ${workspaceId} and a.kind = wanted.kind and a.id < ${end}::bigint
          ${since === undefined ? sql`` : sql`and a.id >= ${idAt(since)}::bigint`}
          ${memberId === undefined ? sql`` : sql`and a.actor_id = ${memberId}`}
        order by a.id desc limit ${limit + 1}) newest
      order by newest.id desc limit ${limit + 1}
    )
    select page.id, page.kind, page.actor_type, page.actor_id, coalesce(doer.name, '') as actor_name, page.ip, page.data
    from page
    left join member doer on doer.workspace_id = page.workspace_id and doer.id = page.actor_id
    order by page.id desc`.execute(db)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(({ data, ...row }) => ({
      id: row.id,
      at: timeOfId(row.id).toISOString(),
      kind: row.kind,
      actor: { type: row.actor_type, memberId: row.actor_id, name: row.actor_name },
      subject: data.name ?? null,
      changes: showChanges(data.from, data.to),
      contacts: data.contacts ?? null,
      ip: row.ip,
    })),
    next: rows.length > limit && last !== undefined ? writeCursor(list, [String(last.id)]) : null,
  }
}
