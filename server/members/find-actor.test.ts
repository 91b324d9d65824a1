import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { connectClient } from '../testing/client.ts'
import { createApiToken } from './create-api-token.ts'
import { makeSignedInMember, makeTestToken, makeTestWorkspace, type SignedInMember } from './testing.ts'
import { openBrowser } from './testing-browser.ts'

let server: TestServer
let workspaceId: number
let member: SignedInMember

beforeAll(async () => {
  server = await startTestServer()
  workspaceId = await makeTestWorkspace(server.deps)
  member = await makeSignedInMember(server.deps, workspaceId, { role: 'owner' })
})
afterAll(() => server.close())

const ask = (headers: Record<string, string>, method = 'GET') =>
  openBrowser(server.url).send(method, '/api/workspace', method === 'GET' ? undefined : { name: 'Renamed' }, headers)

describe('who is asking', () => {
  test('nobody, without a session', async () => {
    expect(await ask({})).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } })
  })

  test.each<Record<string, string>>([
    { cookie: 'ficha_session=%ZZ' },
    { cookie: 'ficha_session=' },
    { cookie: '=;;;=' },
    { cookie: `ficha_session=${'a'.repeat(8000)}` },
    { authorization: 'Bearer' },
    { authorization: 'Bearer ' },
    { authorization: 'Bearer %ZZ' },
    { authorization: 'Bearer a.b.c' },
    { authorization: 'Basic YTpi' },
    { authorization: 'Digest x' },
    { authorization: `Bearer ${'a'.repeat(8000)}` },
    { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzcGFjZUlkIjoxfQ.' },
  ])('nobody, with malformed credentials: %#', async (headers) => {
    expect((await ask(headers)).status).toBe(401)
  })

  test('headers that claim an identity are ignored', async () => {
    for (const name of [
      'x-remote-user',
      'x-forwarded-user',
      'userid',
      'remote-user',
      'x-user-id',
      'x-auth-request-email',
    ])
      expect((await ask({ [name]: member.userId })).status).toBe(401)
  })

  test('a bad token is not rescued by a good session', async () => {
    expect((await ask({ cookie: member.cookie, authorization: 'Bearer nonsense' })).status).toBe(401)
  })
})

describe('the workspace', () => {
  test('need not be named by somebody of one', async () => {
    expect(await ask({ cookie: member.cookie })).toMatchObject({ status: 200, body: { id: workspaceId } })
  })

  test('a foreign one is not there', async () => {
    const foreign = await makeTestWorkspace(server.deps)
    expect((await ask({ cookie: member.cookie, 'x-ficha-workspace': String(foreign) })).status).toBe(404)
    expect((await ask({ cookie: member.cookie, 'x-ficha-workspace': '999999' })).status).toBe(404)
  })

  test.each(['0', '-1', '1.5', 'x', '1 or 1=1', '9'.repeat(40), ''])(
    'a header that is no number is refused: %j',
    async (header) => {
      expect((await ask({ cookie: member.cookie, 'x-ficha-workspace': header })).status).toBe(400)
    },
  )
})

describe('a request from another site’s page', () => {
  test('changes nothing, though the cookie travels along', async () => {
    for (const origin of ['https://evil.example', 'null', `${server.url}.evil.example`])
      expect(await ask({ cookie: member.cookie, origin }, 'PATCH')).toMatchObject({
        status: 403,
        body: { data: { reason: 'foreign-origin' } },
      })
    expect((await ask({ cookie: member.cookie })).body.name).toBe('Taller')
  })

  test('our own pages and programs without a browser may', async () => {
    expect((await ask({ cookie: member.cookie, origin: server.url }, 'PATCH')).status).toBe(200)
    expect((await ask({ cookie: member.cookie }, 'PATCH')).status).toBe(200)
  })

  test('cannot sign anybody in or out either', async () => {
    for (const path of ['/auth/sign-in/email', '/auth/sign-out', '/auth/change-password'])
      expect(
        (
          await openBrowser(server.url).send(
            'POST',
            path,
            { email: member.email, password: 'x' },
            { cookie: member.cookie, origin: 'https://evil.example' },
          )
        ).status,
      ).toBe(403)
    expect((await ask({ cookie: member.cookie })).status).toBe(200)
  })
})

describe('an API token', () => {
  test('acts as its member, in its workspace only, and needs no origin', async () => {
    const token = await makeTestToken(server.deps, member)
    const bearer = { authorization: `Bearer ${token}` }
    expect(await ask(bearer)).toMatchObject({ status: 200, body: { me: { memberId: member.memberId } } })
    expect((await ask({ ...bearer, origin: 'https://somewhere.example' }, 'PATCH')).status).toBe(200)
    expect((await ask({ ...bearer, 'x-ficha-workspace': '999999' })).status).toBe(404)
  })

  test('is no account: it lists no workspaces and no sessions', async () => {
    const client = connectClient(server.url, { authorization: `Bearer ${await makeTestToken(server.deps, member)}` })
    await expect(client.workspaces.list()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    await expect(client.account.security()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  test('says when it was last used, written at most once a minute', async () => {
    const token = await makeTestToken(server.deps, member)
    const row = () =>
      server.deps.db
        .selectFrom('api_token')
        .select(['id', 'last_used_at'])
        .where('workspace_id', '=', workspaceId)
        .orderBy('id', 'desc')
        .executeTakeFirstOrThrow()
    expect((await row()).last_used_at).toBeNull()
    await ask({ authorization: `Bearer ${token}` })
    const first = (await row()).last_used_at
    expect(first).not.toBeNull()
    await ask({ authorization: `Bearer ${token}` })
    expect((await row()).last_used_at).toEqual(first)
    await server.deps.db
      .updateTable('api_token')
      .set({ last_used_at: new Date(Date.now() - 61_000) })
      .where('id', '=', (await row()).id)
      .execute()
    await ask({ authorization: `Bearer ${token}` })
    expect((await row()).last_used_at?.getTime()).toBeGreaterThan(Date.now() - 60_000)
  })

  test('is worth nothing once revoked', async () => {
    const token = await makeTestToken(server.deps, member)
    await server.deps.db
      .updateTable('api_token')
      .set({ revoked_at: new Date() })
      .where('workspace_id', '=', workspaceId)
      .execute()
    expect((await ask({ authorization: `Bearer ${token}` })).status).toBe(401)
  })

  test('follows its member’s rights', async () => {
    const agent = await makeSignedInMember(server.deps, workspaceId, { role: 'agent' })
    const token = await makeTestToken(server.deps, agent)
    expect((await ask({ authorization: `Bearer ${token}` }, 'PATCH')).status).toBe(403)
  })

  test('is made for somebody who is a member; of several workspaces one must be named', async () => {
    await expect(createApiToken(server.deps, { email: 'nobody@example.com' })).rejects.toThrow(
      'Nobody with the address',
    )
    const elsewhere = await makeTestWorkspace(server.deps)
    await makeSignedInMember(server.deps, elsewhere, { email: member.email, userId: member.userId })
    await expect(createApiToken(server.deps, { email: member.email })).rejects.toThrow('several workspaces')
    expect(await createApiToken(server.deps, { email: member.email, workspaceId: elsewhere })).toContain('.')
  })
})
