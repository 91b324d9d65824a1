import type { Selectable } from 'kysely'
import type { ContactDetails } from '#contract/contacts.ts'
import type { CustomField, FieldValue } from '#contract/fields.ts'
import type { LifecycleStage } from '#contract/lifecycle.ts'
import type { Contact } from '../db/tables.ts'
import type { Tx, WriteContext } from '../http/endpoint.ts'
import { holdFields } from '../fields/hold-fields.ts'
import { fail, refuse } from '../http/fail.ts'
import { holdStage } from '../lifecycle/hold-stage.ts'
import { loadStages } from '../lifecycle/list-stages.ts'
import { checkValues } from './check-values.ts'
import { findProvenance } from './fill-from-channel.ts'
import { workspaceCountry } from './insert-contact.ts'
import { loadContactDetails } from './load-contact-details.ts'
import { lockVisibleRoot } from './lock-root.ts'
import type { ParsedInput } from './parsed-input.ts'
import { namedValues, planEdit, type Change, type FieldValues } from './plan-edit.ts'
import { madeOf } from './plan-restore.ts'
import { isCustom, originOf, valueIn, type CustomFields, type Provenance, type ValuedField } from './provenance.ts'
import { writeEdit } from './write-edit.ts'

/**
 * Edits fields of a record, all or none. A field conflicts only when its value is no longer the one the person saw and not
 * yet the one they want, so that a repeated edit succeeds and edits of different fields both win.
 */
export async function updateContact(
  { tx, deps, actor, now, live, enqueue }: WriteContext,
  input: ParsedInput<'update'>,
): Promise<ContactDetails> {
  const customs = await holdFields(tx, actor.workspaceId, Object.keys(input.values.custom ?? {}).map(Number))
  const stages = input.values.lifecycle === undefined ? [] : await loadStages(tx, actor.workspaceId)
  await checkStage(tx, actor.workspaceId, input.values)
  const state = await lockVisibleRoot(tx, actor, input.contactId)
  const { workspace_id: workspaceId, contact_id: contactId } = state
  const contact = await tx
    .selectFrom('contact')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', contactId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()
  const country = contact.country ?? (await workspaceCountry(tx, workspaceId))
  const { values: typed, problems } = checkValues(input.values, country, customs, contact.fields as CustomFields)
  if (problems.length > 0) return fail('BAD_REQUEST', { fields: problems })

  const { lifecycle } = input.values
  const values: FieldValues = lifecycle === undefined ? typed : { ...typed, lifecycle }
  const provenance = await findProvenance(tx, workspaceId, contactId)
  const stale = staleFields(contact, values, input.replaces)
  if (stale.length > 0) return refuseStale(tx, contact, provenance, stale)

  const source = actor.via === 'api' ? 'api' : 'person'
  const plan = planEdit(contact, provenance, values, { source, by: actor.memberId, at: now })
  if (plan !== null) {
    const followed = plan.changes.filter(({ origin }) => origin.source === 'derived')
    const made = (change: Change) =>
      change.origin.source === 'derived'
        ? {}
        : { made: [change, ...followed].map((one) => madeOf(one, contact, provenance)) }
    await writeEdit(tx, deps, plan, (change) => ({ ...inWords(change, customs, stages), ...made(change) }))
    if (plan.named || plan.reached) await enqueue('suggest-duplicates', { workspaceId })
    live({
      event: { type: 'contact', contactId, cause: 'edited', memberId: actor.memberId },
      seenBy: [{ assigneeId: state.assignee_id, teamId: state.team_id }],
    })
  }
  return loadContactDetails(tx, deps, actor, contactId)
}

/** Refuses a stage that is not there; one that is stays until the transaction ends. */
export async function checkStage(
  tx: Tx,
  workspaceId: number,
  { lifecycle }: { lifecycle?: number | null | undefined },
): Promise<void> {
  if (lifecycle != null && !(await holdStage(tx, workspaceId, lifecycle)))
    refuse('values.lifecycle', 'unknown', 'There is no such stage.')
}

/** Names as they were: they may be others by the time somebody reads this, or be gone. */
export function inWords(
  { field, from, to }: Change,
  customs: readonly CustomField[],
  stages: readonly Pick<LifecycleStage, 'id' | 'name'>[],
): Record<string, unknown> {
  const nameOf = (id: FieldValue | null) => stages.find((stage) => stage.id === id)?.name ?? null
  if (field === 'lifecycle') return { from: nameOf(from), to: nameOf(to), fromId: from, toId: to }
  const name = customs.find((custom) => `#${custom.id}` === field)?.name
  return name === undefined ? {} : { name }
}

function staleFields(
  contact: Selectable<Contact>,
  values: FieldValues,
  replaces: ParsedInput<'update'>['replaces'],
): ValuedField[] {
  const seenIn = (field: ValuedField): FieldValue | null | undefined =>
    isCustom(field) ? replaces.custom?.[field.slice(1)] : replaces[field]
  return namedValues(values).flatMap(([field, wanted]) => {
    const [present, seen] = [valueIn(contact, field), seenIn(field)]
    const isStale = seen !== undefined && present !== (seen === '' ? null : seen) && present !== wanted
    return isStale ? [field] : []
  })
}

/** Answers the present values, who set them and when: the person chooses. */
async function refuseStale(
  tx: Tx,
  contact: Selectable<Contact>,
  provenance: Provenance,
  fields: readonly ValuedField[],
): Promise<never> {
  const origins = fields.map((field) => ({ field, ...originOf(contact, provenance, field) }))
  const memberIds = origins.flatMap(({ source, by }) => (by !== null && ['person', 'api'].includes(source) ? [by] : []))
  const members =
    memberIds.length === 0
      ? []
      : await tx
          .selectFrom('member')
          .select(['id', 'name'])
          .where('workspace_id', '=', contact.workspace_id)
          .where('id', 'in', memberIds)
          .execute()
  return fail('STALE', {
    fields: origins.map(({ field, by, at }) => ({
      field,
      current: valueIn(contact, field),
      by: members.find(({ id }) => id === by)?.name ?? null,
      at: at.toISOString(),
    })),
  })
}
