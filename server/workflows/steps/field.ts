import type { Selectable } from 'kysely'
import type { CustomField } from '#contract/fields.ts'
import type { LifecycleStage } from '#contract/lifecycle.ts'
import { checkValues } from '../../contacts/check-values.ts'
import { findProvenances } from '../../contacts/fill-from-channel.ts'
import { workspaceCountry } from '../../contacts/insert-contact.ts'
import { planEdit, type FieldValues } from '../../contacts/plan-edit.ts'
import type { CustomFields, Origin } from '../../contacts/provenance.ts'
import { inWords } from '../../contacts/update-contact.ts'
import { writeEdits } from '../../contacts/write-edit.ts'
import { holdFields } from '../../fields/hold-fields.ts'
import type { Contact } from '../../db/tables.ts'
import type { Tx } from '../../http/endpoint.ts'
import { loadStages } from '../../lifecycle/list-stages.ts'
import { holdStage } from '../../lifecycle/hold-stage.ts'
import { fillText } from '../fill-text.ts'
import { loadFillings } from '../load-filling.ts'
import { done, failed, skipped, type StepAct, type Stepped, type Stepping } from '../stepping.ts'
import type { Stop } from '../program.ts'

/** Holds a custom field that is named, if there still is one. */
export const holdField = (tx: Tx, workspaceId: number, field: string): Promise<CustomField[]> =>
  field.startsWith('#') ? holdFields(tx, workspaceId, [Number(field.slice(1))]) : Promise.resolve([])

/** Sets a field, or empties it. */
export const field: StepAct<'field', readonly CustomField[]> = {
  aheadToo: true,
  hold: (tx, _deps, { workspaceId }, step) => holdField(tx, workspaceId, step.field),
  async together(all, step, stop, customs) {
    const { value } = step
    const { tx, workspaceId } = all[0]!
    if (typeof value !== 'string' || !value.includes('{{'))
      return setFields(all, stop, { field: step.field, valueOf: () => value, customs })
    const asked = all.map(({ state, values }) => ({ contactId: state.contactId, values }))
    const fillings = await loadFillings(tx, workspaceId, asked)
    const valueOf = (index: number) => fillText(value, fillings[index]!)
    return setFields(all, stop, { field: step.field, valueOf, customs })
  },
}

/** Moves the contact to a stage, or to none. */
export const lifecycle: StepAct<'lifecycle', readonly LifecycleStage[] | null> = {
  aheadToo: true,
  async hold(tx, _deps, { workspaceId }, { stageId }) {
    return stageId === null || (await holdStage(tx, workspaceId, stageId)) ? loadStages(tx, workspaceId) : null
  },
  together: async (all, { stageId }, stop, stages) =>
    stages === null
      ? all.map(() => failed(stop, 'gone'))
      : edit(all, stop, await holdContacts(all), { valuesOf: () => ({ lifecycle: stageId }), customs: [], stages }),
}

type Value = string | number | boolean | null

/** Sets a field to what may have come from outside: it is checked as if somebody had typed it. */
export async function setField(
  at: Stepping,
  stop: Stop,
  { field: name, value, customs }: { field: string; value: Value; customs: readonly CustomField[] },
): Promise<Stepped> {
  const [stepped] = await setFields([at], stop, { field: name, valueOf: () => value, customs })
  return stepped!
}

async function setFields(
  all: readonly Stepping[],
  stop: Stop,
  wish: { field: string; valueOf: (index: number) => Value; customs: readonly CustomField[] },
): Promise<Stepped[]> {
  const { tx, workspaceId } = all[0]!
  const { field: name, valueOf, customs } = wish
  const key = name.startsWith('#') ? name.slice(1) : null
  if (key !== null && customs.length === 0) return all.map(() => failed(stop, 'gone'))
  const contacts = await holdContacts(all)
  const home = name === 'phone' ? await workspaceCountry(tx, workspaceId) : null
  const checked = contacts.map((contact, index) => {
    const value = valueOf(index)
    const typed = key === null ? { [name]: value } : { custom: { [key]: value } }
    return checkValues(typed, contact.country ?? home, customs, contact.fields as CustomFields)
  })
  const sound = checked.flatMap(({ problems }, index) => (problems.length === 0 ? [index] : []))
  const edited = await edit(
    sound.map((index) => all[index]!),
    stop,
    sound.map((index) => contacts[index]!),
    { valuesOf: (place) => checked[sound[place]!]!.values, customs, stages: [] },
  )
  const stepped = new Map(sound.map((index, place) => [index, edited[place]!]))
  return all.map((_, index) => stepped.get(index) ?? failed(stop, checked[index]!.problems[0]!.reason))
}

/** The rows of the contacts, in the order of those who go on. */
async function holdContacts(all: readonly Stepping[]): Promise<Selectable<Contact>[]> {
  const { tx, workspaceId } = all[0]!
  const ids = all.map(({ state }) => state.contactId)
  const rows = await tx
    .selectFrom('contact')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', ids)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  const known = new Map(rows.map((row) => [row.id, row]))
  return ids.map((id) => known.get(id)!)
}

async function edit(
  all: readonly Stepping[],
  stop: Stop,
  contacts: readonly Selectable<Contact>[],
  wish: {
    valuesOf: (index: number) => FieldValues
    customs: readonly CustomField[]
    stages: readonly LifecycleStage[]
  },
): Promise<Stepped[]> {
  if (all.length === 0) return []
  const { tx, deps, workspaceId, run, by, now } = all[0]!
  const { valuesOf, customs, stages } = wish
  const origin: Origin = { source: 'workflow', by: run.workflow_id, at: now }
  const provenance = await findProvenances(
    tx,
    workspaceId,
    contacts.map(({ id }) => id),
  )
  const plans = contacts.map((contact, index) =>
    planEdit(contact, provenance.get(contact.id) ?? {}, valuesOf(index), origin),
  )
  const changes = plans.filter((plan) => plan !== null)
  await writeEdits(tx, deps, changes, (change) => inWords(change, customs, stages), by)
  if (changes.some(({ named, reached }) => named || reached))
    await deps.jobs.enqueue(tx, 'suggest-duplicates', { workspaceId })
  return plans.map((plan) => (plan === null ? skipped(stop, 'unchanged') : done(stop)))
}
