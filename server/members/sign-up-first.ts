import { hashPassword } from 'better-auth/crypto'
import type { InferContractRouterInputs } from '@orpc/contract'
import { sql } from 'kysely'
import type { account } from '#contract/members.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { PublicContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { makeWorkspace } from '../workspaces/make-workspace.ts'
import { isFirstRun } from './account-state.ts'
import { addMember } from '../workspaces/add-member.ts'
import { browserOf } from './browser-of.ts'
import { makePerson } from './make-person.ts'
import { needAddress } from './need-address.ts'
import { refuseTooMany } from './refuse-too-many.ts'

type Input = InferContractRouterInputs<typeof account>['signUpFirst']

/** The installation's first person, Owner of its first workspace. Of several at once, one succeeds. */
export async function signUpFirst({ deps, request, replyHeaders }: PublicContext, input: Input) {
  await refuseTooMany(deps.db, request.ip)
  const email = needAddress(input.email)
  if (!(await isFirstRun(deps.db))) return fail('CONFLICT', { reason: 'not-first-run' })
  const passwordHash = await hashPassword(input.password)

  return deps.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('ficha first run'))`.execute(tx)
    if (!(await isFirstRun(tx))) return fail('CONFLICT', { reason: 'not-first-run' })
    const id = await makePerson(tx, { name: input.name, email, passwordHash, emailVerified: false })
    if (id === null) return fail('CONFLICT', { reason: 'not-first-run' })
    const workspaceId = await makeWorkspace(tx, deps.numbers, { ...input, name: input.workspaceName })
    const person = { id, name: input.name, email }
    const memberId = await addMember(tx, deps.numbers, {
      workspaceId,
      person,
      role: 'owner',
      restrictions: [],
      teamId: null,
    })
    const actor = { workspaceId, memberId, via: 'member' as const, ip: request.ip }
    await recordAudit(tx, deps.clock, actor, 'workspaceCreated', { name: input.workspaceName })
    replyHeaders.append('set-cookie', await deps.people.openSession(tx, id, browserOf(request)))
    return { workspaceId }
  })
}
