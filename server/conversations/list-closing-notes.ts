import type { ReadContext } from '../http/endpoint.ts'

/** The categories a conversation can be closed with, in the order they were made. */
export async function listClosingNotes({ db, actor }: Pick<ReadContext, 'db' | 'actor'>) {
  const items = await db
    .selectFrom('closing_note')
    .select(['id', 'category', 'description'])
    .where('workspace_id', '=', actor.workspaceId)
    .orderBy('id')
    .execute()
  return { items }
}
