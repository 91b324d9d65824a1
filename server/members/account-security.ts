import { sql } from 'kysely'
import type { AccountContext } from '../http/endpoint.ts'

interface SessionRow {
  id: string
  ip: string | null
  user_agent: string | null
  created_at: Date
  updated_at: Date
  current: boolean
}

/** Whether a second factor is on, and every session that stands. */
export async function accountSecurity({ deps, request, account }: AccountContext) {
  const token = deps.people.sessionToken(request)
  const person = await sql<{ on: boolean | null }>`
    select second_factor_on as on from auth.person where id = ${account.userId}`.execute(deps.db)
  const sessions = await sql<SessionRow>`
    select id, ip, user_agent, created_at, updated_at, token = ${token} as current
    from auth.session where person_id = ${account.userId} and expires_at > now()
    order by token = ${token} desc, updated_at desc limit 100`.execute(deps.db)
  return {
    email: account.email,
    secondFactor: person.rows[0]?.on ?? false,
    sessions: sessions.rows.map((row) => ({
      id: row.id,
      ip: row.ip,
      userAgent: row.user_agent,
      createdAt: row.created_at.toISOString(),
      seenAt: row.updated_at.toISOString(),
      current: row.current,
    })),
  }
}
