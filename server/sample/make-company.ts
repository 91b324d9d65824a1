import { randomBytes } from 'node:crypto'
import { hashPassword } from 'better-auth/crypto'
import type { Role } from '#contract/policy.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { createApiToken } from '../members/create-api-token.ts'
import { makePerson } from '../members/make-person.ts'
import { Refusal } from '../refusal.ts'
import { addMember } from '../workspaces/add-member.ts'
import { makeWorkspace } from '../workspaces/make-workspace.ts'
import { company } from './company.ts'
import { fillWorkspace } from './fill-workspace.ts'

export interface SampleCompany {
  readonly workspaceId: number
  readonly members: readonly { email: string; password: string; role: Role; token: string }[]
}

/** The sample company in a workspace of its own, with members who can sign in. All or nothing. */
export async function makeSampleCompany(deps: Deps): Promise<SampleCompany> {
  const people = await Promise.all(
    company.members.map(async (member) => {
      const password = randomBytes(9).toString('base64url')
      return { ...member, password, passwordHash: await hashPassword(password) }
    }),
  )
  const workspaceId = await deps.db.transaction().execute(async (tx) => {
    const id = await makeWorkspace(tx, deps.numbers, {
      name: company.name,
      defaultCountry: company.defaultCountry,
      timeZone: company.timeZone,
      language: 'es',
    })
    const teams = await makeTeams(tx, deps, id)
    for (const { name, email, passwordHash, role, team } of people) {
      const userId = await makePerson(tx, { name, email, passwordHash, emailVerified: true })
      if (userId === null) throw new Refusal(`${email} has an account already: the sample company is here.`)
      await addMember(tx, deps.numbers, {
        workspaceId: id,
        person: { id: userId, name, email },
        role,
        restrictions: [],
        teamId: team === null ? null : (teams.get(team) ?? null),
      })
    }
    return id
  })
  await fillWorkspace(deps, workspaceId)
  const members = []
  for (const { email, password, role } of people) {
    members.push({ email, password, role, token: await createApiToken(deps, { email, workspaceId, name: 'sample' }) })
  }
  return { workspaceId, members }
}

async function makeTeams(tx: Tx, deps: Deps, workspaceId: number): Promise<Map<string, number>> {
  const first = await deps.numbers.next(workspaceId, 'team', company.teams.length)
  await tx
    .insertInto('team')
    .values(company.teams.map((name, at) => ({ workspace_id: workspaceId, id: first + at, name })))
    .execute()
  return new Map(company.teams.map((name, at) => [name, first + at]))
}
