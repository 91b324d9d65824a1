import { sql } from 'kysely'
import type { ContactDetails } from '#contract/contacts.ts'
import type { Tx, WriteContext } from '../http/endpoint.ts'
import { holdFields } from '../fields/hold-fields.ts'
import { fail } from '../http/fail.ts'
import { loadStages } from '../lifecycle/list-stages.ts'
import { findProvenance } from './fill-from-channel.ts'
import { loadContactDetails } from './load-contact-details.ts'
import { lockVisibleRoot } from './lock-root.ts'
import type { ParsedInput } from './parsed-input.ts'
import { planRestore, type Made } from './plan-restore.ts'
import { isCustom } from './provenance.ts'
import { checkStage, inWords } from './update-contact.ts'
import { writeEdit } from './write-edit.ts'
import { writeMember } from './write-member.ts'

/**
 * Takes back what the member has last made of a field, with what followed from it: the value before stands there again as it did,
 * from where it came, or, of a merged contact, from whom. Refused where the field has been changed since.
 */
export async function takeBackEdit(
  { tx, deps, actor, now, live, enqueue }: WriteContext,
  { contactId: asked, field }: ParsedInput<'takeBack'>,
): Promise<ContactDetails> {
  const customs = await holdFields(tx, actor.workspaceId, isCustom(field) ? [Number(field.slice(1))] : [])
  const stages = field === 'lifecycle' ? await loadStages(tx, actor.workspaceId) : []
  const state = await lockVisibleRoot(tx, actor, asked)
  const { workspace_id: workspaceId, contact_id: contactId } = state
  const made = await findMade(tx, { workspaceId, contactId, field, memberId: actor.memberId })
  for (const { from } of made.filter((change) => change.field === 'lifecycle'))
    await checkStage(tx, workspaceId, { lifecycle: stages.some(({ id }) => id === from) ? Number(from) : null })
  const contact = await tx
    .selectFrom('contact')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', contactId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()
  const provenance = await findProvenance(tx, workspaceId, contactId)
  const standing = { before: contact, after: contact, provenance, says: { phone: contact.phone, email: contact.email } }
  const by = { source: actor.via === 'api' ? ('api' as const) : ('person' as const), by: actor.memberId }
  const unchanged = { ...standing, reached: false, named: false, found: false }
  const restored = planRestore(unchanged, made, { customs, stages }, { ...by, at: now })
  if (restored === null) return refuseChanged()
  const { write, plan } = restored
  if (plan === null)
    await writeMember(tx, deps, { write, rootId: contactId, by }, (change) => inWords(change, customs, stages))
  else await writeEdit(tx, deps, { ...plan, ...write, before: contact }, (change) => inWords(change, customs, stages))
  await enqueue('suggest-duplicates', { workspaceId })
  live({
    event: { type: 'contact', contactId, cause: 'edited', memberId: actor.memberId },
    seenBy: [{ assigneeId: state.assignee_id, teamId: state.team_id }],
  })
  return loadContactDetails(tx, deps, actor, contactId)
}

/** What the last change of the field was, if it is this member's and was no taking back itself. */
async function findMade(
  tx: Tx,
  of: { workspaceId: number; contactId: number; field: string; memberId: number },
): Promise<readonly Made[]> {
  const last = await tx
    .selectFrom('activity')
    .select(['actor_type', 'actor_id', 'data'])
    .where('workspace_id', '=', of.workspaceId)
    .where('contact_id', '=', of.contactId)
    .where('kind', '=', 'fieldChanged')
    .where(sql<boolean>`data->>'field' = ${of.field}`)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const isOwn = last?.actor_id === of.memberId && ['member', 'api'].includes(last.actor_type)
  const { made } = (last?.data ?? {}) as { made?: readonly Made[] }
  return isOwn && made !== undefined ? made : refuseChanged()
}

const refuseChanged = (): never => fail('CONFLICT', { reason: 'changed-since' })
