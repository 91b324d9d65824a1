import type { TagRow } from '#contract/tags.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { loadTagRows } from './list-tags.ts'
import { makeTag } from './make-tag.ts'
import type { ParsedInput } from './parsed-input.ts'

/** One more tag, which nobody holds yet. */
export async function createTag(context: WriteContext, input: ParsedInput<'create'>): Promise<TagRow> {
  const id = await makeTag(context, input)
  if (id === null) return fail('CONFLICT', { reason: 'name-taken', field: 'name' })
  const [row] = await loadTagRows(context.tx, context.actor, id)
  return row ?? fail('NOT_FOUND')
}
