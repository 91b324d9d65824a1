import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { findTags } from './find-tags.ts'
import { makeTag } from './make-tag.ts'
import { tagNameKey } from './tag-name.ts'

/** The numbers of the tags of these names; one that nobody has made yet is made. */
export async function findOrMakeTags(context: WriteContext, names: readonly string[]): Promise<number[]> {
  const { tx, actor } = context
  const known = await findTags(tx, actor.workspaceId, names)
  const ids: number[] = []
  for (const name of names) {
    const key = tagNameKey(name)
    // somebody may have made it between our look and our try
    const id =
      known.get(key) ?? (await makeTag(context, { name })) ?? (await findTags(tx, actor.workspaceId, [name])).get(key)
    if (id === undefined) return fail('UNAVAILABLE')
    known.set(key, id)
    ids.push(id)
  }
  return ids
}
