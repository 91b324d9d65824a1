import type { FastifyRequest } from 'fastify'
import { sql, type Kysely } from 'kysely'
import type { Restriction, Role } from '#contract/policy.ts'
import type { DB } from '../db/tables.ts'
import type { Account, Actor } from '../http/endpoint.ts'
import { prepared } from '../db/prepared.ts'
import { fail, refuse } from '../http/fail.ts'
import { apiTokenHash, readApiToken } from './api-token-text.ts'
import { isOwnOrigin } from './own-origin.ts'
import { readSessionCookie } from './session-cookie.ts'

export interface Keys {
  readonly secret: string
  readonly secure: boolean
  readonly apiTokenKey: string
  readonly publicUrl: string | null
}

interface FoundMember {
  workspace_id: number
  id: number
  name: string
  role: Role
  restrictions: Restriction[]
  team_id: number | null
}

/**
 * The session token of a request's cookie. A request that changes something and was sent by another site's page is
 * refused here, whatever it asks for: cookies travel along without anybody meaning it.
 */
export function sessionTokenOf(request: FastifyRequest, keys: Keys): string | null {
  const token = readSessionCookie(request.headers.cookie, keys)
  if (token !== null) refuseForeignOrigin(request, keys)
  return token
}

export function refuseForeignOrigin(request: FastifyRequest, keys: Pick<Keys, 'publicUrl'>): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const own = `${request.protocol}://${request.host}`
  if (!isOwnOrigin(request.headers.origin, own, keys.publicUrl)) fail('FORBIDDEN', { reason: 'foreign-origin' })
}

export async function findAccount(db: Kysely<DB>, request: FastifyRequest, keys: Keys): Promise<Account | null> {
  const token = sessionTokenOf(request, keys)
  if (token === null) return null
  const found = await sql<Account>`${prepared}
    select p.id as "userId", p.email, p.name
    from auth.session s join auth.person p on p.id = s.person_id
    where s.token = ${token} and s.expires_at > now()`.execute(db)
  return found.rows[0] ?? null
}

/** One query, by session or by API token. */
export async function findActor(
  db: Kysely<DB>,
  request: FastifyRequest,
  keys: Keys,
  workspaceId: number | null,
): Promise<Actor> {
  const wanted = workspaceId ?? workspaceHeader(request)
  if (request.headers.authorization !== undefined) return findByApiToken(db, request, keys, wanted)

  const token = sessionTokenOf(request, keys)
  if (token === null) return fail('UNAUTHENTICATED')
  const found = await sql<{ user_id: string } & (FoundMember | { id: null })>`${prepared}
    select s.person_id as user_id, m.workspace_id, m.id, m.name, m.role, m.restrictions, m.team_id
    from auth.session s
    left join member m on m.user_id = s.person_id and m.removed_at is null
      and (${wanted}::bigint is null or m.workspace_id = ${wanted}::bigint)
    where s.token = ${token} and s.expires_at > now() limit 2`.execute(db)
  const [member, another] = found.rows
  if (member === undefined) return fail('UNAUTHENTICATED')
  if (another !== undefined)
    return refuse('x-ficha-workspace', 'required', 'You belong to several workspaces: name one in this header.')
  if (member.id === null) return fail('NOT_FOUND')
  return { ...access(member), userId: member.user_id, via: 'member', ip: request.ip }
}

async function findByApiToken(
  db: Kysely<DB>,
  request: FastifyRequest,
  keys: Keys,
  wanted: number | null,
): Promise<Actor> {
  const headers = request.raw.rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'authorization')
  const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const claims = token === undefined || headers.length > 1 ? null : readApiToken(token, keys.apiTokenKey)
  if (token === undefined || claims === null) return fail('UNAUTHENTICATED')
  const found = await sql<FoundMember & { user_id: string; stale: boolean }>`${prepared}
    select m.workspace_id, m.id, m.name, m.role, m.restrictions, m.team_id, m.user_id,
      t.last_used_at is null or t.last_used_at < now() - interval '1 minute' as stale
    from api_token t join member m on m.workspace_id = t.workspace_id and m.id = t.member_id and m.removed_at is null
    where t.workspace_id = ${claims.spaceId} and t.token_hash = ${apiTokenHash(token)} and t.revoked_at is null`.execute(
    db,
  )
  const member = found.rows[0]
  if (member === undefined) return fail('UNAUTHENTICATED')
  if (wanted !== null && wanted !== member.workspace_id) return fail('NOT_FOUND')
  if (member.stale) {
    // at most once a minute, and by one of those who see it due: a busy integration must not write for each call
    await sql`update api_token set last_used_at = now() where workspace_id = ${claims.spaceId} and id = ${claims.id}
      and (last_used_at is null or last_used_at < now() - interval '1 minute')`.execute(db)
  }
  return { ...access(member), userId: member.user_id, via: 'api', ip: request.ip }
}

function workspaceHeader(request: FastifyRequest): number | null {
  const header = request.headers['x-ficha-workspace']
  if (header === undefined) return null
  if (typeof header !== 'string' || !/^[1-9]\d{0,14}$/.test(header))
    return refuse('x-ficha-workspace', 'format', 'This header holds the number of a workspace.')
  return Number(header)
}

const access = (member: FoundMember) => ({
  workspaceId: member.workspace_id,
  memberId: member.id,
  name: member.name,
  role: member.role,
  restrictions: member.restrictions,
  teamId: member.team_id,
})
