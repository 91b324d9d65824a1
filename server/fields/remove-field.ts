import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { countHolders } from './count-field.ts'
import type { ParsedInput } from './parsed-input.ts'

/** Takes a field out of the workspace, for whoever knows how many contacts hold a value; the values are swept behind that. */
export async function removeField(
  { tx, actor, deps, live, enqueue }: WriteContext,
  { fieldId, contacts }: ParsedInput<'remove'>,
): Promise<Record<string, never>> {
  const { workspaceId } = actor
  const field = await tx
    .selectFrom('custom_field')
    .select('name')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', fieldId)
    .forUpdate()
    .executeTakeFirst()
  if (field === undefined) return fail('NOT_FOUND')
  const current = await countHolders(tx, workspaceId, fieldId)
  if (current !== contacts) return fail('STALE', { fields: [{ field: 'contacts', current, by: null, at: null }] })
  await tx.deleteFrom('custom_field').where('workspace_id', '=', workspaceId).where('id', '=', fieldId).execute()
  await tx.deleteFrom('field_place').where('workspace_id', '=', workspaceId).where('key', '=', `#${fieldId}`).execute()
  await recordAudit(tx, deps.clock, actor, 'fieldRemoved', { fieldId, name: field.name, contacts })
  await enqueue('tidy-field', { workspaceId, fieldId })
  live({ event: { type: 'fields' }, seenBy: null })
  return {}
}
