import { sql } from 'kysely'
import { recordActivity } from '../activity/record-activity.ts'
import { findProvenance } from '../contacts/fill-from-channel.ts'
import { lockRoot, type RootState } from '../contacts/lock-root.ts'
import { planEdit, type FieldValues } from '../contacts/plan-edit.ts'
import { isCustom, valueIn, type Provenance, type ValuedField } from '../contacts/provenance.ts'
import { takeTagsOff } from '../contacts/untag-contact.ts'
import { inWords } from '../contacts/update-contact.ts'
import { writeEdit } from '../contacts/write-edit.ts'
import { deleteContacts } from '../deletion/delete-contacts.ts'
import type { Deps } from '../deps.ts'
import { holdFields } from '../fields/hold-fields.ts'
import type { Tx } from '../http/endpoint.ts'
import type { Done, RunningImport } from './run-import.ts'
import type { Before } from './write-batch.ts'

type Undone = 'deleted' | 'restored' | 'kept'

/**
 * Takes back the rows from `until` to before `from`, the last first: who was added goes, unless somebody has changed or written
 * to them since; what was changed goes back where it still stands.
 */
export async function undoRows(tx: Tx, deps: Deps, file: RunningImport, until: number, from: number): Promise<Done> {
  const { workspace_id: workspaceId, id: importId } = file
  const rows = await tx
    .selectFrom('import_row')
    .select(['place', 'contact_id', 'before'])
    .where('workspace_id', '=', workspaceId)
    .where('import_id', '=', importId)
    .where('place', '>=', until)
    .where('place', '<', from)
    .where('before', 'is not', null)
    .orderBy('place', 'desc')
    .execute()
  const counts: Record<Undone, number> = { deleted: 0, restored: 0, kept: 0 }
  for (const { place, contact_id, before } of rows) {
    if (contact_id === null) continue
    const undone = await undoRow(tx, deps, file, contact_id, before as unknown as Before)
    counts[undone]++
    await tx
      .updateTable('import_row')
      .set({ undone })
      .where('workspace_id', '=', workspaceId)
      .where('import_id', '=', importId)
      .where('place', '=', place)
      .execute()
  }
  return { counts, notices: [] }
}

async function undoRow(tx: Tx, deps: Deps, file: RunningImport, contactId: number, before: Before): Promise<Undone> {
  const state = await lockRoot(tx, file.workspace_id, contactId)
  if (state === undefined) return 'kept'
  if (before.added !== true) return restore(tx, deps, file, state, before)
  if (state.contact_id !== contactId || (await isTouched(tx, file, state))) return 'kept'
  const { failures } = await deleteContacts(tx, { workspaceId: file.workspace_id }, [contactId])
  return failures.length === 0 ? 'deleted' : 'kept'
}

/** Has anything happened to them that was not this import's doing? */
async function isTouched(tx: Tx, file: RunningImport, state: RootState): Promise<boolean> {
  if (state.last_message_id !== 0 || state.assignee_id !== null || state.status !== 0 || state.blocked_at !== null)
    return true
  const { rows } = await sql<{ touched: boolean }>`
    select exists (
      select from activity where workspace_id = ${file.workspace_id} and contact_id = ${state.contact_id}
        and not (actor_type = 'import' and actor_id = ${file.id})
        and not (kind = 'fieldChanged' and data->>'source' = 'derived')
    ) or exists (
      select from contact_channel where workspace_id = ${file.workspace_id} and owner_id = ${state.contact_id}
    ) as touched`.execute(tx)
  return rows[0]!.touched
}

async function restore(tx: Tx, deps: Deps, file: RunningImport, state: RootState, before: Before): Promise<Undone> {
  const { workspace_id: workspaceId, id: importId } = file
  const contactId = state.contact_id
  const changes = (before.changes ?? []).map((change) => ({ ...change, field: change.field as ValuedField }))
  const customIds = changes.flatMap(({ field }) => (isCustom(field) ? [Number(field.slice(1))] : []))
  const customs = await holdFields(tx, workspaceId, customIds)
  const contact = await tx
    .selectFrom('contact')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', contactId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()
  const standing = changes.filter(
    ({ field, to }) =>
      valueIn(contact, field) === to && (!isCustom(field) || customs.some(({ id }) => field === `#${id}`)),
  )
  const values: FieldValues = {
    ...Object.fromEntries(standing.filter(({ field }) => !isCustom(field)).map(({ field, from }) => [field, from])),
    phoneUnverified: before.phoneUnverified ?? false,
    custom: Object.fromEntries(standing.filter(({ field }) => isCustom(field)).map(({ field, from }) => [field, from])),
  }
  const provenance = await findProvenance(tx, workspaceId, contactId)
  const plan = planEdit(contact, provenance, values, { source: 'import', by: importId, at: new Date() })
  if (plan !== null) {
    const origins: Record<string, unknown> = { ...plan.provenance }
    for (const { field, origin } of standing) {
      if (origin === null) delete origins[field]
      else origins[field] = origin
    }
    await writeEdit(tx, deps, { ...plan, provenance: origins as Provenance }, (change) => inWords(change, customs, []))
  }
  const tags = await takeOffTags(tx, deps, file, contactId, before.tags ?? [])
  return plan !== null || tags > 0 ? 'restored' : 'kept'
}

async function takeOffTags(
  tx: Tx,
  deps: Deps,
  { workspace_id: workspaceId, id }: RunningImport,
  contactId: number,
  tagIds: readonly number[],
): Promise<number> {
  const { rows } = await sql<{ id: number; name: string }>`
    select t.id, t.name from contact c join tag t on t.workspace_id = c.workspace_id and t.id = any(c.tags)
    where c.workspace_id = ${workspaceId} and c.id = ${contactId} and t.id = any(${tagIds}::bigint[])`.execute(tx)
  if (rows.length === 0) return 0
  await takeTagsOff(
    tx,
    workspaceId,
    contactId,
    rows.map((tag) => tag.id),
  )
  await recordActivity(
    tx,
    deps.clock,
    workspaceId,
    rows.map((tag) => ({
      contactId,
      kind: 'tagRemoved' as const,
      actor: { type: 'import' as const, id },
      data: { tagId: tag.id, name: tag.name },
    })),
  )
  return rows.length
}
