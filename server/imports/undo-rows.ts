import { sql } from 'kysely'
import { recordActivity } from '../activity/record-activity.ts'
import { loadTrees } from '../contacts/load-trees.ts'
import { lockRoots } from '../contacts/lock-roots.ts'
import { isCustom } from '../contacts/provenance.ts'
import { inWords } from '../contacts/update-contact.ts'
import { writeMember } from '../contacts/write-member.ts'
import { giveTogether, type Given } from '../bulk/give-together.ts'
import { loadStages } from '../lifecycle/list-stages.ts'
import { takeTagsOff } from '../contacts/untag-contact.ts'
import { deleteContacts } from '../deletion/delete-contacts.ts'
import type { Deps } from '../deps.ts'
import { holdFields } from '../fields/hold-fields.ts'
import type { Tx } from '../http/endpoint.ts'
import { liftOptOut } from '../opt-outs/write-opt-out.ts'
import { findOwners, type Owner } from './find-owners.ts'
import { holdNamed, loadRecipients } from './load-recipients.ts'
import { loadPeople, writePeople } from './load-people.ts'
import { personThere, restorePerson, type Before } from './person.ts'
import type { Done, RunningImport } from './run-import.ts'

type Undone = 'deleted' | 'restored' | 'kept'
interface Row {
  readonly place: number
  readonly contactId: number
  readonly before: Before
}

/**
 * Takes back the rows from `until` to before `from`, the last first: who was added goes, unless somebody has changed or written
 * to them since; what was changed goes back where it still stands.
 */
export async function undoRows(tx: Tx, deps: Deps, file: RunningImport, until: number, from: number): Promise<Done> {
  const { workspace_id: workspaceId, id: importId } = file
  const found = await tx
    .selectFrom('import_row')
    .select(['place', 'contact_id', 'before'])
    .where('workspace_id', '=', workspaceId)
    .where('import_id', '=', importId)
    .where('place', '>=', until)
    .where('place', '<', from)
    .where('before', 'is not', null)
    .orderBy('place', 'desc')
    .execute()
  const rows = found.flatMap(({ place, contact_id: contactId, before }): Row[] =>
    contactId === null ? [] : [{ place, contactId, before: before as unknown as Before }],
  )
  // no row before the one that added somebody is about them
  const undone = [
    ...(await restore(
      tx,
      deps,
      file,
      rows.filter(({ before }) => before.added !== true),
    )),
    ...(await remove(
      tx,
      file,
      rows.filter(({ before }) => before.added === true),
    )),
  ]
  await sql`
    update import_row r set undone = now.undone
    from unnest(${undone.map(({ place }) => place)}::integer[], ${undone.map((one) => one.undone)}::text[]) now (place, undone)
    where r.workspace_id = ${workspaceId} and r.import_id = ${importId} and r.place = now.place
      and r.place between ${until} and ${from}`.execute(tx)
  const counts: Record<Undone, number> = { deleted: 0, restored: 0, kept: 0 }
  for (const one of undone) counts[one.undone]++
  return { counts, notices: [] }
}

/** Deletes those who were added, but for whom something has happened since that was not this import's doing. */
async function remove(tx: Tx, file: RunningImport, rows: readonly Row[]): Promise<{ place: number; undone: Undone }[]> {
  if (rows.length === 0) return []
  const { workspace_id: workspaceId, id: importId } = file
  const asked = rows.map(({ contactId }) => contactId)
  await lockRoots(tx, workspaceId, asked)
  const { rows: untouched } = await sql<{ id: number }>`
    select s.contact_id as id from contact_state s join contact c on c.workspace_id = s.workspace_id and c.id = s.contact_id
    where s.workspace_id = ${workspaceId} and s.contact_id = any(${asked}::bigint[]) and c.root_id is null
      and s.last_message_id = 0 and s.status = 0 and c.blocked_at is null
      and not exists (
        select from activity a where a.workspace_id = s.workspace_id and a.contact_id = s.contact_id
          and not (a.actor_type = 'import' and a.actor_id = ${importId})
          and not (a.kind = 'fieldChanged' and a.data->>'source' = 'derived'))
      and not exists (
        select from contact_channel k where k.workspace_id = s.workspace_id and k.owner_id = s.contact_id)`.execute(tx)
  const ids = untouched.map(({ id }) => id)
  const { failures } = await deleteContacts(tx, { workspaceId }, ids, 0)
  const stayed = new Set(failures.map(({ contactId }) => contactId))
  const gone = new Set(ids.filter((id) => !stayed.has(id)))
  return rows.map(({ place, contactId }) => ({ place, undone: gone.has(contactId) ? 'deleted' : 'kept' }))
}

/** Has those who were changed say again what they said, as far as nobody has said anything else since. */
async function restore(
  tx: Tx,
  deps: Deps,
  file: RunningImport,
  rows: readonly Row[],
): Promise<{ place: number; undone: Undone }[]> {
  if (rows.length === 0) return []
  const { workspace_id: workspaceId, id: importId } = file
  const fields = rows.flatMap(({ before }) => (before.changes ?? []).map(({ field }) => field).filter(isCustom))
  const customs = await holdFields(
    tx,
    workspaceId,
    [...new Set(fields)].map((key) => Number(key.slice(1))),
  )
  const names = await findTagNames(tx, workspaceId, [...new Set(rows.flatMap(({ before }) => before.tags ?? []))])
  const hasStages = rows.some(({ before }) => before.changes?.some(({ field }) => field === 'lifecycle') === true)
  const hasMembers = rows.some(({ before }) => before.assignee !== undefined)
  await holdNamed(tx, workspaceId, { members: hasMembers, stages: hasStages })
  const stages = hasStages ? await loadStages(tx, workspaceId) : []
  const members = hasMembers ? await loadRecipients(tx, workspaceId) : []
  const { people, rootOf } = await loadPeople(tx, workspaceId, [...new Set(rows.map(({ contactId }) => contactId))])
  const owners = hasMembers ? await findOwners(tx, workspaceId, [...people.keys()]) : new Map<number, Owner>()
  const writing = { workspaceId, importId, now: deps.clock.now() }
  const merged: { contactId: number; tagIds: number[] }[] = []
  const lifted = new Set<number>()
  for (const { place, contactId, before } of rows)
    if (await takeBackOptOuts(tx, deps, file, rootOf.get(contactId) ?? contactId, before.optOuts ?? []))
      lifted.add(place)
  const givenBack = new Map<number, Given>()
  const back = new Set<number>()
  for (const { place, contactId, before } of rows) {
    const id = rootOf.get(contactId) ?? contactId
    const owner = owners.get(id)
    const has = givenBack.has(id) ? (givenBack.get(id)!.to?.memberId ?? null) : owner?.assigneeId
    if (owner === undefined || before.assignee === undefined || has !== before.assignee.to) continue
    const { from } = before.assignee
    const member = members.find((one) => one.id === from)
    // whoever had it before and has left does not get it back
    const to = member?.sees === true ? { memberId: member.id, name: member.name, teamId: member.teamId } : null
    givenBack.set(id, { contactId: id, from: owner.assigneeId, conversationId: owner.conversationId, to })
    back.add(place)
  }
  const parted = new Set<number>()
  for (const { place, contactId, before } of rows) {
    const root = people.get(rootOf.get(contactId) ?? contactId)?.write.after
    if (root === undefined || root.own === null) continue
    const { members } = await loadTrees(tx, workspaceId, [root.id])
    const member = members.find((one) => one.id === contactId)
    if (member === undefined) continue
    const person = personThere(member.row, member.provenance, [])
    const { write } = restorePerson(person, { ...before, tags: [] }, customs, names, stages, writing)
    if (write === person.write) continue
    const by = { source: 'import' as const, by: importId }
    await writeMember(tx, deps, { write, rootId: root.id, by }, (change) => inWords(change, customs, stages))
    parted.add(place)
  }
  const undone = rows.map(({ place, contactId, before }): { place: number; undone: Undone } => {
    const person = people.get(rootOf.get(contactId) ?? contactId)
    if (person === undefined) return { place, undone: 'kept' }
    const { id, own, own_tags, tags } = person.write.after
    const restored = own === null ? restorePerson(person, before, customs, names, stages, writing) : person
    people.set(id, restored)
    const off = own_tags === null ? [] : (before.tags ?? []).filter((tag) => tags.includes(tag) && names.has(tag))
    if (off.length > 0) merged.push({ contactId: id, tagIds: off })
    return {
      place,
      undone:
        restored === person && off.length === 0 && !lifted.has(place) && !back.has(place) && !parted.has(place)
          ? 'kept'
          : 'restored',
    }
  })
  await writePeople(tx, deps, workspaceId, [...people.values()])
  const changed = [...givenBack.values()].filter(({ from, to }) => from !== (to?.memberId ?? null))
  await giveTogether(tx, deps, workspaceId, changed, { type: 'import', id: importId })
  // off those whom they have absorbed too
  for (const { contactId, tagIds } of merged) {
    await takeTagsOff(tx, workspaceId, contactId, tagIds)
    const actor = { type: 'import' as const, id: importId }
    await recordActivity(
      tx,
      deps.clock,
      workspaceId,
      tagIds.map((tagId) => ({ contactId, kind: 'tagRemoved', actor, data: { tagId, name: names.get(tagId) ?? '' } })),
    )
  }
  return undone
}

/** Of those that this import noted: what the contact or somebody else asked for since stays. True where any was. */
async function takeBackOptOuts(
  tx: Tx,
  deps: Deps,
  { workspace_id: workspaceId, id }: RunningImport,
  contactId: number,
  channelIds: readonly (number | null)[],
): Promise<boolean> {
  let isLifted = false
  for (const channelId of channelIds) {
    const own = await tx
      .selectFrom('opt_out')
      .select('contact_id')
      .where('workspace_id', '=', workspaceId)
      .where('contact_id', '=', contactId)
      .where('channel_id', '=', channelId ?? 0)
      .where('source', '=', 'import')
      .where('by', '=', id)
      .executeTakeFirst()
    if (own === undefined) continue
    const actor = { type: 'import', id } as const
    isLifted = (await liftOptOut(tx, deps, { workspaceId, contactId, channelId }, { reason: null, actor })) || isLifted
  }
  return isLifted
}

async function findTagNames(tx: Tx, workspaceId: number, tagIds: readonly number[]): Promise<Map<number, string>> {
  const { rows } = await sql<{ id: number; name: string }>`
    select id, name from tag where workspace_id = ${workspaceId} and id = any(${tagIds}::bigint[])`.execute(tx)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
