import { restrictionsOf, type Restriction, type Role } from '#contract/policy.ts'
import type { Tx } from '../http/endpoint.ts'
import { refuse } from '../http/fail.ts'

export interface GivenAccess {
  readonly role: Role
  readonly restrictions: readonly Restriction[]
  readonly teamId: number | null
}

/** Access that makes sense: restrictions the role can have, a team of this workspace. Answers it without repetitions. */
export async function checkAccess(tx: Tx, workspaceId: number, given: GivenAccess): Promise<GivenAccess> {
  const restrictions = [...new Set(given.restrictions)]
  const odd = restrictions.find((restriction) => !restrictionsOf[given.role].includes(restriction))
  if (odd !== undefined)
    return refuse('restrictions', 'not-for-role', `“${odd}” means nothing for the role ${given.role}.`)
  if (given.teamId === null) {
    if (restrictions.includes('onlyTeam'))
      return refuse('teamId', 'required', 'Choose the team whose contacts they see.')
    return { ...given, restrictions }
  }
  const team = await tx
    .selectFrom('team')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', given.teamId)
    // a team that is being removed at this moment must not get a new member
    .forShare()
    .executeTakeFirst()
  return team === undefined ? refuse('teamId', 'unknown', 'There is no such team.') : { ...given, restrictions }
}
