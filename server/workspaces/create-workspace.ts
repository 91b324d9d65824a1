import type { InferContractRouterInputs } from '@orpc/contract'
import type { workspaces } from '#contract/workspaces.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { AccountContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { addMember } from './add-member.ts'
import { makeWorkspace } from './make-workspace.ts'

type Input = InferContractRouterInputs<typeof workspaces>['create']

/** Another workspace, with whoever makes it as its Owner. Only for people who belong here: members of some workspace. */
export async function createWorkspace({ deps, request, account }: AccountContext, input: Input) {
  return deps.db.transaction().execute(async (tx) => {
    const belongs = await tx
      .selectFrom('member')
      .select('id')
      .where('user_id', '=', account.userId)
      .where('removed_at', 'is', null)
      .executeTakeFirst()
    if (belongs === undefined) return fail('FORBIDDEN', { reason: 'no-workspace' })
    const workspaceId = await makeWorkspace(tx, deps.numbers, input)
    const person = { id: account.userId, name: account.name, email: account.email }
    const memberId = await addMember(tx, deps.numbers, {
      workspaceId,
      person,
      role: 'owner',
      restrictions: [],
      teamId: null,
    })
    const actor = { workspaceId, memberId, via: 'member' as const, ip: request.ip }
    await recordAudit(tx, deps.clock, actor, 'workspaceCreated', { name: input.name })
    return { id: workspaceId }
  })
}
