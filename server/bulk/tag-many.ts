import type { BulkJob } from '#contract/bulk.ts'
import { recordActivity, type ActivityEntry } from '../activity/record-activity.ts'
import { holdKnownTags, putTagOn, takeTagOff, whoIsFull, type KnownTag } from '../contacts/tag-together.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { refuse } from '../http/fail.ts'
import { holdTags } from '../tags/hold-tags.ts'
import type { BulkAct, Failure } from './bulk-act.ts'
import { lockMany } from './lock-many.ts'
import type { ParsedInput } from './parsed-input.ts'
import { refuseBeyondLimit, startJob } from './start-job.ts'

interface Wish {
  readonly add: readonly number[]
  readonly remove: readonly number[]
}

/** Has tags put on many contacts, and others taken off. */
export async function startTagging(
  context: WriteContext,
  { selection, add, remove }: ParsedInput<'tag'>,
): Promise<BulkJob> {
  const { tx, actor } = context
  if (add.length + remove.length === 0) return refuse('add', 'missing', 'Name a tag to put on or to take off.')
  const twice = add.findIndex((id) => remove.includes(id))
  if (twice >= 0) return refuse(`add.${twice}`, 'both', 'Put the tag on or take it off, not both.')
  await holdTags(tx, actor.workspaceId, [...add, ...remove])
  const wish: Wish = { add, remove }
  const job = await startJob(context, 'tag', selection, { wish })
  await refuseBeyondLimit(tx, actor.workspaceId, job.total)
  return job
}

/** Tagging as an act on many contacts. */
export const tagging: BulkAct = {
  async carryOut(tx, work, contactIds) {
    const { workspaceId } = work
    const { add, remove } = work.wish as Wish
    const known = await holdKnownTags(tx, workspaceId, [...add, ...remove])
    const { locked, failures } = await lockMany(tx, workspaceId, contactIds)
    const ids = locked.map(({ id }) => id)
    const full = new Set<number>()
    let [added, removed] = [0, 0]
    const entries: ActivityEntry[] = []
    const tell = (kind: 'tagAdded' | 'tagRemoved', { id: tagId, name }: KnownTag, changed: readonly number[]) => {
      for (const contactId of changed) entries.push({ contactId, kind, actor: work.by, data: { tagId, name } })
      return changed.length
    }
    for (const tag of known.filter(({ asked }) => remove.includes(asked)))
      removed += tell('tagRemoved', tag, await takeTagOff(tx, workspaceId, ids, tag))
    for (const tag of known.filter(({ asked }) => add.includes(asked))) {
      for (const id of await whoIsFull(tx, workspaceId, ids, tag)) full.add(id)
      added += tell('tagAdded', tag, await putTagOn(tx, workspaceId, ids, tag))
    }
    await recordActivity(tx, work.deps.clock, workspaceId, entries)
    const tooMany = [...full].map((contactId): Failure => ({ contactId, reason: 'too-many-tags', survivorId: null }))
    return { touchedIds: ids, failures: [...failures, ...tooMany], counts: { added, removed }, unfinished: false }
  },
}
