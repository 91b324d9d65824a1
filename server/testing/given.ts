import type { Restriction, Role } from '#contract/policy.ts'
import { makeSignedInMember, makeTestWorkspace, type SignedInMember } from '../members/testing.ts'
import { connectClient, type Client } from './client.ts'
import type { TestServer } from './test-server.ts'

export interface GivenMember extends SignedInMember {
  /** The application's client, signed in as this member in this workspace. */
  readonly client: Client
  /** What a plain `fetch` needs to be this member. */
  readonly headers: Record<string, string>
}

export interface GivenWorkspace {
  readonly id: number
  readonly owner: GivenMember
  readonly manager: GivenMember
  readonly agent: GivenMember
}

interface MemberOptions {
  role?: Role
  restrictions?: readonly Restriction[]
  teamId?: number | null
  name?: string
  email?: string
}

/** A member of a workspace with a session, ready to ask over HTTP. */
export async function givenMember(
  server: TestServer,
  workspaceId: number,
  options: MemberOptions = {},
): Promise<GivenMember> {
  const member = await makeSignedInMember(server.deps, workspaceId, options)
  const headers = { cookie: member.cookie, 'x-ficha-workspace': String(workspaceId) }
  return { ...member, headers, client: connectClient(server.url, headers) }
}

/** A workspace with one member of each role. */
export async function givenWorkspace(server: TestServer): Promise<GivenWorkspace> {
  const id = await makeTestWorkspace(server.deps)
  return {
    id,
    owner: await givenMember(server, id, { role: 'owner', name: 'Olga Dueñas' }),
    manager: await givenMember(server, id, { role: 'manager', name: 'Mario Gerente' }),
    agent: await givenMember(server, id, { role: 'agent', name: 'Ana Agente' }),
  }
}
