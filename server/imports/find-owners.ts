import type { Reader, Tx } from '../http/endpoint.ts'

/** Who has a contact, and its conversation. */
export interface Owner {
  readonly assigneeId: number | null
  readonly conversationId: number | null
}

/** The same of several contacts, by number. */
export async function findOwners(
  db: Reader | Tx,
  workspaceId: number,
  contactIds: readonly number[],
): Promise<Map<number, Owner>> {
  if (contactIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('contact_state')
    .select(['contact_id', 'assignee_id', 'conversation_id'])
    .where('workspace_id', '=', workspaceId)
    .where('contact_id', 'in', contactIds)
    .execute()
  return new Map(
    rows.map((row) => [row.contact_id, { assigneeId: row.assignee_id, conversationId: row.conversation_id }]),
  )
}
