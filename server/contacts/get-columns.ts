import type { Column } from '#contract/contacts.ts'
import type { ReadContext } from '../http/endpoint.ts'

/** The member's own columns; null as long as they have chosen none. */
export async function getColumns({ db, actor }: ReadContext): Promise<{ items: Column[] | null }> {
  const row = await db
    .selectFrom('contact_columns')
    .select('columns')
    .where('workspace_id', '=', actor.workspaceId)
    .where('member_id', '=', actor.memberId)
    .executeTakeFirst()
  return { items: (row?.columns as Column[] | undefined) ?? null }
}
