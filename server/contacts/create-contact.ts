import type { ContactDetails } from '#contract/contacts.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { holdFields } from '../fields/hold-fields.ts'
import { fail, refuse } from '../http/fail.ts'
import { checkValues } from './check-values.ts'
import { insertContact, workspaceCountry } from './insert-contact.ts'
import { loadContactDetails } from './load-contact-details.ts'
import type { ParsedInput } from './parsed-input.ts'
import { checkStage } from './update-contact.ts'

/** A contact made by hand: anything that tells who it is will do. Nobody looks after them yet. */
export async function createContact(
  { tx, deps, actor, now, live, enqueue }: WriteContext,
  input: ParsedInput<'create'>,
): Promise<ContactDetails> {
  const { workspaceId } = actor
  const { values, problems } = checkValues(
    input.values,
    input.values.country || (await workspaceCountry(tx, workspaceId)),
    await holdFields(tx, workspaceId, Object.keys(input.values.custom ?? {}).map(Number)),
  )
  if (problems.length > 0) return fail('BAD_REQUEST', { fields: problems })
  const { firstName, lastName, email, phone } = values
  if (![firstName, lastName, email, phone].some(Boolean))
    return refuse('values', 'empty', 'Give a name, a phone or an e-mail address.')
  await checkStage(tx, workspaceId, input.values)
  const source = actor.via === 'api' ? 'api' : 'person'
  const { contactId } = await insertContact(tx, deps, {
    workspaceId,
    source,
    by: actor.memberId,
    values: { ...values, ...(input.values.lifecycle == null ? {} : { lifecycle: input.values.lifecycle }) },
    profileName: null,
    pictureUrl: null,
    now,
  })
  await enqueue('suggest-duplicates', { workspaceId })
  live({
    event: { type: 'contact', contactId, cause: 'created', memberId: actor.memberId },
    seenBy: [{ assigneeId: null, teamId: null }],
  })
  return loadContactDetails(tx, deps, actor, contactId)
}
