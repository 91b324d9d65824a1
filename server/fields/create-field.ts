import type { CustomField } from '#contract/fields.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail, refuse } from '../http/fail.ts'
import { isReserved, readFieldName, readOptions, slugFor } from './field-name.ts'
import { loadFields } from './list-fields.ts'
import type { ParsedInput } from './parsed-input.ts'

/** More than anybody finds their way in. */
const most = 500

/** One more field, which nobody holds a value in yet. */
export async function createField(
  { tx, actor, deps, live }: WriteContext,
  { name: typed, slug: asked, type, description = '', options: offered, searchable = true }: ParsedInput<'create'>,
): Promise<CustomField> {
  const { workspaceId } = actor
  const named = readFieldName(typed)
  if (type === 'list' && offered === undefined) return refuse('options', 'required', 'A list needs its options.')
  if (type !== 'list' && offered !== undefined) return refuse('options', 'unexpected', 'Only a list has options.')
  const fields = await loadFields(tx, workspaceId)
  if (fields.length >= most) return fail('CONFLICT', { reason: 'too-many' })
  const taken = fields.map(({ slug }) => slug)
  const slug = asked?.toLowerCase() ?? slugFor(named.name, taken)
  if (taken.includes(slug) || isReserved(slug)) return fail('CONFLICT', { reason: 'slug-taken', field: 'slug' })
  const id = await deps.numbers.next(workspaceId, 'field')
  const made = await tx
    .insertInto('custom_field')
    .values({
      workspace_id: workspaceId,
      id,
      ...named,
      slug,
      type,
      description,
      options: readOptions(offered ?? []),
      searchable,
      created_by: actor.memberId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made === undefined) return fail('CONFLICT', { reason: 'name-taken', field: 'name' })
  await recordAudit(tx, deps.clock, actor, 'fieldCreated', { fieldId: id, name: named.name, to: { type } })
  live({ event: { type: 'fields' }, seenBy: null })
  const [field] = await loadFields(tx, workspaceId, id)
  return field ?? fail('NOT_FOUND')
}
