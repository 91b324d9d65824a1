import type { ReadContext } from '../http/endpoint.ts'
import { invitationOf, openInvitations } from './invitation-row.ts'

/** Open invitations, newest first; their links were shown when they were made. */
export async function listInvitations({ db, actor }: ReadContext) {
  const rows = await openInvitations(db, actor.workspaceId).orderBy('i.created_at', 'desc').execute()
  return { items: rows.map((row) => invitationOf(row, null)) }
}
