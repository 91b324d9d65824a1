import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectClient } from '../testing/client.ts'
import { givenWorkspace } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { createApiToken } from './create-api-token.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ work: false })
})
afterAll(() => server.close())

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

test('a token is known by its name and its last characters, and by nothing that would serve as one', async () => {
  const { id, owner } = await givenWorkspace(server)
  const token = await createApiToken(server.deps, { email: owner.email, workspaceId: id, name: 'Almacén' })
  const { items } = await owner.client.apiTokens.list()
  expect(items).toMatchObject([
    { name: 'Almacén', memberId: owner.memberId, memberName: owner.name, ending: token.slice(-4), lastUsedAt: null },
  ])
  expect(JSON.stringify(items)).not.toContain(token.split('.')[2])
  await connectClient(server.url, bearer(token)).workspaces.get()
  expect((await owner.client.apiTokens.list()).items[0]!.lastUsedAt).not.toBeNull()
})

test('a revoked token is worth nothing at once: calls answer 401, what it listens to ends, the trail tells it', async () => {
  const { id, owner } = await givenWorkspace(server)
  const make = () => createApiToken(server.deps, { email: owner.email, workspaceId: id, name: 'Tienda' })
  const [lost, kept] = [await make(), await make()]
  const program = connectClient(server.url, bearer(lost))
  const events = await program.live.watch()
  expect((await events.next()).value).toEqual({ type: 'ready' })
  const tokenId = (await owner.client.apiTokens.list()).items.find(({ ending }) => ending === lost.slice(-4))!.id

  await owner.client.apiTokens.revoke({ tokenId })
  await expect(program.workspaces.get()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  while ((await events.next()).done !== true);
  await connectClient(server.url, bearer(kept)).workspaces.get()
  expect((await owner.client.apiTokens.list()).items).toMatchObject([{ ending: kept.slice(-4) }])
  const { items } = await owner.client.audit.list({ group: 'integrations' })
  expect(items[0]).toMatchObject({
    kind: 'apiTokenRevoked',
    subject: 'Tienda',
    actor: { type: 'member', memberId: owner.memberId },
    changes: [
      { what: 'ending', from: lost.slice(-4), to: null },
      { what: 'member', from: owner.name, to: null },
    ],
  })
  await expect(owner.client.apiTokens.revoke({ tokenId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('everybody sees and revokes their own; everybody’s, who handles integrations', async () => {
  const { id, owner, manager, agent } = await givenWorkspace(server)
  for (const { email } of [owner, manager, agent]) await createApiToken(server.deps, { email, workspaceId: id })
  const seenBy = async ({ client }: typeof owner) =>
    (await client.apiTokens.list()).items.map(({ memberId }) => memberId).toReversed()
  const all = [owner.memberId, manager.memberId, agent.memberId]
  expect(await seenBy(owner)).toEqual(all)
  expect(await seenBy(manager)).toEqual(all)
  expect(await seenBy(agent)).toEqual([agent.memberId])
  const access = { memberId: manager.memberId, role: 'manager' as const, teamId: null }
  await owner.client.members.updateAccess({ ...access, restrictions: ['integrations'] })
  expect(await seenBy(manager)).toEqual([manager.memberId])

  const tokens = (await owner.client.apiTokens.list()).items
  const tokenOf = ({ memberId }: typeof owner) => ({ tokenId: tokens.find((one) => one.memberId === memberId)!.id })
  await expect(agent.client.apiTokens.revoke(tokenOf(owner))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(manager.client.apiTokens.revoke(tokenOf(agent))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await manager.client.apiTokens.revoke(tokenOf(manager))
  await owner.client.apiTokens.revoke(tokenOf(agent))
  expect(await seenBy(owner)).toEqual([owner.memberId])
})
