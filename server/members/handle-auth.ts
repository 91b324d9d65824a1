import { ORPCError } from '@orpc/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import type { DB } from '../db/tables.ts'
import { databaseRefusal } from '../http/database-refusal.ts'
import { fail } from '../http/fail.ts'
import { accountLimit, knownBrowserLimit, mailLimit, networkLimit, personLimit } from './attempt-limits.ts'
import { authDoors, type AuthDoor } from './auth-doors.ts'
import { endStreamsOf } from './end-streams.ts'
import { findAccount, refuseForeignOrigin, type Keys } from './find-actor.ts'
import { markKnownBrowser, readKnownBrowser } from './known-browser.ts'
import { networkOf } from './network-of.ts'
import { rebuildRequest } from './rebuild-request.ts'
import { signInAddress } from './sign-in-address.ts'
import type { SignInLibrary } from './sign-in-library.ts'
import { countAttempt, forgiveAttempts, type AttemptLimit } from './throttle.ts'

export interface AuthParts {
  readonly db: Kysely<DB>
  readonly library: SignInLibrary
  readonly keys: Keys
  readonly knownBrowserKey: string
}

type Body = Record<string, unknown>
const asBody = (value: unknown): Body =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Body) : {}

/**
 * One request to the sign-in library: is this door open, does the request come from our own pages, are attempts left?
 * Then the library sees a request made anew: only the fields the door takes, only the headers it needs, the caller's
 * address as we know it.
 */
export async function handleAuth(parts: AuthParts, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  try {
    return await passOn(parts, request, reply)
  } catch (error) {
    const refusal = error instanceof ORPCError ? error : databaseRefusal(error)
    if (refusal === null) throw error
    const { status, code, message, data } = refusal
    return reply.code(status).send({ code, message, ...(data === undefined ? {} : { data }) })
  }
}

async function passOn(parts: AuthParts, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { db, keys } = parts
  const path = request.url.replace(/\?.*$/s, '').slice('/auth'.length)
  const name = `${request.method} ${path}`
  const door = Object.hasOwn(authDoors, name) ? authDoors[name] : undefined
  if (door === undefined) return fail('NOT_FOUND')
  refuseForeignOrigin(request, keys)

  const given = asBody(request.body)
  const body: Body = { ...Object.fromEntries(door.fields.map((field) => [field, given[field]])), ...door.always }
  const address = typeof body.email === 'string' ? signInAddress(body.email) : null
  if (door.fields.includes('email')) {
    if (address === null)
      return reply.code(400).send({ code: 'INVALID_EMAIL', message: 'This is not an e-mail address we can use.' })
    body.email = address
  }

  const person = door.counts === 'ownPassword' || door.endsSessions ? await findAccount(db, request, keys) : null
  const limits = limitsOf(parts, door, request, address, person?.userId ?? null)
  const wait = await countAttempt(db, limits)
  if (wait !== null) {
    reply.header('retry-after', wait)
    return fail('TOO_MANY_REQUESTS', { retryAfterSeconds: wait })
  }

  const answer = await parts.library.handler(rebuildRequest(request, path, body))
  if (answer.status >= 500) throw new Error(`the sign-in library answered ${answer.status} to ${name}`)
  const text = await answer.text()
  const result = asBody(text === '' ? {} : JSON.parse(text))
  for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie)
  reply.header('cache-control', 'no-store').code(answer.status)
  if (!answer.ok) return reply.send({ code: result.code ?? 'BAD_REQUEST', message: result.message ?? '' })

  await forgiveAttempts(db, limits)
  if (door.counts === 'password' && address !== null)
    reply.header('set-cookie', markKnownBrowser(address, { key: parts.knownBrowserKey, secure: keys.secure }))
  if (door.endsSessions && person !== null) await endStreamsOf(db, person.userId)
  return reply.send(door.answer(result))
}

function limitsOf(
  parts: AuthParts,
  door: AuthDoor,
  request: FastifyRequest,
  address: string | null,
  personId: string | null,
): AttemptLimit[] {
  const network = networkLimit(networkOf(request.ip))
  if (door.counts === 'ownPassword') return personId === null ? [network] : [network, personLimit(personId)]
  if (address === null) return door.endsSessions ? [] : [network]
  if (door.counts === 'mail') return [network, mailLimit(address)]
  const browser = readKnownBrowser(request.headers.cookie, address, {
    key: parts.knownBrowserKey,
    secure: parts.keys.secure,
  })
  return [network, browser === null ? accountLimit(address) : knownBrowserLimit(address, browser)]
}
