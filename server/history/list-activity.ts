import { sql } from 'kysely'
import { activityGroups } from '#contract/activity-words.ts'
import { ActivityEvent } from '#contract/activity.ts'
import { findVisibleContact } from '../conversations/find-visible-contact.ts'
import { timeOfId } from '../db/clock.ts'
import { readCursor, writeCursor } from '../db/page-cursor.ts'
import type { ReadContext } from '../http/endpoint.ts'
import { refuse } from '../http/fail.ts'
import { formatPhone } from '../identity/phone-key.ts'
import type { ParsedInput } from './parsed-input.ts'

interface Row {
  id: number
  contact_id: number
  kind: string
  actor_type: string
  actor_id: number | null
  actor_name: string | null
  channel_name: string | null
  data: Readonly<Record<string, unknown>>
}

const everyKind = Object.values(activityGroups).flat()

/** One page of what happened to a contact and to all it has absorbed, newest first. Fails NOT_FOUND for whoever may not see it. */
export async function listActivity(
  { db, actor }: ReadContext,
  input: ParsedInput<'activity', 'ofContact'>,
): Promise<{ items: ActivityEvent[]; next: string | null }> {
  const { workspaceId } = actor
  const { contactId } = await findVisibleContact(db, actor, input.contactId)
  const list = JSON.stringify(['activity', workspaceId, contactId, input.group ?? '', input.field ?? ''])
  const [before = String(Number.MAX_SAFE_INTEGER)] = readCursor(list, input.cursor) ?? []
  if (!/^\d{1,16}$/.test(before)) return refuse('cursor', 'format', 'Send the cursor as it was given.')
  const kinds: readonly string[] = input.group === undefined ? everyKind : activityGroups[input.group]
  const ofField = input.field === undefined ? sql`true` : sql`a.data->>'field' = ${input.field}`
  // a merge is told once, by the contact that is live: those it has absorbed have an entry of their own
  const { rows } = await sql<Row>`
    with parts as materialized (
      select id from contact where workspace_id = ${workspaceId} and (id = ${contactId} or root_id = ${contactId})
    ), page as (
      select newest.* from parts cross join lateral (
        select a.* from activity a
        where a.workspace_id = ${workspaceId} and a.contact_id = parts.id and a.id < ${before}::bigint
          and a.kind = any(${kinds}) and ${ofField} and (parts.id = ${contactId} or not a.data ?| array['into', 'outOf'])
        order by a.id desc limit ${input.limit + 1}) newest
      order by newest.id desc limit ${input.limit + 1}
    )
    select page.id, page.contact_id, page.kind, page.actor_type, page.actor_id, coalesce(doer.name, flow.name) as actor_name,
      line.name as channel_name, page.data
    from page
    left join member doer on doer.workspace_id = page.workspace_id and doer.id = page.actor_id
      and page.actor_type in ('member', 'api')
    left join workflow flow on flow.workspace_id = page.workspace_id and flow.id = page.actor_id
      and page.actor_type = 'workflow'
    left join channel line on page.data->>'source' = 'channel' and line.workspace_id = page.workspace_id
      and line.id = (page.data->>'by')::bigint
    order by page.id desc`.execute(db)
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  return {
    items: shown.map(showEvent),
    next: rows.length > input.limit && last !== undefined ? writeCursor(list, [String(last.id)]) : null,
  }
}

const showEvent = (row: Row): ActivityEvent =>
  ActivityEvent.parse({
    id: row.id,
    at: timeOfId(row.id).toISOString(),
    contactId: row.contact_id,
    kind: row.kind,
    actor: {
      type: row.actor_type,
      memberId: row.actor_type === 'member' || row.actor_type === 'api' ? row.actor_id : null,
      name: row.actor_name,
    },
    channelName: row.channel_name,
    phones: spellPhones(row.data),
    data: row.data,
  })

/** What was said of the field `phone`, for reading. */
function spellPhones({ field, from, to, value }: Readonly<Record<string, unknown>>): Record<string, string> {
  if (field !== 'phone') return {}
  const phones = [from, to, value].filter((phone) => typeof phone === 'string')
  return Object.fromEntries(phones.map((phone) => [phone, formatPhone(phone)]))
}
