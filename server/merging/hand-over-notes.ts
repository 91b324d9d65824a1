import type { StandingOp } from '../contacts/load-trees.ts'
import type { Tx } from '../http/endpoint.ts'
import { refuse } from '../http/fail.ts'
import { listNotes, notePlaces } from './list-notes.ts'
import type { ParsedInput } from './parsed-input.ts'
import type { UndoDecision } from './plan-undo.ts'

/** Gives notes that were written while merged to the contacts they are about. */
export async function handOverNotes(
  tx: Tx,
  workspaceId: number,
  decision: UndoDecision,
  ops: readonly StandingOp[],
  handOver: ParsedInput<'undo'>['handOver'],
): Promise<void> {
  if (handOver.length === 0) return
  const ids = handOver.map(({ messageId }) => messageId)
  const notes = new Set(
    (await listNotes(tx, workspaceId, notePlaces(decision, ops), ids.length, ids)).map(({ id }) => id),
  )
  for (const [at, { messageId, contactId }] of handOver.entries()) {
    if (!notes.has(messageId))
      refuse(`handOver.${at}.messageId`, 'unknown', 'Name a note that was written while the contacts were one.')
    if (!decision.returning.some(({ rootId }) => rootId === contactId))
      refuse(`handOver.${at}.contactId`, 'not-returning', 'Name one of the contacts that return.')
    await tx
      .updateTable('message')
      .set({ contact_id: contactId })
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', messageId)
      .execute()
  }
}
