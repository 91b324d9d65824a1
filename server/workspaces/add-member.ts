import type { Restriction, Role } from '#contract/policy.ts'
import type { Numbers } from '../db/numbers.ts'
import type { Tx } from '../http/endpoint.ts'

export interface NewMember {
  readonly workspaceId: number
  readonly person: { readonly id: string; readonly name: string; readonly email: string }
  readonly role: Role
  readonly restrictions: readonly Restriction[]
  readonly teamId: number | null
}

/** Makes a person a member; answers their number. Fails by unique index where they already are one. */
export async function addMember(tx: Tx, numbers: Numbers, input: NewMember): Promise<number> {
  const id = await numbers.next(input.workspaceId, 'member')
  await tx
    .insertInto('member')
    .values({
      workspace_id: input.workspaceId,
      id,
      user_id: input.person.id,
      name: input.person.name,
      email: input.person.email,
      role: input.role,
      restrictions: [...input.restrictions],
      team_id: input.teamId,
    })
    .execute()
  return id
}
