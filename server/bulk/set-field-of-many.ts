import type { BulkJob } from '#contract/bulk.ts'
import type { FieldProblem } from '#contract/errors.ts'
import type { CustomField } from '#contract/fields.ts'
import { checkValues } from '../contacts/check-values.ts'
import type { ManyValues } from '../contacts/edit-many.ts'
import { isCustom, valueIn } from '../contacts/provenance.ts'
import { inWords } from '../contacts/update-contact.ts'
import { holdFields } from '../fields/hold-fields.ts'
import type { Tx, WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { notThere, type BulkAct } from './bulk-act.ts'
import { giveToMany } from './give-to-many.ts'
import type { ParsedInput } from './parsed-input.ts'
import { startJob } from './start-job.ts'

type Wish = Pick<ParsedInput<'setField'>, 'field' | 'value' | 'keepExisting'>

interface Read {
  readonly values: ManyValues
  readonly problem: FieldProblem | undefined
  readonly customs: readonly CustomField[]
}

/** Has many contacts hold the same value in a field, or none. */
export async function startSettingField(
  context: WriteContext,
  { selection, ...wish }: ParsedInput<'setField'>,
): Promise<BulkJob> {
  const { problem } = await read(context.tx, context.actor.workspaceId, wish)
  if (problem !== undefined)
    return fail('BAD_REQUEST', { fields: [{ ...problem, path: problem.reason === 'unknown' ? 'field' : 'value' }] })
  return startJob(context, 'field', selection, { wish })
}

/** Setting a field as an act on many contacts. */
export const settingField: BulkAct = {
  async carryOut(tx, work, contactIds) {
    const wish = work.wish as Wish
    const { values, problem, customs } = await read(tx, work.workspaceId, wish)
    if (problem !== undefined) return notThere(contactIds)
    return giveToMany(tx, work, contactIds, {
      values,
      open: (contact) => !wish.keepExisting || valueIn(contact, wish.field) === null,
      inWords: (change) => inWords(change, customs, []),
    })
  },
}

/** The value as the field takes it now: its options may be others since somebody asked. The field stays until the end. */
async function read(tx: Tx, workspaceId: number, { field, value }: Wish): Promise<Read> {
  if (!isCustom(field)) {
    if (value !== null && typeof value !== 'string')
      return { values: {}, problem: { path: 'value', reason: 'text', message: 'Send text.' }, customs: [] }
    const { values, problems } = checkValues({ [field]: value }, null, [])
    return { values, problem: problems[0], customs: [] }
  }
  const id = Number(field.slice(1))
  const customs = await holdFields(tx, workspaceId, [id])
  const { values, problems } = checkValues({ custom: { [id]: value } }, null, customs)
  return { values, problem: problems[0], customs }
}
