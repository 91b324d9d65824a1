import type { ContactDetails } from '#contract/contacts.ts'
import { recordActivity } from '../activity/record-activity.ts'
import { displayName } from '../contacts/display-name.ts'
import { indexFields } from '../contacts/index-fields.ts'
import { loadContactDetails } from '../contacts/load-contact-details.ts'
import { subtree } from './forest.ts'
import type { CustomFields } from '../contacts/provenance.ts'
import { writeGolden } from '../contacts/write-golden.ts'
import { forgetPairs } from '../duplicates/forget-pairs.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { markDue } from '../identity/mark-due.ts'
import { endRunsOf } from '../workflows/end-runs.ts'
import { describeMerge } from './describe-merge.ts'
import { findRoots } from './find-roots.ts'
import { lockRoots } from './lock-roots.ts'
import { mergeReadMarks } from './merge-read-marks.ts'
import { moveOwners } from './move-owners.ts'
import { outdated } from './outdated.ts'
import type { ParsedInput } from './parsed-input.ts'
import { fingerprintOf, type MergeDecision } from './plan-merge.ts'
import { decideMerge } from './preview-merge.ts'
import { recordMerge } from './record-merge.ts'
import { showPlan } from './show-plan.ts'
import { writeMergedStates } from './write-states.ts'

/**
 * Makes one contact of several: what the plan says, or OUTDATED with the new one. Of two people who merge overlapping
 * contacts at once, one wins and the other is told.
 */
export async function mergeContacts(
  context: WriteContext,
  input: ParsedInput<'merge'>,
): Promise<{ mergeId: number; contact: ContactDetails }> {
  const { tx, deps, actor, now } = context
  const { workspaceId } = actor
  const before = await findRoots(tx, actor, input)
  await lockRoots(tx, workspaceId, before.rootIds)
  const wish = await findRoots(tx, actor, input)
  const { decision, evidence, trees } = await decideMerge(tx, actor, wish, now)
  const meanwhile = wish.rootIds.some((id) => !before.rootIds.includes(id))
  const agreed = input.fingerprint
  if (meanwhile || (agreed !== undefined && agreed !== fingerprintOf(decision, evidence)))
    return outdated(await showPlan(tx, workspaceId, decision, evidence))

  const roots = [decision.survivor, ...decision.absorbed]
  const absorbedIds = decision.absorbed.map(({ id }) => id)
  const by = { type: actor.via, id: actor.memberId }
  const runsStopped = (await endRunsOf(tx, deps, workspaceId, absorbedIds, 'merged', by)).map(
    ({ contactId, workflowId, name }) => ({ contactId, workflowId, name }),
  )
  const description = await describeMerge(tx, workspaceId, decision, runsStopped)
  const mergeId = await recordMerge(context, decision, evidence, description)
  await mergeReadMarks(
    tx,
    workspaceId,
    decision.survivor.id,
    roots.map(({ id, state }) => ({ contactId: id, lastInId: state.lastInId })),
  )
  const ending = {
    conversationIds: decision.ended.map(({ conversationId }) => conversationId),
    at: now,
    by: actor.memberId,
  }
  const below = decision.absorbed.flatMap(({ id }) => subtree(trees.ops, id))
  await moveOwners(tx, workspaceId, new Map(below.map((id) => [id, decision.survivor.id])), ending)
  await indexFields(
    tx,
    workspaceId,
    decision.absorbed.map(({ id, row }) => ({ contactId: id, before: row.fields as CustomFields, after: {} })),
  )
  await writeGolden(tx, {
    member: decision.survivor,
    golden: decision.golden,
    own: decision.survivor.own,
    profile: decision.profile,
    others: trees.members.filter(({ id }) => id !== decision.survivor.id),
    live: true,
  })
  const looking = await writeMergedStates(tx, workspaceId, decision)
  const ids = roots.map(({ id }) => id)
  await forgetPairs(tx, workspaceId, ids)
  await markDue(tx, workspaceId, ids)
  await context.enqueue('suggest-duplicates', { workspaceId })
  await tellOfMerge(context, decision, mergeId, looking)
  return { mergeId, contact: await loadContactDetails(tx, deps, actor, decision.survivor.id) }
}

async function tellOfMerge(
  { tx, deps, actor, live }: WriteContext,
  { survivor, absorbed }: MergeDecision,
  mergeId: number,
  looking: { assigneeId: number | null; teamId: number | null },
): Promise<void> {
  const by = { type: actor.via, id: actor.memberId }
  const name = ({ id, row }: MergeDecision['survivor']) => ({ contactId: id, name: displayName(row) })
  await recordActivity(tx, deps.clock, actor.workspaceId, [
    { contactId: survivor.id, kind: 'merged', actor: by, data: { mergeId, absorbed: absorbed.map(name) } },
    ...absorbed.map(({ id }) => ({
      contactId: id,
      kind: 'merged' as const,
      actor: by,
      data: { mergeId, into: name(survivor) },
    })),
  ])
  const seenBy = [...[survivor, ...absorbed].map(({ state }) => state), looking]
  for (const { id } of [survivor, ...absorbed])
    live({
      event: { type: 'contact', contactId: id, cause: 'merged', memberId: actor.memberId },
      seenBy: seenBy.map(({ assigneeId, teamId }) => ({ assigneeId, teamId })),
    })
}
