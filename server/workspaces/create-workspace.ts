import type { InferContractRouterInputs } from '@orpc/contract'
import type { workspaces } from '#contract/workspaces.ts'
import { recordAudit } from '../activity/record-audit.ts'
import { answerOnce } from '../http/answer-once.ts'
import type { AccountContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { addMember } from './add-member.ts'
import { makeWorkspace } from './make-workspace.ts'

type Input = InferContractRouterInputs<typeof workspaces>['create']

/**
 * Another workspace, with whoever makes it as its Owner. Only for people who belong here: members of some workspace. What
 * makes a repeated request known is kept with their oldest membership.
 */
export async function createWorkspace({ deps, request, account }: AccountContext, input: Input) {
  return deps.db.transaction().execute(async (tx) => {
    const belongs = await tx
      .selectFrom('member')
      .select(['workspace_id as workspaceId', 'id as memberId'])
      .where('user_id', '=', account.userId)
      .where('removed_at', 'is', null)
      .orderBy('workspace_id')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst()
    if (belongs === undefined) return fail('FORBIDDEN', { reason: 'no-workspace' })
    const asked = { key: request.headers['idempotency-key'], path: ['workspaces', 'create'], input }
    return answerOnce(tx, deps.config.secret, belongs, asked, async () => {
      const workspaceId = await makeWorkspace(tx, deps.numbers, input)
      const person = { id: account.userId, name: account.name, email: account.email }
      const owner = { workspaceId, person, role: 'owner' as const, restrictions: [], teamId: null }
      const memberId = await addMember(tx, deps.numbers, owner)
      const actor = { workspaceId, memberId, via: 'member' as const, ip: request.ip }
      await recordAudit(tx, deps.clock, actor, 'workspaceCreated', { name: input.name })
      return { id: workspaceId }
    })
  })
}
