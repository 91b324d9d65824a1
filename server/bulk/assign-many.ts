import type { BulkJob } from '#contract/bulk.ts'
import { findAssignee } from '../conversations/find-assignee.ts'
import { notify } from '../db/notify.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { mostTold, notThere, type BulkAct } from './bulk-act.ts'
import { giveTogether } from './give-together.ts'
import { lockMany } from './lock-many.ts'
import type { ParsedInput } from './parsed-input.ts'
import { startJob } from './start-job.ts'

interface Wish {
  readonly memberId: number | null
}

/** Has many contacts given to a member, or to nobody. */
export async function startAssigning(
  context: WriteContext,
  { selection, memberId }: ParsedInput<'assign'>,
): Promise<BulkJob> {
  if (memberId !== null) await findAssignee(context.tx, context.actor.workspaceId, memberId)
  const wish: Wish = { memberId }
  return startJob(context, 'assign', selection, { wish })
}

/** Assigning as an act on many contacts. */
export const assigning: BulkAct = {
  async carryOut(tx, work, contactIds) {
    const { workspaceId } = work
    const { memberId } = work.wish as Wish
    const to = memberId === null ? null : await findAssignee(tx, workspaceId, memberId).catch(() => undefined)
    if (to === undefined) return notThere(contactIds)
    const { locked, failures } = await lockMany(tx, workspaceId, contactIds)
    const changed = locked.filter(({ assigneeId }) => assigneeId !== memberId)
    const teamId = to?.teamId ?? null
    const given = changed.map(({ id: contactId, assigneeId: from, conversationId }) => ({
      contactId,
      from,
      conversationId,
      to,
    }))
    await giveTogether(tx, work.deps, workspaceId, given, work.by)
    if (changed.length <= mostTold)
      await notify(
        tx,
        changed.map(({ id, assigneeId, teamId: teamBefore }) => ({
          workspaceId,
          event: { type: 'conversation', contactId: id, messageId: null, cause: 'assigned', memberId: work.by.id },
          seenBy: [
            { assigneeId, teamId: teamBefore },
            { assigneeId: memberId, teamId },
          ],
        })),
      )
    return {
      touchedIds: locked.map(({ id }) => id),
      failures,
      counts: { assigned: changed.length },
      unfinished: false,
    }
  },
}
