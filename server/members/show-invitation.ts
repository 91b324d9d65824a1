import { sql, type Kysely } from 'kysely'
import type { DB } from '../db/tables.ts'
import type { PublicContext } from '../http/endpoint.ts'
import { findInvitation } from './find-invitation.ts'
import { refuseTooMany } from './refuse-too-many.ts'

/** What an invitation says to whoever holds its link. */
export async function showInvitation({ deps, request }: PublicContext, { token }: { token: string }) {
  await refuseTooMany(deps.db, request.ip)
  const invitation = await findInvitation(deps.db, token, new Date())
  const account = await deps.people.findAccount(request)
  return {
    workspaceName: invitation.workspace_name,
    email: invitation.email,
    role: invitation.role,
    invitedBy: invitation.inviter_name,
    hasAccount: (await findPerson(deps.db, invitation.email)) !== null,
    signedInAs: account?.email ?? null,
  }
}

/** The account of an address in its one spelling. */
export async function findPerson(db: Kysely<DB>, email: string): Promise<{ id: string; name: string } | null> {
  const found = await sql<{
    id: string
    name: string
  }>`select id, name from auth.person where email = ${email}`.execute(db)
  return found.rows[0] ?? null
}
