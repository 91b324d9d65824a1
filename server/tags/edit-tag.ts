import type { Selectable } from 'kysely'
import type { TagRow } from '#contract/tags.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { Tag } from '../db/tables.ts'
import type { Tx, WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { loadTagRows } from './list-tags.ts'
import { readTagName } from './make-tag.ts'
import type { ParsedInput } from './parsed-input.ts'

/** Another name, look or description. Whoever holds the tag goes on holding it. */
export async function editTag(
  { tx, actor, deps, live }: WriteContext,
  { tagId, name, colour, emoji, description }: ParsedInput<'edit'>,
): Promise<TagRow> {
  const before = await lockTag(tx, actor.workspaceId, tagId)
  const named = name === undefined ? null : readTagName(name)
  if (named !== null && named.key !== before.name_key && (await isTaken(tx, actor.workspaceId, named.key)))
    return fail('CONFLICT', { reason: 'name-taken', field: 'name' })
  const after = {
    name: named?.name ?? before.name,
    name_key: named?.key ?? before.name_key,
    colour: colour ?? before.colour,
    emoji: emoji === undefined ? before.emoji : emoji,
    description: description ?? before.description,
  }
  if (Object.entries(after).some(([column, value]) => before[column as keyof typeof after] !== value)) {
    await tx
      .updateTable('tag')
      .set(after)
      .where('workspace_id', '=', actor.workspaceId)
      .where('id', '=', tagId)
      .execute()
    await recordAudit(tx, deps.clock, actor, 'tagEdited', {
      tagId,
      name: after.name,
      from: looksOf(before),
      to: looksOf(after),
    })
    live({ event: { type: 'tags' }, seenBy: null })
  }
  const [row] = await loadTagRows(tx, actor, tagId)
  return row ?? fail('NOT_FOUND')
}

/** Locks a tag that people see. Fails NOT_FOUND. */
async function lockTag(tx: Tx, workspaceId: number, tagId: number): Promise<Selectable<Tag>> {
  const tag = await tx
    .selectFrom('tag')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', tagId)
    .where('merged_into', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return tag ?? fail('NOT_FOUND')
}

async function isTaken(tx: Tx, workspaceId: number, key: string): Promise<boolean> {
  const other = await tx
    .selectFrom('tag')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('name_key', '=', key)
    .where('merged_into', 'is', null)
    .executeTakeFirst()
  return other !== undefined
}

type Looks = Pick<Selectable<Tag>, 'name' | 'colour' | 'emoji' | 'description'>
const looksOf = ({ name, colour, emoji, description }: Looks): Looks => ({ name, colour, emoji, description })
