import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { connectClient, type Client } from '../testing/client.ts'
import { makeMemberWithPassword, makeSignedInMember, makeTestWorkspace } from './testing.ts'
import { openBrowser, password } from './testing-browser.ts'

let server: TestServer
let workspaceId: number
let owner: Client
let manager: Client
let ownerId: number

beforeAll(async () => {
  server = await startTestServer()
  workspaceId = await makeTestWorkspace(server.deps, { name: 'Taller Prats' })
  const first = await makeSignedInMember(server.deps, workspaceId, { role: 'owner', name: 'Ana Prats' })
  ownerId = first.memberId
  owner = connectClient(server.url, { cookie: first.cookie })
  const second = await makeSignedInMember(server.deps, workspaceId, { role: 'manager', name: 'Leo Rius' })
  manager = connectClient(server.url, { cookie: second.cookie })
})
afterAll(() => server.close())

let count = 0
const newAddress = () => `invited${++count}@example.com`
const agent = { role: 'agent' as const, restrictions: [], teamId: null }
const tokenOf = (link: string | null) => /\/invite#([\w-]{43})$/.exec(link ?? '')?.[1] ?? ''
const invite = async (by: Client, email = newAddress()) => {
  const invitation = await by.invitations.create({ ...agent, email })
  return { ...invitation, token: tokenOf(invitation.link) }
}

test('without mail the link is shown once to whoever invites; only its hash is kept', async () => {
  const { id, token } = await invite(owner)
  expect(token).not.toBe('')
  const { items } = await owner.invitations.list()
  expect(items.find((one) => one.id === id)).toMatchObject({ link: null, invitedBy: 'Ana Prats', role: 'agent' })
  const { rows } = await sql<{ row: string }>`select invitation::text as row from invitation`.execute(server.deps.db)
  expect(rows.map((each) => each.row).join()).not.toContain(token)
})

test('somebody new makes an account with the invited address and is signed in as a member', async () => {
  const { email, token } = await invite(owner)
  const browser = openBrowser(server.url)
  expect(await browser.client.account.invitation({ token })).toEqual({
    workspaceName: 'Taller Prats',
    email,
    role: 'agent',
    invitedBy: 'Ana Prats',
    hasAccount: false,
    signedInAs: null,
  })
  await expect(browser.client.account.acceptInvitation({ token })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    data: { fields: [{ path: 'name' }, { path: 'password' }] },
  })
  expect(await browser.client.account.acceptInvitation({ token, name: 'Eva Sol', password })).toEqual({ workspaceId })
  expect((await browser.client.workspaces.get()).me).toMatchObject({ name: 'Eva Sol', email, role: 'agent' })
  await expect(openBrowser(server.url).client.account.invitation({ token })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('an account that exists accepts signed in, and nobody else’s account does', async () => {
  const email = newAddress()
  const elsewhere = await makeTestWorkspace(server.deps, { name: 'Otro' })
  await makeMemberWithPassword(server.deps, elsewhere, { email, password, role: 'owner' })
  const { token } = await invite(owner, email)

  const browser = openBrowser(server.url)
  expect(await browser.client.account.invitation({ token })).toMatchObject({ hasAccount: true, signedInAs: null })
  await expect(
    browser.client.account.acceptInvitation({ token, name: 'Mallory', password: 'attacker’s choice' }),
  ).rejects.toMatchObject({ code: 'CONFLICT', data: { reason: 'sign-in-first' } })
  const other = await makeSignedInMember(server.deps, elsewhere, { name: 'Other' })
  await expect(
    connectClient(server.url, { cookie: other.cookie }).account.acceptInvitation({ token }),
  ).rejects.toMatchObject({ code: 'CONFLICT', data: { reason: 'other-account' } })

  await browser.send('POST', '/auth/sign-in/email', { email, password })
  expect(await browser.client.account.acceptInvitation({ token })).toEqual({ workspaceId })
  expect((await browser.client.workspaces.list()).items.map((one) => one.name)).toEqual(['Otro', 'Taller Prats'])
  await expect(browser.client.workspaces.get()).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    data: { fields: [{ path: 'x-ficha-workspace', reason: 'required' }] },
  })
})

test('one link makes one member, however many use it at once', async () => {
  const { token, email } = await invite(owner)
  const outcomes = await Promise.allSettled(
    Array.from({ length: 5 }, () =>
      openBrowser(server.url).client.account.acceptInvitation({ token, name: 'Eva', password }),
    ),
  )
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
  expect((await owner.members.list()).items.filter((member) => member.email === email)).toHaveLength(1)
})

test.each(['revoked', 'renewed', 'too old', 'from somebody removed', 'from somebody who may no longer invite'])(
  'a link that is %s is not there',
  async (how) => {
    const inviter = await makeSignedInMember(server.deps, workspaceId, { role: 'manager', name: 'Former' })
    const { id, token } = await invite(connectClient(server.url, { cookie: inviter.cookie }))
    if (how === 'revoked') await owner.invitations.revoke({ invitationId: id })
    if (how === 'renewed') await owner.invitations.renew({ invitationId: id })
    if (how === 'too old')
      await server.deps.db
        .updateTable('invitation')
        .set({ expires_at: new Date(Date.now() - 1000) })
        .where('id', '=', id)
        .execute()
    if (how === 'from somebody removed') await owner.members.remove({ memberId: inviter.memberId })
    if (how === 'from somebody who may no longer invite')
      await owner.members.updateAccess({ memberId: inviter.memberId, ...agent })
    const { client } = openBrowser(server.url)
    await expect(client.account.invitation({ token })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(client.account.acceptInvitation({ token, name: 'Eva', password })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  },
)

test('renewing gives a link that works', async () => {
  const { id } = await invite(owner)
  const { link } = await owner.invitations.renew({ invitationId: id })
  expect(await openBrowser(server.url).client.account.invitation({ token: tokenOf(link) })).toMatchObject({
    role: 'agent',
  })
})

test('a term is seven days', async () => {
  const { createdAt, expiresAt } = await invite(owner)
  expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(7 * 24 * 3600 * 1000)
})

test('managers invite agents only, and handle agents’ invitations only', async () => {
  await expect(manager.invitations.create({ ...agent, role: 'manager', email: newAddress() })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  const made = await owner.invitations.create({ ...agent, role: 'owner', email: newAddress() })
  await expect(manager.invitations.renew({ invitationId: made.id })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(manager.invitations.revoke({ invitationId: made.id })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  expect((await invite(manager)).token).not.toBe('')
})

test('a member and an address already invited are not invited again; an invitation that ran out makes room', async () => {
  const { email, id } = await invite(owner)
  await expect(invite(owner, email.toUpperCase())).rejects.toMatchObject({
    code: 'CONFLICT',
    data: { reason: 'already-invited' },
  })
  const { items } = await owner.members.list()
  const member = items.find((one) => one.id === ownerId)
  await expect(invite(owner, member?.email)).rejects.toMatchObject({
    code: 'CONFLICT',
    data: { reason: 'already-member' },
  })
  await server.deps.db
    .updateTable('invitation')
    .set({ expires_at: new Date(Date.now() - 1000) })
    .where('id', '=', id)
    .execute()
  expect((await invite(owner, email)).id).not.toBe(id)
})

test('an address that only looks like one is not invited', async () => {
  await expect(invite(owner, 'ana＠example.com')).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    data: { fields: [{ path: 'email' }] },
  })
})

test('restrictions that mean nothing for the role, unknown teams and “only my team” without a team are refused', async () => {
  const given = { ...agent, email: newAddress() }
  await expect(owner.invitations.create({ ...given, restrictions: ['dataExport'] })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    data: { fields: [{ path: 'restrictions' }] },
  })
  await expect(owner.invitations.create({ ...given, teamId: 999 })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    data: { fields: [{ path: 'teamId' }] },
  })
  await expect(owner.invitations.create({ ...given, restrictions: ['onlyTeam'] })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    data: { fields: [{ path: 'teamId' }] },
  })
})

test('another workspace’s invitations and teams are not there', async () => {
  const foreign = await makeTestWorkspace(server.deps)
  const stranger = await makeSignedInMember(server.deps, foreign, { role: 'owner' })
  const other = connectClient(server.url, { cookie: stranger.cookie })
  const { id } = await invite(owner)
  const team = await owner.teams.create({ name: `Team ${count}` })
  await expect(other.invitations.renew({ invitationId: id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(other.invitations.revoke({ invitationId: id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(other.invitations.create({ ...agent, email: newAddress(), teamId: team.id })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  })
  expect((await other.invitations.list()).items).toEqual([])
})
