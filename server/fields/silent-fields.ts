import type { Reader, Tx } from '../http/endpoint.ts'

/** The fields by which nobody is to be found, as numbers in digits. */
export async function silentFields(db: Reader | Tx, workspaceId: number): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('custom_field')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('searchable', '=', false)
    .execute()
  return new Set(rows.map(({ id }) => String(id)))
}
