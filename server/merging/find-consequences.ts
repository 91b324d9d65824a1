import type { MergePlan, UndoPlan } from '#contract/merging.ts'
import { loadOptOuts, loadOwnOptOuts } from '../contacts/load-opt-outs.ts'
import type { Reader, Tx } from '../http/endpoint.ts'
import { findOptOuts } from '../opt-outs/find-opt-outs.ts'
import { findRunning } from '../workflows/find-running.ts'
import type { MergeDecision } from './plan-merge.ts'
import type { UndoDecision } from './plan-undo.ts'

/** What a merge does beyond the records: what stops, and where nobody is written to any more. */
export interface Consequences {
  readonly runsStopped: MergePlan['runsStopped']
  readonly optOuts: MergePlan['result']['optOuts']
}

export async function findConsequences(
  db: Reader | Tx,
  workspaceId: number,
  { survivor, absorbed }: Pick<MergeDecision, 'survivor' | 'absorbed'>,
): Promise<Consequences> {
  const absorbedIds = absorbed.map(({ id }) => id)
  const ids = [survivor.id, ...absorbedIds]
  const runsStopped = await findRunning(db, workspaceId, absorbedIds)
  const optOuts = await loadOptOuts(db, workspaceId, ids)
  const wishes = optOuts.length === 0 ? new Map<number, never>() : await findOptOuts(db, workspaceId, ids)
  return {
    runsStopped,
    optOuts: optOuts.map((optOut) => ({
      ...optOut,
      contactIds: ids.filter((id) => wishes.get(id)?.has(optOut.channelId)),
    })),
  }
}

/** Who of those whom an undo parts will be written to where. */
export interface PartedWishes {
  /** By the contact that will stand for itself. */
  readonly returning: ReadonlyMap<number, UndoPlan['optOutsGone']>
  /** Of the contact that is live now, and of what remains of it. */
  readonly before: UndoPlan['optOutsGone']
  readonly rest: UndoPlan['optOutsGone']
}

export async function findPartedWishes(
  db: Reader | Tx,
  workspaceId: number,
  { root, rest, returning }: Pick<UndoDecision, 'root' | 'rest' | 'returning'>,
): Promise<PartedWishes> {
  const before = await loadOptOuts(db, workspaceId, [root.id])
  const wishes = new Map<number, UndoPlan['optOutsGone']>()
  if (before.length === 0) return { returning: wishes, before, rest: [] }
  for (const { rootId, memberIds } of returning) wishes.set(rootId, await loadOwnOptOuts(db, workspaceId, memberIds))
  return { returning: wishes, before, rest: await loadOwnOptOuts(db, workspaceId, rest.memberIds) }
}
