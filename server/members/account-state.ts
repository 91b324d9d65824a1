import { sql, type Kysely } from 'kysely'
import type { DB } from '../db/tables.ts'
import type { PublicContext } from '../http/endpoint.ts'

/** What the first screen depends on. Asked once each time the web opens, which also lengthens a session in use. */
export async function accountState({ deps, request, replyHeaders }: PublicContext) {
  const account = await deps.people.findAccount(request)
  if (account !== null) {
    for (const cookie of await deps.people.keepSession(request)) replyHeaders.append('set-cookie', cookie)
  }
  return {
    firstRun: account === null && (await isFirstRun(deps.db)),
    mail: deps.mail !== null,
    signedIn: account !== null,
  }
}

/** Nobody has an account yet. */
export async function isFirstRun(db: Kysely<DB>): Promise<boolean> {
  const found = await sql`select 1 from auth.person limit 1`.execute(db)
  return found.rows.length === 0
}
