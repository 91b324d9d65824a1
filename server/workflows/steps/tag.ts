import { addTags, findHeldTags, mostTags } from '../../contacts/tag-contact.ts'
import { findNamed, removeTags } from '../../contacts/untag-contact.ts'
import { holdTags, type HeldTag } from '../../tags/hold-tags.ts'
import { done, failed, skipped, type StepAct } from '../stepping.ts'

/** Puts tags on and takes others off. A tag that is gone is left out. */
export const tag: StepAct<'tag', readonly HeldTag[]> = {
  async hold(tx, _deps, { workspaceId }, { add }) {
    if (add.length === 0) return []
    const known = await tx
      .selectFrom('tag')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .where('id', 'in', add)
      .execute()
    return holdTags(
      tx,
      workspaceId,
      known.map(({ id }) => id),
    )
  },
  async carryOut({ tx, deps, workspaceId, state: { contactId }, by }, { add, remove }, stop, wanted) {
    if (wanted.length === 0 && remove.length === 0) return failed(stop, 'gone')
    const named = remove.length === 0 ? [] : await findNamed(tx, workspaceId, contactId, remove)
    const removed = await removeTags(tx, deps, { workspaceId, contactId, named, by })
    const held = await findHeldTags(tx, workspaceId, contactId)
    const added = wanted.filter(({ id }) => !held.has(id))
    if (held.size + added.length > mostTags) return failed(stop, 'too-many-tags')
    if (added.length > 0) await addTags(tx, deps, { workspaceId, contactId, added, by })
    return removed || added.length > 0 ? done(stop) : skipped(stop, add.length > wanted.length ? 'gone' : 'unchanged')
  },
}
