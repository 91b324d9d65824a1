import { sql } from 'kysely'
import type { AccountContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { endStreamsWithin } from './end-streams.ts'

/** Signs out one of the person's browsers, or with null every one but this. The API tokens are not sessions: they stay. */
export async function endSessions({ deps, request, account }: AccountContext, input: { sessionId: string | null }) {
  const token = deps.people.sessionToken(request)
  return deps.db.transaction().execute(async (tx) => {
    const ended = await sql`
      delete from auth.session where person_id = ${account.userId} and token <> ${token}
        and (${input.sessionId}::text is null or id = ${input.sessionId}) returning id`.execute(tx)
    if (input.sessionId !== null && ended.rows.length === 0) return fail('NOT_FOUND')
    await endStreamsWithin(tx, account.userId)
    return {}
  })
}
