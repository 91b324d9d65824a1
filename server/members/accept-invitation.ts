import { hashPassword } from 'better-auth/crypto'
import type { InferContractRouterInputs } from '@orpc/contract'
import type { account } from '#contract/members.ts'
import { recordAudit } from '../activity/record-audit.ts'
import { notify } from '../db/notify.ts'
import type { Account, PublicContext, Tx } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { addMember } from '../workspaces/add-member.ts'
import { browserOf } from './browser-of.ts'
import { findInvitation } from './find-invitation.ts'
import { makePerson } from './make-person.ts'
import { refuseTooMany } from './refuse-too-many.ts'
import { findPerson } from './show-invitation.ts'

type Input = InferContractRouterInputs<typeof account>['acceptInvitation']
type Invitation = Awaited<ReturnType<typeof findInvitation>>

/**
 * Makes the invited person a member: with the account they are signed in to, which must be the invited address's own, or
 * with a new account. A link never signs anybody in to an account that exists.
 */
export async function acceptInvitation({ deps, request, replyHeaders }: PublicContext, input: Input) {
  await refuseTooMany(deps.db, request.ip)
  const invitation = await findInvitation(deps.db, input.token, new Date())
  const account = await deps.people.findAccount(request)
  const newcomer = account === null ? await readNewcomer(deps.db, invitation, input) : null

  return deps.db.transaction().execute(async (tx) => {
    await claim(tx, invitation)
    const person = newcomer === null ? admitAccount(invitation, account) : await admitNewcomer(tx, invitation, newcomer)
    const memberId = await join(tx, deps, invitation, person)
    await tx
      .updateTable('invitation')
      .set({ accepted_at: new Date(), accepted_by: memberId })
      .where('workspace_id', '=', invitation.workspace_id)
      .where('id', '=', invitation.id)
      .execute()
    const actor = { workspaceId: invitation.workspace_id, memberId, via: 'member' as const, ip: request.ip }
    await recordAudit(tx, deps.clock, actor, 'invitationAccepted', {
      invitationId: invitation.id,
      name: person.name,
      to: { role: invitation.role },
    })
    await notify(tx, [{ workspaceId: invitation.workspace_id, event: { type: 'members' }, seenBy: null }])
    if (newcomer !== null)
      replyHeaders.append('set-cookie', await deps.people.openSession(tx, person.id, browserOf(request)))
    return { workspaceId: invitation.workspace_id }
  })
}

interface Newcomer {
  name: string
  passwordHash: string
}

async function readNewcomer(
  db: Parameters<typeof findPerson>[0],
  { email }: Invitation,
  input: Input,
): Promise<Newcomer> {
  if ((await findPerson(db, email)) !== null) return fail('CONFLICT', { reason: 'sign-in-first' })
  const { name, password } = input
  if (name !== undefined && password !== undefined) return { name, passwordHash: await hashPassword(password) }
  const missing = [...(name === undefined ? ['name'] : []), ...(password === undefined ? ['password'] : [])]
  return fail('BAD_REQUEST', {
    fields: missing.map((path) => ({ path, reason: 'required', message: 'Needed to make your account.' })),
  })
}

/** Two who use one link at once: the second waits here, then finds nothing. */
async function claim(tx: Tx, invitation: Invitation): Promise<void> {
  const open = await tx
    .selectFrom('invitation')
    .select('id')
    .where('workspace_id', '=', invitation.workspace_id)
    .where('id', '=', invitation.id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (open === undefined) fail('NOT_FOUND')
}

function admitAccount(invitation: Invitation, account: Account | null) {
  if (account === null || account.email !== invitation.email) return fail('CONFLICT', { reason: 'other-account' })
  return { id: account.userId, name: account.name, email: account.email }
}

async function admitNewcomer(tx: Tx, { email, mailed }: Invitation, { name, passwordHash }: Newcomer) {
  const id = await makePerson(tx, { name, email, passwordHash, emailVerified: mailed })
  return id === null ? fail('CONFLICT', { reason: 'sign-in-first' }) : { id, name, email }
}

/** Their number as a member; whoever is one already stays as they are. */
async function join(
  tx: Tx,
  { numbers }: PublicContext['deps'],
  invitation: Invitation,
  person: { id: string; name: string; email: string },
): Promise<number> {
  const member = await tx
    .selectFrom('member')
    .select('id')
    .where('workspace_id', '=', invitation.workspace_id)
    .where('user_id', '=', person.id)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (member !== undefined) return member.id
  const { workspace_id: workspaceId, role, restrictions, team_id: teamId } = invitation
  return addMember(tx, numbers, { workspaceId, person, role, restrictions, teamId })
}
