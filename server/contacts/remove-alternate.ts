import type { ContactDetails } from '#contract/contacts.ts'
import type { FieldValue } from '#contract/fields.ts'
import { recordActivity } from '../activity/record-activity.ts'
import { holdFields } from '../fields/hold-fields.ts'
import type { Tx, WriteContext } from '../http/endpoint.ts'
import { fail, refuse } from '../http/fail.ts'
import { indexKeys } from '../identity/index-keys.ts'
import { customKey, valueKey } from './alternate-values.ts'
import { ownIn, type OwnValues } from './golden-values.ts'
import { loadContactDetails } from './load-contact-details.ts'
import { loadTrees, type TreeMember } from './load-trees.ts'
import { lockVisibleRoot } from './lock-root.ts'
import type { ParsedInput } from './parsed-input.ts'
import { planEdit } from './plan-edit.ts'
import { isCustom, valueIn, type Source } from './provenance.ts'
import { restoreGolden } from './restore-golden.ts'
import { writeRows } from './write-contacts.ts'

type Field = ParsedInput<'removeAlternate'>['field']

/** Takes a value that is not the one shown first off every contact that says it, absorbed ones included. */
export async function removeAlternate(
  { tx, deps, actor, now, live, enqueue }: WriteContext,
  { contactId: asked, field, value }: ParsedInput<'removeAlternate'>,
): Promise<ContactDetails> {
  if (!isCustom(field) && typeof value !== 'string') return refuse('value', 'text', 'Send text.')
  const [custom] = isCustom(field) ? await holdFields(tx, actor.workspaceId, [Number(field.slice(1))]) : []
  if (isCustom(field) && custom === undefined) return refuse('field', 'unknown', 'There is no such field.')
  const state = await lockVisibleRoot(tx, actor, asked)
  const { workspace_id: workspaceId, contact_id: contactId } = state
  const { members } = await loadTrees(tx, workspaceId, [contactId])
  const key = keyIn(field, value)
  const says = (said: FieldValue | null) => said !== null && keyIn(field, said) === key
  const root = members.find(({ id }) => id === contactId)
  if (root !== undefined && says(valueIn(root.row, field))) return fail('CONFLICT', { reason: 'primary', field })
  const holders = members.filter(({ own }) => says(ownIn(own, field).value))
  if (holders.length > 0) {
    const source: Source = actor.via === 'api' ? 'api' : 'person'
    for (const holder of holders) await forget(tx, holder, field, { source, by: actor.memberId, at: now })
    await restoreGolden(tx, workspaceId, contactId)
    await enqueue('suggest-duplicates', { workspaceId })
    const shown = ownIn(holders[0]!.own, field).value
    await recordActivity(tx, deps.clock, workspaceId, [
      {
        contactId,
        kind: 'alternateRemoved',
        actor: { type: actor.via, id: actor.memberId },
        data: { field, value: shown, ...(custom === undefined ? {} : { name: custom.name }) },
      },
    ])
    live({
      event: { type: 'contact', contactId, cause: 'edited', memberId: actor.memberId },
      seenBy: [{ assigneeId: state.assignee_id, teamId: state.team_id }],
    })
  }
  return loadContactDetails(tx, deps, actor, contactId)
}

async function forget(
  tx: Tx,
  { row, own, provenance }: TreeMember,
  field: Field,
  origin: { source: Source; by: number | null; at: Date },
): Promise<void> {
  if (row.own === null) {
    const plan = planEdit(row, provenance, isCustom(field) ? { custom: { [field]: null } } : { [field]: null }, origin)
    if (plan !== null) await writeRows(tx, row.workspace_id, [plan])
    return
  }
  // no decision on what the contact shows, which is another value
  const { version } = ownIn(own, field)
  const nothing = { value: null, origin: [origin.source, origin.by, origin.at.toISOString()] as const, version }
  const left: OwnValues = { ...own, [field]: nothing }
  await tx
    .updateTable('contact')
    .set({ own: JSON.stringify(left) })
    .where('workspace_id', '=', row.workspace_id)
    .where('id', '=', row.id)
    .execute()
  if (!isCustom(field))
    await indexKeys(tx, row.workspace_id, [{ contactId: row.id, phone: left.phone.value, email: left.email.value }])
}

const keyIn = (field: Field, value: FieldValue): FieldValue =>
  isCustom(field) ? customKey(value) : valueKey(field, String(value))
