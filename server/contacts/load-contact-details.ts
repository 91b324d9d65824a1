import { sql, type RawBuilder } from 'kysely'
import type { ContactDetails } from '#contract/contacts.ts'
import type { FieldValue } from '#contract/fields.ts'
import type { LifecycleMark } from '#contract/lifecycle.ts'
import type { Tag } from '#contract/tags.ts'
import type { Deps } from '../deps.ts'
import { prepared } from '../db/prepared.ts'
import type { Actor, Reader, Tx } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { formatPhone } from '../identity/phone-key.ts'
import { customFields } from '../fields/custom-fields.ts'
import { shownStage } from '../lifecycle/shown-stage.ts'
import { shownTags } from '../tags/shown-tags.ts'
import { displayName } from './display-name.ts'
import { loadAbsorbed } from './load-absorbed.ts'
import { loadBlocks } from './load-blocks.ts'
import { loadOptOuts } from './load-opt-outs.ts'
import { linesOf, showLines, type LineRow } from './show-lines.ts'
import { loadSuggestions } from './load-suggestions.ts'
import { originOf, type CustomFields, type Provenance, type Source, type ValuedField } from './provenance.ts'
import { showLinks, linksOf, type LinkRow } from './show-links.ts'
import { showSuggestions } from './show-suggestions.ts'
import { statusOf } from './status-of.ts'

interface Row {
  id: number
  created_at: Date
  first_name: string | null
  last_name: string | null
  profile_name: string | null
  picture_url: string | null
  email: string | null
  phone: string | null
  phone_unverified: boolean
  country: string | null
  language: string | null
  fields: CustomFields
  lifecycle: LifecycleMark | null
  version: number
  born_source: string
  born_by: number | null
  status: number
  snoozed_until: Date | null
  last_message_at: Date | null
  assignee_id: number | null
  assignee_name: string | null
  provenance: Provenance | null
  merged: boolean
  blocked: boolean
  opted_out: boolean
  suggested: boolean
  ran: boolean
  startable: boolean
  links: LinkRow[]
  lines: LineRow[]
  tags: Tag[]
  member_names: Record<string, string> | null
}

/** More than one card asks for at once. */
const mostShown = 5

/**
 * Everything the drawer shows, in one statement: the record, who set each value, state, assignee and channels. The id of
 * an absorbed contact answers with the survivor. `visible` is a condition on `contact_state s`; without it the caller has
 * already made sure that the contact may be seen. Fails NOT_FOUND.
 */
export async function loadContactDetails(
  db: Reader | Tx,
  deps: Pick<Deps, 'adapters'>,
  actor: Actor,
  contactId: number,
  visible: RawBuilder<boolean> = sql`true`,
): Promise<ContactDetails> {
  const { rows } = await sql<Row>`${prepared}
    select c.id, c.created_at, c.first_name, c.last_name, c.profile_name, c.picture_url, c.email, c.phone,
      c.phone_unverified, c.country, c.language, c.version, ${customFields('c')} as fields, ${shownStage('c')} as lifecycle, c.born_source, c.born_by, s.status, s.snoozed_until, nullif(s.last_message_at, '-infinity') as last_message_at,
      c.own is not null as merged, c.blocked_at is not null as blocked,
      exists (select from opt_out o where o.workspace_id = c.workspace_id and o.contact_id = c.id) as opted_out,
      (exists (select from pair_suggestion p where p.workspace_id = c.workspace_id and p.a = c.id)
        or exists (select from pair_suggestion p where p.workspace_id = c.workspace_id and p.b = c.id)) as suggested, ${hasRuns} as ran, ${mayStart} as startable, s.assignee_id, assignee.name as assignee_name, origin.p as provenance, ${linksOf} as links, ${linesOf} as lines,
      ${shownTags('c')} as tags,
      ${memberNames} as member_names
    from contact asked
    join contact c on c.workspace_id = asked.workspace_id and c.id = coalesce(asked.root_id, asked.id)
    join contact_state s on s.workspace_id = c.workspace_id and s.contact_id = c.id
    left join contact_provenance origin on origin.workspace_id = c.workspace_id and origin.contact_id = c.id
    left join member assignee on assignee.workspace_id = s.workspace_id and assignee.id = s.assignee_id
    where asked.workspace_id = ${actor.workspaceId} and asked.id = ${contactId} and ${visible}`.execute(db)
  const row = rows[0] ?? fail('NOT_FOUND')
  const absorbed = row.merged ? await loadAbsorbed(db, actor.workspaceId, row.id) : null
  const found = row.suggested ? await loadSuggestions(db, actor, row.id) : []
  const blocked = row.blocked ? (await loadBlocks(db, actor.workspaceId, [row.id])).get(row.id) : undefined
  const optOuts = row.opted_out || row.merged ? await loadOptOuts(db, actor.workspaceId, [row.id]) : []
  const likely = found.filter(({ tier }) => tier !== 'C')
  return {
    ...showContact(row, deps),
    ...absorbed,
    lines: await showLines(db, deps, actor.workspaceId, row),
    blocked: blocked ?? null,
    optOuts,
    suggestions: await showSuggestions(db, actor, likely.slice(0, mostShown)),
    possibleSuggestions: found.length - likely.length,
    workflows: { has: row.ran, startable: row.startable },
  }
}

/** Runs keep the number of the contact that entered, which another may have absorbed since. */
const hasRuns = sql`(exists (select from workflow_run r where r.workspace_id = c.workspace_id and r.contact_id = c.id)
  or c.own is not null and exists (select from contact m
    join workflow_run r on r.workspace_id = m.workspace_id and r.contact_id = m.id
    where m.workspace_id = c.workspace_id and m.root_id = c.id))`

const mayStart = sql`exists (select from workflow w
  join workflow_version v on v.workspace_id = w.workspace_id and v.workflow_id = w.id and v.version = w.version
  where w.workspace_id = c.workspace_id and w.stopped_at is null and w.removed_at is null
    and v.definition->'triggers' @> '[{"kind":"manual"}]')`

/** Those that are members' doing. */
const bySomebody: readonly Source[] = ['person', 'api', 'merge']

/** Names, by number, of the members that set a value of the contact; not looked for where none did. */
const memberNames = sql`(
  case when origin.p is null and c.born_source <> all(${bySomebody}::text[]) then null else (
  select json_object_agg(n.id, n.name) from member n
  where n.workspace_id = c.workspace_id and n.id in (
    select c.born_by where c.born_source = any(${bySomebody}::text[])
    union all select (o.value->>1)::bigint from jsonb_each(origin.p) o where o.value->>0 = any(${bySomebody}::text[]))) end)`

function showContact(
  row: Row,
  deps: Pick<Deps, 'adapters'>,
): Omit<ContactDetails, 'lines' | 'blocked' | 'optOuts' | 'suggestions' | 'possibleSuggestions' | 'workflows'> {
  const valueOf = <Value extends FieldValue | LifecycleMark>(field: ValuedField, value: Value | null) => {
    const { source, by, at } = originOf(row, row.provenance ?? {}, field)
    const name = (id: number) =>
      source === 'channel' ? row.lines.find((line) => line.id === id)?.name : row.member_names?.[id]
    return { value, source, by: by === null ? null : (name(by) ?? null), at: at.toISOString() }
  }
  return {
    id: row.id,
    version: row.version,
    displayName: displayName(row),
    profileName: row.profile_name,
    pictureUrl: row.picture_url,
    fields: {
      firstName: valueOf('firstName', row.first_name),
      lastName: valueOf('lastName', row.last_name),
      email: valueOf('email', row.email),
      phone: {
        ...valueOf('phone', row.phone),
        formatted: row.phone === null ? null : formatPhone(row.phone),
        unverified: row.phone_unverified,
      },
      country: valueOf('country', row.country),
      language: valueOf('language', row.language),
    },
    custom: Object.fromEntries(Object.entries(row.fields).map(([id, value]) => [id, valueOf(`#${Number(id)}`, value)])),
    lifecycle: valueOf('lifecycle', row.lifecycle),
    assignee: row.assignee_id === null ? null : { memberId: row.assignee_id, name: row.assignee_name ?? '' },
    status: statusOf(row.status),
    snoozedUntil: row.snoozed_until?.toISOString() ?? null,
    lastMessageAt: row.last_message_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    channels: showLinks(deps, row),
    tags: row.tags,
    alternates: [],
    absorbed: [],
  }
}
