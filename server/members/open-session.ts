import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../http/endpoint.ts'
import { sessionSeconds, writeSessionCookie } from './session-cookie.ts'

/** Signs a person in within the transaction that made them, or let them in; answers the Set-Cookie line. */
export async function openSession(
  tx: Tx,
  personId: string,
  browser: { ip: string; userAgent: string },
  cookie: { secret: string; secure: boolean },
): Promise<string> {
  const token = randomBytes(24).toString('base64url')
  await sql`insert into auth.session (id, person_id, token, expires_at, ip, user_agent)
    values (${randomUUID()}, ${personId}, ${token}, now() + make_interval(secs => ${sessionSeconds}), ${browser.ip}, ${browser.userAgent})`.execute(
    tx,
  )
  return writeSessionCookie(token, cookie)
}
