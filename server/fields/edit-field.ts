import type { CustomField } from '#contract/fields.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail, refuse } from '../http/fail.ts'
import { readFieldName, readOptions } from './field-name.ts'
import { loadFields } from './list-fields.ts'
import type { ParsedInput } from './parsed-input.ts'

/** Another name, description or choice. Whoever holds a value goes on holding it. */
export async function editField(
  { tx, actor, deps, live, enqueue }: WriteContext,
  { fieldId, name, description, options, searchable }: ParsedInput<'edit'>,
): Promise<CustomField> {
  const { workspaceId } = actor
  const here = tx.selectFrom('custom_field').where('workspace_id', '=', workspaceId)
  const before = await here.selectAll().where('id', '=', fieldId).forUpdate().executeTakeFirst()
  if (before === undefined) return fail('NOT_FOUND')
  if (options !== undefined && before.type !== 'list')
    return refuse('options', 'unexpected', 'Only a list has options.')
  const named = name === undefined ? null : readFieldName(name)
  if (named !== null) {
    const other = await here
      .select('id')
      .where('name_key', '=', named.name_key)
      .where('id', '<>', fieldId)
      .executeTakeFirst()
    if (other !== undefined) return fail('CONFLICT', { reason: 'name-taken', field: 'name' })
  }
  const after = {
    name: named?.name ?? before.name,
    name_key: named?.name_key ?? before.name_key,
    description: description ?? before.description,
    options: options === undefined ? before.options : readOptions(options),
    searchable: searchable ?? before.searchable,
  }
  const isSame = (column: keyof typeof after) => JSON.stringify(after[column]) === JSON.stringify(before[column])
  if (!(['name', 'description', 'options', 'searchable'] as const).every(isSame)) {
    await tx
      .updateTable('custom_field')
      .set(after)
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', fieldId)
      .execute()
    await recordAudit(tx, deps.clock, actor, 'fieldEdited', {
      fieldId,
      name: after.name,
      from: shown(before),
      to: shown(after),
    })
    live({ event: { type: 'fields' }, seenBy: null })
    if (after.searchable !== before.searchable) await enqueue('find-by-field', { workspaceId, fieldId })
  }
  const [field] = await loadFields(tx, workspaceId, fieldId)
  return field ?? fail('NOT_FOUND')
}

const shown = ({
  name,
  description,
  options,
  searchable,
}: Pick<CustomField, 'name' | 'description' | 'options' | 'searchable'>) => ({
  name,
  description,
  options,
  searchable,
})
