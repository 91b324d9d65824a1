import { randomUUID } from 'node:crypto'
import { hashPassword } from 'better-auth/crypto'
import type { Restriction, Role } from '#contract/policy.ts'
import type { Deps } from '../deps.ts'
import { makeWorkspace, type NewWorkspace } from '../workspaces/make-workspace.ts'
import { addMember } from '../workspaces/add-member.ts'
import { createApiToken } from './create-api-token.ts'
import { makePerson } from './make-person.ts'

type Parts = Pick<Deps, 'db' | 'numbers' | 'people'>

export interface SignedInMember {
  readonly workspaceId: number
  readonly memberId: number
  readonly userId: string
  readonly name: string
  readonly email: string
  /** A Cookie header. */
  readonly cookie: string
}

/** A workspace for a test, without members. */
export function makeTestWorkspace({ db, numbers }: Parts, input: Partial<NewWorkspace> = {}): Promise<number> {
  const shop: NewWorkspace = { name: 'Taller', defaultCountry: 'ES', timeZone: 'Europe/Madrid', language: 'es' }
  return db.transaction().execute((tx) => makeWorkspace(tx, numbers, { ...shop, ...input }))
}

/**
 * A member with a session of their own, made without a password: hashing one takes longer than the rest of a test. An
 * address that already has an account becomes a member with it.
 */
export async function makeSignedInMember(
  { db, numbers, people }: Parts,
  workspaceId: number,
  options: {
    role?: Role
    restrictions?: readonly Restriction[]
    teamId?: number | null
    name?: string
    email?: string
    userId?: string
  } = {},
): Promise<SignedInMember> {
  const { role = 'agent', restrictions = [], teamId = null, name = 'Ana Pruebas' } = options
  const email = options.email ?? `${role}-${randomUUID().slice(0, 8)}@example.com`
  return db.transaction().execute(async (tx) => {
    const userId = options.userId ?? (await makePerson(tx, { name, email, passwordHash: 'none', emailVerified: false }))
    if (userId === null) throw new Error(`${email} has an account: pass its userId`)
    const memberId = await addMember(tx, numbers, {
      workspaceId,
      person: { id: userId, name, email },
      role,
      restrictions,
      teamId,
    })
    const cookie = await people.openSession(tx, userId, { ip: '127.0.0.1', userAgent: 'test' })
    return { workspaceId, memberId, userId, name, email, cookie: cookie.slice(0, cookie.indexOf(';')) }
  })
}

/** An API token of a member, to be sent as `Authorization: Bearer …`. */
export function makeTestToken(
  deps: Pick<Deps, 'db' | 'numbers' | 'people' | 'clock'>,
  member: SignedInMember,
): Promise<string> {
  return createApiToken(deps, { email: member.email, workspaceId: member.workspaceId })
}

/** Somebody who signs in with a password. Hashing it takes a tenth of a second: only for tests about passwords. */
export async function makeMemberWithPassword(
  parts: Parts,
  workspaceId: number,
  options: { role?: Role; name?: string; email: string; password: string },
): Promise<{ userId: string; memberId: number }> {
  const { role = 'agent', name = 'Ana Pruebas', email, password } = options
  const passwordHash = await hashPassword(password)
  return parts.db.transaction().execute(async (tx) => {
    const userId = await makePerson(tx, { name, email, passwordHash, emailVerified: false })
    if (userId === null) throw new Error(`${email} has an account already`)
    const person = { id: userId, name, email }
    const memberId = await addMember(tx, parts.numbers, { workspaceId, person, role, restrictions: [], teamId: null })
    return { userId, memberId }
  })
}
