import { recordActivity, type ActivityEntry } from '../../activity/record-activity.ts'
import { holdKnownTags, putTagOn, takeTagOff, whoIsFull, type KnownTag } from '../../contacts/tag-together.ts'
import { done, failed, skipped, type StepAct } from '../stepping.ts'

/** Puts tags on and takes others off. A tag that is gone is left out. */
export const tag: StepAct<'tag', readonly KnownTag[]> = {
  aheadToo: true,
  hold: (tx, _deps, { workspaceId }, { add, remove }) => holdKnownTags(tx, workspaceId, [...add, ...remove]),
  async together(all, { add, remove }, stop, known) {
    const { tx, deps, workspaceId, by } = all[0]!
    if (known.length === 0) return all.map(() => failed(stop, 'gone'))
    const ids = all.map(({ state }) => state.contactId)
    const entries: ActivityEntry[] = []
    const tell = (kind: 'tagAdded' | 'tagRemoved', { id: tagId, name }: KnownTag, changed: readonly number[]) => {
      for (const contactId of changed) entries.push({ contactId, kind, actor: by, data: { tagId, name } })
    }
    const full = new Set<number>()
    for (const one of known.filter(({ asked }) => remove.includes(asked)))
      tell('tagRemoved', one, await takeTagOff(tx, workspaceId, ids, one))
    for (const one of known.filter(({ asked }) => add.includes(asked))) {
      const put = new Set(await putTagOn(tx, workspaceId, ids, one))
      tell('tagAdded', one, [...put])
      const others = ids.filter((id) => !put.has(id))
      if (others.length > 0) for (const id of await whoIsFull(tx, workspaceId, others, one)) full.add(id)
    }
    await recordActivity(tx, deps.clock, workspaceId, entries)
    const changed = new Set(entries.map(({ contactId }) => contactId))
    return ids.map((id) => {
      if (full.has(id)) return failed(stop, 'too-many-tags')
      return changed.has(id) ? done(stop) : skipped(stop, 'unchanged')
    })
  },
}
