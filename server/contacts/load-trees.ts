import { sql, type Selectable } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { ChannelKind } from '#contract/channel-kind.ts'
import type { Contact } from '../db/tables.ts'
import type { Reader, Tx } from '../http/endpoint.ts'
import { goldenFields, type Held, type OwnValues, type TreeContact, type TreeOp } from './golden-values.ts'
import { columnOf, isCustom, type CustomFields, type Provenance } from './provenance.ts'

/** A contact with all that merging asks of it. */
export interface TreeMember extends TreeContact {
  readonly row: Selectable<Contact>
  readonly provenance: Provenance
  readonly state: MemberState
  /** Its own, though another may own them now. */
  readonly links: readonly MemberLink[]
}

export interface MemberLink {
  readonly kind: ChannelKind
  readonly profileName: string | null
  readonly pictureUrl: string | null
  /** As PostgreSQL's JSON writes times. */
  readonly lastInAt: string | null
  readonly lastOutAt: string | null
  readonly removed: boolean
}

/** Of an absorbed contact: the assignee it would have alone, the rest as it was when it was absorbed. */
export interface MemberState {
  readonly status: number
  readonly assigneeId: number | null
  readonly teamId: number | null
  readonly snoozedUntil: Date | null
  readonly conversationId: number | null
  readonly lastMessageId: number
  readonly lastInId: number
  readonly lastChannelId: number | null
  readonly lastInContactChannelId: number | null
}

/** What stood before a merge, as undoing asks for it. */
export interface MergeBefore {
  /** The last message of any of them; every later one has a higher id. */
  readonly lastMessageId: number
  /** The time of the merge as an id, for notes. */
  readonly mark: number
  /** Episodes that it ended, and when they would have woken had they been snoozed. */
  readonly ended: readonly { readonly conversationId: number; readonly snoozedUntil: string | null }[]
  /** The episode that went on, where the merge changed how it stood: put back as it was if it still stands as made. */
  readonly kept: { readonly conversationId: number; readonly was: Standing; readonly made: Standing } | null
  /** How the survivor called itself, for one without a channel that says it. */
  readonly profile: { readonly name: string | null; readonly pictureUrl: string | null }
}

/** Open or snoozed, and then until when. */
export interface Standing {
  readonly status: number
  readonly snoozedUntil: string | null
}

export interface StandingOp extends TreeOp {
  readonly before: MergeBefore
}

/** Contacts with everybody they have absorbed, and the merges between them. */
export interface Trees {
  readonly members: readonly TreeMember[]
  readonly ops: readonly StandingOp[]
}

type Row = Selectable<Contact> & {
  provenance: Provenance | null
  links: MemberLink[] | null
  own_assignee_left: boolean
  field_ids: number[] | null
  stage_ids: number[] | null
  status: number
  assignee_id: number | null
  team_id: number | null
  snoozed_until: Date | null
  conversation_id: number | null
  last_message_id: number
  last_in_id: number
  last_channel_id: number | null
  last_in_contact_channel_id: number | null
}

interface OpRow {
  id: number
  survivor_id: number
  survivor_version: number
  picks: TreeOp['picks']
  merged_by: number | null
  merged_at: Date
  before: MergeBefore
  children: number[]
}

const contactColumns: Record<keyof Contact, true> = {
  blocked_at: true,
  born_by: true,
  born_source: true,
  country: true,
  created_at: true,
  email: true,
  fields: true,
  first_name: true,
  id: true,
  language: true,
  last_name: true,
  lifecycle_id: true,
  own: true,
  own_tags: true,
  phone: true,
  phone_unverified: true,
  picture_url: true,
  profile_name: true,
  root_id: true,
  sort_name: true,
  tags: true,
  version: true,
  workspace_id: true,
}
const columns = sql.join(Object.keys(contactColumns).map((column) => sql.ref(`c.${column}`)))

/** Reads the trees that stand under these roots. */
export async function loadTrees(db: Reader | Tx, workspaceId: number, rootIds: readonly number[]): Promise<Trees> {
  const { rows } = await sql<Row>`${prepared}
    select ${columns}, origin.p as provenance, s.status, s.assignee_id, s.team_id, s.snoozed_until, s.conversation_id,
      s.last_message_id, s.last_in_id, s.last_channel_id, s.last_in_contact_channel_id,
      c.own is not null and exists (select from member left_one where left_one.workspace_id = c.workspace_id
        and left_one.id = (c.own->'assignee'->>'value')::bigint and left_one.removed_at is not null) as own_assignee_left,
      case when c.own is not null or c.fields <> '{}' then
        (select array_agg(id) from custom_field where workspace_id = ${workspaceId}) end as field_ids,
      (select array_agg(id) from lifecycle_stage where workspace_id = ${workspaceId}) as stage_ids,
      (select jsonb_agg(jsonb_build_object('kind', line.kind, 'profileName', k.profile_name, 'pictureUrl', k.picture_url,
          'lastInAt', k.last_in_at, 'lastOutAt', k.last_out_at, 'removed', k.removed_at is not null)
          order by greatest(k.last_in_at, k.last_out_at) desc nulls last, k.id)
        from contact_channel k join channel line on line.workspace_id = k.workspace_id and line.id = k.channel_id
        where k.workspace_id = c.workspace_id and k.contact_id = c.id) as links
    from contact c
    join contact_state s on s.workspace_id = c.workspace_id and s.contact_id = c.id
    left join contact_provenance origin on origin.workspace_id = c.workspace_id and origin.contact_id = c.id
    where c.workspace_id = ${workspaceId} and (c.id = any(${rootIds}::bigint[]) or c.root_id = any(${rootIds}::bigint[]))
    order by c.id`.execute(db)
  const members = rows.map(memberOf)
  if (!rows.some(({ root_id }) => root_id !== null)) return { members, ops: [] }
  const { rows: ops } = await sql<OpRow>`${prepared}
    select op.id, op.survivor_id, op.survivor_version, op.picks, op.merged_by, op.merged_at, op.before, edges.children
    from (
      select op_id, array_agg(child_id) as children from merge_edge
      where workspace_id = ${workspaceId} and not undone and parent_id = any(${rows.map(({ id }) => id)}::bigint[])
      group by op_id
    ) edges
    join merge_op op on op.workspace_id = ${workspaceId} and op.id = edges.op_id
    order by op.id`.execute(db)
  return {
    members,
    ops: ops.map((op) => ({
      id: op.id,
      survivorId: op.survivor_id,
      childIds: op.children,
      survivorVersion: op.survivor_version,
      picks: op.picks,
      by: op.merged_by,
      at: op.merged_at.toISOString(),
      before: op.before,
    })),
  }
}

function memberOf({ provenance: p, links, own_assignee_left, field_ids, stage_ids, ...all }: Row): TreeMember {
  const fieldIds = new Set(field_ids?.map(String))
  // a field or a stage that is gone is swept off the records behind that
  const there = <Of extends object>(values: Of, idOf: (key: string) => string | null): Of =>
    Object.fromEntries(Object.entries(values).filter(([key]) => idOf(key) === null || fieldIds.has(idOf(key)!))) as Of
  const numberIn = (key: string) => (isCustom(key) ? key.slice(1) : null)
  const stageThere = (id: string | number | null) =>
    id !== null && stage_ids?.includes(Number(id)) === true ? id : null
  const row = {
    ...all,
    fields: there(all.fields as CustomFields, (key) => key),
    lifecycle_id: stageThere(all.lifecycle_id) as number | null,
  }
  const provenance = there(p ?? {}, numberIn)
  const state: MemberState = {
    status: row.status,
    assigneeId: row.assignee_id,
    teamId: row.team_id,
    snoozedUntil: row.snoozed_until,
    conversationId: row.conversation_id,
    lastMessageId: row.last_message_id,
    lastInId: row.last_in_id,
    lastChannelId: row.last_channel_id,
    lastInContactChannelId: row.last_in_contact_channel_id,
  }
  const said = row.own as OwnValues | null
  const alone = said === null ? ownOf(row, provenance, state.assigneeId) : there(said, numberIn)
  const lifecycle = { ...alone.lifecycle, value: stageThere(alone.lifecycle.value) as string | null }
  const own = { ...alone, lifecycle }
  return {
    id: row.id,
    createdAt: row.created_at.getTime(),
    // whoever has left looks after nobody
    own: own_assignee_left ? { ...own, assignee: { ...own.assignee, value: null } } : own,
    row,
    provenance,
    state,
    links: links ?? [],
  }
}

/** What a contact that has absorbed nobody says: its columns, and its custom fields. */
export function ownOf(
  row: Pick<
    Selectable<Contact>,
    (typeof columnOf)[keyof typeof columnOf] | 'phone_unverified' | 'fields' | 'lifecycle_id'
  >,
  provenance: Provenance,
  assigneeId: number | null,
): OwnValues {
  const held = (field: (typeof goldenFields)[number]): Held & { version: number } => {
    if (field === 'assignee')
      return { value: assigneeId === null ? null : String(assigneeId), origin: null, version: 0 }
    if (field === 'lifecycle') {
      const stage = row.lifecycle_id === null ? null : String(row.lifecycle_id)
      return { value: stage, origin: provenance.lifecycle ?? null, version: 0 }
    }
    const value = { value: row[columnOf[field]], origin: provenance[field] ?? null, version: 0 }
    return field === 'phone' ? { ...value, unverified: row.phone_unverified } : value
  }
  const customs = Object.entries(row.fields as CustomFields).map(([id, value]) => {
    const field = `#${Number(id)}` as const
    return [field, { value, origin: provenance[field] ?? null, version: 0 }] as const
  })
  return Object.fromEntries([...goldenFields.map((field) => [field, held(field)] as const), ...customs]) as OwnValues
}
