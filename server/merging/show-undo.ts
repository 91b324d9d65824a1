import { sql } from 'kysely'
import type { UndoPlan } from '#contract/merging.ts'
import { displayName } from '../contacts/display-name.ts'
import { findNames } from '../contacts/find-names.ts'
import type { FieldValue } from '#contract/fields.ts'
import { heldIn, ownIn, type GoldenField } from '../contacts/golden-values.ts'
import { loadSummaries } from '../contacts/load-summaries.ts'
import type { Trees } from '../contacts/load-trees.ts'
import { timeOfId } from '../db/clock.ts'
import type { Reader, Tx } from '../http/endpoint.ts'
import { formatPhone } from '../identity/phone-key.ts'
import type { ShownMerge } from './describe-merge.ts'
import type { PartedWishes } from './find-consequences.ts'
import { listNotes, notePlaces } from './list-notes.ts'
import { listRemovedTags } from './list-removed-tags.ts'
import { undoFingerprint, type UndoDecision, type UndoneSide } from './plan-undo.ts'
import { profileAfter } from './profile-after.ts'

const most = 1000

/** A decision to undo as it is shown before it is carried out. */
export async function showUndo(
  db: Reader | Tx,
  workspaceId: number,
  trees: Trees,
  decision: UndoDecision,
  wishes: PartedWishes,
): Promise<UndoPlan> {
  const { op, root, returning, golden, goesBack, stays } = decision
  const counts = await countSides(db, workspaceId, returning, op.before.lastMessageId)
  const places = notePlaces(decision, trees.ops)
  const notes = await listNotes(db, workspaceId, places, 50)
  const summaries = await loadSummaries(db, workspaceId, [root.id])
  const after = golden.get(root.id)!
  const assignees = goesBack.flatMap(({ field, from, to }) => (field === 'assignee' ? [from, to] : []))
  const stayed = stays.map(({ field, contactId }) => {
    const { origin } = ownIn(trees.members.find(({ id }) => id === contactId)!.own, field)
    return { field, value: heldIn(after, field).value, origin }
  })
  const names = await findNames(
    db,
    workspaceId,
    [...assignees, after.assignee.value]
      .flatMap((id) => (id === null ? [] : [Number(id)]))
      .concat(notes.flatMap(({ by }) => by ?? [])),
    stayed.map(({ origin }) => origin),
  )
  const show = (field: GoldenField, value: FieldValue | null) => {
    if (value === null) return null
    if (field === 'assignee') return names.member(Number(value))
    if (field === 'lifecycle') return names.stage(Number(value))
    return field === 'phone' ? formatPhone(String(value)) : String(value)
  }
  return {
    mergeId: op.id,
    fingerprint: undoFingerprint(decision, wishes),
    survivor: summaries.get(root.id)!,
    returning: returning.map((side) => ({
      contactId: side.rootId,
      displayName: nameAfter(side, decision, trees),
      ...counts.get(side.rootId)!,
      opensConversation: side.standing.conversationId !== null,
      optOuts: wishes.returning.get(side.rootId) ?? [],
    })),
    optOutsGone: goneFrom(wishes),
    goesBack: goesBack.map(({ field, from, to }) => ({ field, from: show(field, from), to: show(field, to) })),
    stays: stayed.map(({ field, value, origin }) => ({
      field,
      value: show(field, value),
      by: names.behind(origin),
      at: origin?.[2] ?? null,
    })),
    notes: notes.map(({ id, text, by }) => ({
      messageId: id,
      text,
      by: names.member(by),
      at: timeOfId(id).toISOString(),
    })),
    channelsRemoved: await listRemovedChannels(db, workspaceId, returning, op.at),
    tagsRemoved: await listRemovedTags(db, workspaceId, places, root.row.tags),
    runsStopped: await listStoppedRuns(db, workspaceId, op.id),
    staysOptedOut: wishes.before.filter(({ at }) => at > op.at),
    staysBlocked: root.row.blocked_at !== null,
  }
}

/** What holds for the contact as it is, and not, or less strictly, for what remains of it. */
const goneFrom = ({ before, rest }: PartedWishes): UndoPlan['optOutsGone'] =>
  before.filter(
    (held) =>
      !rest.some(
        ({ channelId, scope }) =>
          (channelId === null || channelId === held.channelId) && (scope === 'all' || scope === held.scope),
      ),
  )

async function listStoppedRuns(
  db: Reader | Tx,
  workspaceId: number,
  mergeId: number,
): Promise<UndoPlan['runsStopped']> {
  const op = await db
    .selectFrom('merge_op')
    .select('shown')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', mergeId)
    .executeTakeFirst()
  return (op?.shown as ShownMerge | undefined)?.runsStopped ?? []
}

function nameAfter(side: UndoneSide, { golden }: UndoDecision, trees: Trees): string | null {
  const says = golden.get(side.rootId)!
  return displayName({
    first_name: says.firstName.value,
    last_name: says.lastName.value,
    profile_name: profileAfter(side.rootId, side.memberIds, trees).name,
    phone: says.phone.value,
    email: says.email.value,
  })
}

type Counts = Pick<UndoPlan['returning'][number], 'channels' | 'messages' | 'messagesSince'>

async function countSides(
  db: Reader | Tx,
  workspaceId: number,
  sides: readonly UndoneSide[],
  since: number,
): Promise<Map<number, Counts>> {
  const parts = sides.flatMap(({ rootId, memberIds }) => memberIds.map((id) => ({ rootId, id })))
  const { rows } = await sql<Counts & { rootId: number }>`
    select part.root_id as "rootId", sum(link.count)::int as channels,
      least(sum(thread.messages), ${most})::int as messages, least(sum(thread.since), ${most})::int as "messagesSince"
    from unnest(${parts.map(({ rootId }) => rootId)}::bigint[], ${parts.map(({ id }) => id)}::bigint[]) part (root_id, id)
    cross join lateral (select count(*) from contact_channel k
      where k.workspace_id = ${workspaceId} and k.contact_id = part.id and k.removed_at is null) link
    cross join lateral (select count(*) as messages, count(*) filter (where id > ${since}) as since from (
      select id from message where workspace_id = ${workspaceId} and contact_id = part.id and not note
      order by id desc limit ${most}) newest) thread
    group by part.root_id`.execute(db)
  return new Map(rows.map(({ rootId, ...counts }) => [rootId, counts]))
}

/** Channels of those who return, taken off while merged: they stay off. */
async function listRemovedChannels(
  db: Reader | Tx,
  workspaceId: number,
  sides: readonly UndoneSide[],
  since: string,
): Promise<UndoPlan['channelsRemoved']> {
  const parts = sides.flatMap(({ rootId, memberIds }) => memberIds.map((id) => ({ rootId, id })))
  const { rows } = await sql<UndoPlan['channelsRemoved'][number]>`
    select part.root_id as "contactId", line.kind, k.address
    from unnest(${parts.map(({ rootId }) => rootId)}::bigint[], ${parts.map(({ id }) => id)}::bigint[]) part (root_id, id)
    join contact_channel k on k.workspace_id = ${workspaceId} and k.contact_id = part.id
    join channel line on line.workspace_id = k.workspace_id and line.id = k.channel_id
    where k.removed_at >= ${since}::timestamptz order by k.removed_at desc limit 100`.execute(db)
  return rows
}
