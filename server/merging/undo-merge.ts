import type { ContactDetails } from '#contract/contacts.ts'
import { recordActivity } from '../activity/record-activity.ts'
import { displayName } from '../contacts/display-name.ts'
import { loadContactDetails } from '../contacts/load-contact-details.ts'
import type { Trees } from '../contacts/load-trees.ts'
import { writeGolden } from '../contacts/write-golden.ts'
import { forgetPairs } from '../duplicates/forget-pairs.ts'
import type { Actor, Tx, WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { markDue } from '../identity/mark-due.ts'
import { findPartedWishes } from './find-consequences.ts'
import { findMerge, type FoundMerge } from './find-merge.ts'
import { subtree } from './forest.ts'
import { handOverNotes } from './hand-over-notes.ts'
import { lockRoots } from './lock-roots.ts'
import { joinReadMarks, keepReadMarks } from './merge-read-marks.ts'
import { moveOwners } from './move-owners.ts'
import { outdated } from './outdated.ts'
import type { ParsedInput } from './parsed-input.ts'
import { undoFingerprint, type UndoDecision } from './plan-undo.ts'
import { decideUndo } from './preview-undo.ts'
import { profileAfter } from './profile-after.ts'
import { showUndo } from './show-undo.ts'
import { writeUndoneStates, type Looking } from './write-undone-states.ts'

/**
 * Takes a merge back, at any time and in any order: whoever was absorbed by it stands for themself again, with what was born
 * on them and what came to them since. Values on which somebody decided meanwhile stay with the survivor.
 */
export async function undoMerge(
  context: WriteContext,
  input: ParsedInput<'undo'>,
): Promise<{ contacts: ContactDetails[] }> {
  const { tx, deps, actor, now } = context
  const merge = await lockMerge(tx, actor, input.mergeId, now)
  if (!merge.undone) await carryOut(context, merge, input)
  const ids = [merge.rootId, ...merge.childIds]
  const contacts: ContactDetails[] = []
  for (const id of ids) contacts.push(await loadContactDetails(tx, deps, actor, id))
  return { contacts: contacts.filter(({ id }, at) => contacts.findIndex((one) => one.id === id) === at) }
}

/**
 * Finds the merge and locks the tree it stands in, its root first: whoever writes to a member of a tree holds that. Who waited
 * for somebody else's merge looks again.
 */
async function lockMerge(tx: Tx, actor: Actor, mergeId: number, now: Date): Promise<FoundMerge> {
  let found = await findMerge(tx, actor, mergeId, now)
  for (let attempt = 0; attempt < 5; attempt++) {
    await lockRoots(tx, actor.workspaceId, [found.rootId])
    const again = await findMerge(tx, actor, mergeId, now)
    if (again.rootId === found.rootId) return again
    found = again
  }
  return fail('UNAVAILABLE')
}

async function carryOut(context: WriteContext, merge: FoundMerge, input: ParsedInput<'undo'>): Promise<void> {
  const { tx, actor, now } = context
  const { workspaceId } = actor
  const { trees, decision, exchanges } = await decideUndo(tx, workspaceId, merge, now)
  // who has not seen a plan is not refused by it
  if (input.fingerprint !== undefined) {
    const wishes = await findPartedWishes(tx, workspaceId, decision)
    if (input.fingerprint !== undoFingerprint(decision, wishes))
      return outdated(await showUndo(tx, workspaceId, trees, decision, wishes))
  }
  await handOverNotes(tx, workspaceId, decision, trees.ops, input.handOver)

  const { root, rest, returning } = decision
  const sides = [rest, ...returning]
  const back = returning.flatMap(({ rootId, memberIds }) => memberIds.map((id): [number, number] => [id, rootId]))
  await keepReadMarks(tx, workspaceId, [root.id])
  await moveOwners(tx, workspaceId, new Map(back))
  await closeMerge(context, merge.id)
  await writeValues(tx, decision, trees)
  const looking = await writeUndoneStates(context, decision, exchanges)
  for (const { rootId, memberIds } of sides)
    await joinReadMarks(
      tx,
      workspaceId,
      rootId,
      memberIds.map((contactId) => ({ contactId, lastInId: exchanges.get(contactId)?.lastInId ?? 0 })),
      'own_id',
    )
  const ids = [root.id, ...returning.map(({ rootId }) => rootId)]
  await forgetPairs(tx, workspaceId, ids)
  await markDue(tx, workspaceId, ids)
  await context.enqueue('suggest-duplicates', { workspaceId })
  await tellOfUndo(context, decision, trees, looking)
}

async function closeMerge({ tx, actor, now }: WriteContext, mergeId: number): Promise<void> {
  await tx
    .with('edges', (db) =>
      db
        .updateTable('merge_edge')
        .set({ undone: true })
        .where('workspace_id', '=', actor.workspaceId)
        .where('op_id', '=', mergeId),
    )
    .updateTable('merge_op')
    .set({ undone_at: now, undone_by: actor.memberId, undone_via: actor.via })
    .where('workspace_id', '=', actor.workspaceId)
    .where('id', '=', mergeId)
    .execute()
}

/** What each contact says now: those that return, the survivor, and whoever has absorbed it since. */
async function writeValues(tx: Tx, decision: UndoDecision, trees: Trees): Promise<void> {
  const { op, root, golden, survivorPath, returning } = decision
  const remaining = trees.ops.filter(({ id }) => id !== op.id)
  for (const id of [...survivorPath, ...returning.map(({ rootId }) => rootId)]) {
    const member = trees.members.find((one) => one.id === id)!
    const memberIds = subtree(remaining, id)
    await writeGolden(tx, {
      member,
      golden: golden.get(id)!,
      own: memberIds.length > 1 ? member.own : null,
      profile: profileAfter(id, memberIds, trees),
      others: trees.members.filter((one) => one.id !== id && memberIds.includes(one.id)),
      live: id === root.id || returning.some(({ rootId }) => rootId === id),
    })
  }
}

async function tellOfUndo(
  { tx, deps, actor, live }: WriteContext,
  { op, root, returning }: UndoDecision,
  { members }: Trees,
  looking: readonly Looking[],
): Promise<void> {
  const by = { type: actor.via, id: actor.memberId }
  const name = (contactId: number) => {
    const row = members.find(({ id }) => id === contactId)?.row
    return { contactId, name: row === undefined ? null : displayName(row) }
  }
  const returned = returning.map(({ rootId }) => name(rootId))
  const data = { mergeId: op.id }
  await recordActivity(tx, deps.clock, actor.workspaceId, [
    { contactId: root.id, kind: 'unmerged', actor: by, data: { ...data, returned } },
    ...returning.map(({ rootId }) => ({
      contactId: rootId,
      kind: 'unmerged' as const,
      actor: by,
      data: { ...data, outOf: name(root.id) },
    })),
  ])
  const seenBy = [{ assigneeId: root.state.assigneeId, teamId: root.state.teamId }, ...looking]
  for (const contactId of [root.id, ...returning.map(({ rootId }) => rootId)])
    live({ event: { type: 'contact', contactId, cause: 'unmerged', memberId: actor.memberId }, seenBy })
}
