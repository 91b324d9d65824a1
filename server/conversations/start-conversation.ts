import { sees, visibilityOf } from '#contract/policy.ts'
import { recordActivity } from '../activity/record-activity.ts'
import { checkValues } from '../contacts/check-values.ts'
import { insertContact, workspaceCountry } from '../contacts/insert-contact.ts'
import type { Actor, Tx, WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { emailKey } from '../identity/email-key.ts'
import { phoneKey } from '../identity/phone-key.ts'
import { activityActor } from './actor-of.ts'
import { contactsWithKey } from './contacts-with-key.ts'
import { lockIdentity } from './lock-address.ts'
import type { ParsedInput } from './parsed-input.ts'

/**
 * Whom a phone or an e-mail address leads to, for writing to them first: the contact that has it in any spelling, the oldest
 * of several; where nobody has it, a new one. Who sees only their own contacts, or their team's, looks after it from the
 * first moment, or else it would be gone from their sight.
 */
export async function startConversation(
  context: WriteContext,
  { to }: ParsedInput<'start'>,
): Promise<{ contactId: number; isNew: boolean }> {
  const { tx, actor } = context
  const { workspaceId } = actor
  const country = await workspaceCountry(tx, workspaceId)
  const field = to.includes('@') ? 'email' : 'phone'
  const { values, problems } = checkValues({ [field]: to }, country, [])
  const [problem] = problems
  if (problem !== undefined) return fail('BAD_REQUEST', { fields: [{ ...problem, path: 'to' }] })
  const value = values[field]
  if (value == null)
    return fail('BAD_REQUEST', {
      fields: [{ path: 'to', reason: 'empty', message: 'Give a phone or an e-mail address.' }],
    })
  const key = field === 'email' ? emailKey(value).key : phoneKey(value, country).key
  if (key !== null) {
    await lockIdentity(tx, workspaceId, key)
    const contactId = await findHolder(tx, actor, key)
    if (contactId !== null) return { contactId, isNew: false }
  }
  return { contactId: await makeContact(context, values), isNew: true }
}

/** The oldest contact with the key among those that the member sees; refuses where there are others only. */
async function findHolder(tx: Tx, actor: Actor, key: string): Promise<number | null> {
  const holders = await contactsWithKey(tx, actor.workspaceId, key)
    .innerJoin('contact_state as state', (join) =>
      join.onRef('state.workspace_id', '=', 'contact.workspace_id').onRef('state.contact_id', '=', 'contact.id'),
    )
    .select(['contact.id', 'contact.blocked_at', 'state.assignee_id as assigneeId', 'state.team_id as teamId'])
    .orderBy('contact.created_at')
    .orderBy('contact.id')
    .limit(50)
    .execute()
  const seen = holders.filter((holder) => sees(actor, holder))
  const free = seen.find(({ blocked_at: at }) => at === null)
  if (free !== undefined) return free.id
  if (seen.length > 0) return fail('CONFLICT', { reason: 'blocked', field: 'to' })
  return holders.length > 0 ? fail('CONFLICT', { reason: 'address-of-another', field: 'to' }) : null
}

async function makeContact(
  { tx, deps, actor, now, live, enqueue }: WriteContext,
  values: ReturnType<typeof checkValues>['values'],
): Promise<number> {
  const { workspaceId, memberId } = actor
  const isNarrowed = visibilityOf(actor).kind !== 'all'
  const owner = { assigneeId: isNarrowed ? memberId : null, teamId: isNarrowed ? actor.teamId : null }
  if (!sees(actor, owner)) return fail('FORBIDDEN')
  const { contactId } = await insertContact(tx, deps, {
    workspaceId,
    source: actor.via === 'api' ? 'api' : 'person',
    by: memberId,
    values,
    profileName: null,
    pictureUrl: null,
    now,
  })
  if (isNarrowed) {
    await tx
      .updateTable('contact_state')
      .set({ assignee_id: owner.assigneeId, team_id: owner.teamId })
      .where('workspace_id', '=', workspaceId)
      .where('contact_id', '=', contactId)
      .execute()
    await recordActivity(tx, deps.clock, workspaceId, [
      {
        contactId,
        kind: 'assigned',
        actor: activityActor(actor),
        data: { from: null, to: { memberId, name: actor.name } },
      },
    ])
  }
  await enqueue('suggest-duplicates', { workspaceId })
  live({ event: { type: 'contact', contactId, cause: 'created', memberId }, seenBy: [owner] })
  return contactId
}
