import type { ContactDetails } from '#contract/contacts.ts'
import { recordActivity } from '../activity/record-activity.ts'
import type { Tx, WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { indexKeys } from '../identity/index-keys.ts'
import { valueKey } from './alternate-values.ts'
import type { OwnValues } from './golden-values.ts'
import { loadContactDetails } from './load-contact-details.ts'
import { loadTrees, type TreeMember } from './load-trees.ts'
import { lockVisibleRoot } from './lock-root.ts'
import type { ParsedInput } from './parsed-input.ts'
import { planEdit } from './plan-edit.ts'
import type { Source } from './provenance.ts'
import { restoreGolden } from './restore-golden.ts'
import { writeRows } from './write-contacts.ts'

/** Takes a phone or an e-mail that is not the primary one off every contact that says it, absorbed ones included. */
export async function removeAlternate(
  { tx, deps, actor, now, live, enqueue }: WriteContext,
  { contactId: asked, field, value }: ParsedInput<'removeAlternate'>,
): Promise<ContactDetails> {
  const state = await lockVisibleRoot(tx, actor, asked)
  const { workspace_id: workspaceId, contact_id: contactId } = state
  const { members } = await loadTrees(tx, workspaceId, [contactId])
  const key = valueKey(field, value)
  const says = (said: string | null | undefined) => said != null && valueKey(field, said) === key
  if (says(members.find(({ id }) => id === contactId)?.row[field]))
    return fail('CONFLICT', { reason: 'primary', field })
  const holders = members.filter(({ own }) => says(own[field].value))
  if (holders.length > 0) {
    const source: Source = actor.via === 'api' ? 'api' : 'person'
    for (const holder of holders) await forget(tx, holder, field, { source, by: actor.memberId, at: now })
    await restoreGolden(tx, workspaceId, contactId)
    await enqueue('suggest-duplicates', { workspaceId })
    const shown = holders[0]!.own[field].value
    await recordActivity(tx, deps.clock, workspaceId, [
      {
        contactId,
        kind: 'alternateRemoved',
        actor: { type: actor.via, id: actor.memberId },
        data: { field, value: shown },
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
  field: 'phone' | 'email',
  origin: { source: Source; by: number | null; at: Date },
): Promise<void> {
  if (row.own === null) {
    const plan = planEdit(row, provenance, { [field]: null }, origin)
    if (plan !== null) await writeRows(tx, row.workspace_id, [plan])
    return
  }
  // no decision on what the contact shows, which is another value
  const { version } = own[field]
  const nothing = { value: null, origin: [origin.source, origin.by, origin.at.toISOString()] as const, version }
  const left: OwnValues = { ...own, [field]: nothing }
  await tx
    .updateTable('contact')
    .set({ own: JSON.stringify(left) })
    .where('workspace_id', '=', row.workspace_id)
    .where('id', '=', row.id)
    .execute()
  await indexKeys(tx, row.workspace_id, [{ contactId: row.id, phone: left.phone.value, email: left.email.value }])
}
