import { recordActivity, type ActivityEntry } from '../../activity/record-activity.ts'
import { holdKnownTags, putTagOn, takeTagOff, whoIsFull, type KnownTag } from '../../contacts/tag-together.ts'
import { done, failed, skipped, type StepAct } from '../stepping.ts'

/** Puts tags on and takes others off. A tag that is gone is left out. */
export const tag: StepAct<'tag', readonly KnownTag[]> = {
  aheadToo: true,
  hold: (tx, _deps, { workspaceId }, { add, remove }) => holdKnownTags(tx, workspaceId, [...add, ...remove]),
  async carryOut({ tx, deps, workspaceId, state: { contactId }, by }, { add, remove }, stop, known) {
    if (known.length === 0) return failed(stop, 'gone')
    const entries: ActivityEntry[] = []
    const tell = (kind: 'tagAdded' | 'tagRemoved', { id: tagId, name }: KnownTag) =>
      entries.push({ contactId, kind, actor: by, data: { tagId, name } })
    for (const one of known.filter(({ asked }) => remove.includes(asked)))
      if ((await takeTagOff(tx, workspaceId, [contactId], one)).length > 0) tell('tagRemoved', one)
    let isFull = false
    for (const one of known.filter(({ asked }) => add.includes(asked))) {
      if ((await putTagOn(tx, workspaceId, [contactId], one)).length > 0) tell('tagAdded', one)
      else isFull ||= (await whoIsFull(tx, workspaceId, [contactId], one)).length > 0
    }
    await recordActivity(tx, deps.clock, workspaceId, entries)
    if (isFull) return failed(stop, 'too-many-tags')
    return entries.length > 0 ? done(stop) : skipped(stop, 'unchanged')
  },
}
