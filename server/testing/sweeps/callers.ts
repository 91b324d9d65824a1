import { can, restrictionsOf, type Access, type Restriction, type Role } from '#contract/policy.ts'
import type { Shop } from '../../conversations/testing.ts'
import { makeTestToken } from '../../members/testing.ts'
import type { Endpoint } from '../every-endpoint.ts'
import { givenMember, type GivenMember } from '../given.ts'
import type { TestServer } from '../test-server.ts'

/** Somebody who asks. */
export interface Caller {
  readonly name: string
  readonly headers: Record<string, string>
  /** What they are in the workspace that is asked for, or why they are nothing in it. */
  readonly access: Access | 'of elsewhere' | 'unknown'
  /** Signed in as a person? An API token stands for a member, not for an account. */
  readonly session: boolean
}

/** The answer that the policy promises wherever the rows named are ones this caller may see. */
export function promisedStatus({ action }: Endpoint, { access, session }: Caller): 200 | 401 | 403 | 404 {
  if (action === 'public') return 200
  if (action === 'account') return session ? 200 : 401
  if (access === 'unknown') return 401
  if (access === 'of elsewhere') return 404
  return can(access, action) ? 200 : 403
}

/** One caller of each kind there is; members of `outside` ask for what is not theirs. */
export async function givenCallers(server: TestServer, { id }: Shop, outside: Shop): Promise<Caller[]> {
  const inside = async (name: string, role: Role, restrictions: readonly Restriction[] = []) => {
    const member = await givenMember(server, id, { role, restrictions, name })
    const access = { memberId: member.memberId, role, restrictions, teamId: null }
    return { member, caller: { name, headers: member.headers, access, session: true } }
  }
  const bearer = async (member: GivenMember) => ({
    authorization: `Bearer ${await makeTestToken(server.deps, member)}`,
  })

  const owner = await inside('an Owner', 'owner')
  const manager = await inside('a Manager', 'manager')
  const limited = await inside('a Manager under every restriction', 'manager', restrictionsOf.manager)
  const agent = await inside('an Agent', 'agent')
  const narrowed = await inside('an Agent who sees only their own', 'agent', ['onlyMine'])
  const former = await inside('an Owner', 'owner')
  const revoked = await bearer(former.member)
  await server.deps.db
    .updateTable('api_token')
    .set({ revoked_at: new Date() })
    .where('workspace_id', '=', id)
    .where('member_id', '=', former.member.memberId)
    .execute()
  const here = { 'x-ficha-workspace': String(id) }
  return [
    ...[owner, manager, limited, agent, narrowed].map(({ caller }) => caller),
    { ...owner.caller, name: 'an Owner’s token', headers: await bearer(owner.member), session: false },
    { ...narrowed.caller, name: 'a narrowed Agent’s token', headers: await bearer(narrowed.member), session: false },
    { name: 'an Owner’s revoked token', headers: revoked, access: 'unknown', session: false },
    {
      name: 'an Owner of elsewhere',
      headers: { ...outside.owner.headers, ...here },
      access: 'of elsewhere',
      session: true,
    },
    {
      name: 'the token of an Owner of elsewhere',
      headers: { ...(await bearer(outside.owner)), ...here },
      access: 'of elsewhere',
      session: false,
    },
    { name: 'nobody', headers: {}, access: 'unknown', session: false },
  ]
}
