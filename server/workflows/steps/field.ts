import type { Selectable } from 'kysely'
import type { CustomField } from '#contract/fields.ts'
import type { LifecycleStage } from '#contract/lifecycle.ts'
import { checkValues } from '../../contacts/check-values.ts'
import { findProvenance } from '../../contacts/fill-from-channel.ts'
import { workspaceCountry } from '../../contacts/insert-contact.ts'
import { planEdit, type FieldValues } from '../../contacts/plan-edit.ts'
import type { CustomFields } from '../../contacts/provenance.ts'
import { inWords } from '../../contacts/update-contact.ts'
import { writeEdit } from '../../contacts/write-edit.ts'
import { holdFields } from '../../fields/hold-fields.ts'
import type { Contact } from '../../db/tables.ts'
import type { Tx } from '../../http/endpoint.ts'
import { loadStages } from '../../lifecycle/list-stages.ts'
import { holdStage } from '../../lifecycle/hold-stage.ts'
import { fillText } from '../fill-text.ts'
import { loadFilling } from '../load-filling.ts'
import { done, failed, skipped, type StepAct, type Stepped, type Stepping } from '../stepping.ts'
import type { Stop } from '../program.ts'

/** Holds a custom field that is named, if there still is one. */
export const holdField = (tx: Tx, workspaceId: number, field: string): Promise<CustomField[]> =>
  field.startsWith('#') ? holdFields(tx, workspaceId, [Number(field.slice(1))]) : Promise.resolve([])

/** Sets a field, or empties it. */
export const field: StepAct<'field', readonly CustomField[]> = {
  aheadToo: true,
  hold: (tx, _deps, { workspaceId }, step) => holdField(tx, workspaceId, step.field),
  async carryOut(at, step, stop, customs) {
    const { value } = step
    const filled =
      typeof value === 'string' && value.includes('{{')
        ? fillText(value, await loadFilling(at.tx, at.workspaceId, at.state.contactId, at.values))
        : value
    return setField(at, stop, { field: step.field, value: filled, customs })
  },
}

/** Moves the contact to a stage, or to none. */
export const lifecycle: StepAct<'lifecycle', readonly LifecycleStage[] | null> = {
  aheadToo: true,
  async hold(tx, _deps, { workspaceId }, { stageId }) {
    return stageId === null || (await holdStage(tx, workspaceId, stageId)) ? loadStages(tx, workspaceId) : null
  },
  carryOut: async (at, { stageId }, stop, stages) =>
    stages === null ? failed(stop, 'gone') : edit(at, stop, await holdContact(at), { lifecycle: stageId }, [], stages),
}

/** Sets a field to what may have come from outside: it is checked as if somebody had typed it. */
export async function setField(
  at: Stepping,
  stop: Stop,
  wish: { field: string; value: string | number | boolean | null; customs: readonly CustomField[] },
): Promise<Stepped> {
  const { tx, workspaceId } = at
  const key = wish.field.startsWith('#') ? wish.field.slice(1) : null
  if (key !== null && wish.customs.length === 0) return failed(stop, 'gone')
  const typed = key === null ? { [wish.field]: wish.value } : { custom: { [key]: wish.value } }
  const contact = await holdContact(at)
  const isPhone = wish.field === 'phone'
  const country = contact.country ?? (isPhone ? await workspaceCountry(tx, workspaceId) : null)
  const { values, problems } = checkValues(typed, country, wish.customs, contact.fields as CustomFields)
  return problems[0] === undefined
    ? edit(at, stop, contact, values, wish.customs, [])
    : failed(stop, problems[0].reason)
}

const holdContact = ({ tx, workspaceId, state }: Stepping): Promise<Selectable<Contact>> =>
  tx
    .selectFrom('contact')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', state.contactId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()

async function edit(
  { tx, deps, workspaceId, state: { contactId }, run, by, now }: Stepping,
  stop: Stop,
  contact: Selectable<Contact>,
  values: FieldValues,
  customs: readonly CustomField[],
  stages: readonly LifecycleStage[],
): Promise<Stepped> {
  const provenance = await findProvenance(tx, workspaceId, contactId)
  const plan = planEdit(contact, provenance, values, { source: 'workflow', by: run.workflow_id, at: now })
  if (plan === null) return skipped(stop, 'unchanged')
  await writeEdit(tx, deps, plan, (change) => inWords(change, customs, stages), by)
  if (plan.named || plan.reached) await deps.jobs.enqueue(tx, 'suggest-duplicates', { workspaceId })
  return done(stop)
}
