import { tagColours } from '#contract/tags.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail, refuse } from '../http/fail.ts'
import type { ParsedInput } from './parsed-input.ts'
import { cleanTagName, tagNameKey } from './tag-name.ts'

/** More than anybody finds their way in. */
const most = 1000

/** A name as it will be kept and compared; refused where nothing of it can be seen. */
export function readTagName(name: string): { name: string; key: string } {
  const key = tagNameKey(name)
  if (key === '') return refuse('name', 'blank', 'Give the tag a name that can be seen.')
  return { name: cleanTagName(name), key }
}

/** Makes a tag and tells everybody; answers its number, or null where its name is taken. */
export async function makeTag(
  { tx, actor, deps, live }: WriteContext,
  { name: typed, colour, emoji = null, description = '' }: ParsedInput<'create'>,
): Promise<number | null> {
  const { workspaceId } = actor
  const { name, key } = readTagName(typed)
  const { count } = await tx
    .selectFrom('tag')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('workspace_id', '=', workspaceId)
    .where('merged_into', 'is', null)
    .executeTakeFirstOrThrow()
  if (count >= most) return fail('CONFLICT', { reason: 'too-many' })
  const id = await deps.numbers.next(workspaceId, 'tag')
  const made = await tx
    .insertInto('tag')
    .values({
      workspace_id: workspaceId,
      id,
      name,
      name_key: key,
      colour: colour ?? colourFor(id),
      emoji,
      description,
      created_by: actor.memberId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made === undefined) return null
  await recordAudit(tx, deps.clock, actor, 'tagCreated', { tagId: id, name })
  live({ event: { type: 'tags' }, seenBy: null })
  return id
}

/** Neighbours in time look different; grey is for whoever asks for it. */
function colourFor(id: number): (typeof tagColours)[number] {
  const hues = tagColours.filter((colour) => colour !== 'grey')
  return hues[(id * 5) % hues.length] ?? 'blue'
}
