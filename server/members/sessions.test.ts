import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { makeSignedInMember, makeTestWorkspace } from './testing.ts'
import { newcomer, openBrowser, password } from './testing-browser.ts'

let server: TestServer
let workspaceId: number

beforeAll(async () => {
  server = await startTestServer()
  workspaceId = await makeTestWorkspace(server.deps)
})
afterAll(() => server.close())
beforeEach(() => sql`delete from auth.throttle`.execute(server.deps.db))

describe('changing the password', () => {
  test('ends every other session at once, live streams included, and keeps this one', async () => {
    const { email, browser, signIn } = await newcomer(server, workspaceId)
    await signIn()
    const other = openBrowser(server.url)
    await other.send('POST', '/auth/sign-in/email', { email, password })
    const stream = await other.client.live.watch()
    expect((await stream.next()).value).toEqual({ type: 'ready' })
    const ended = stream.next()

    const answer = await browser.send('POST', '/auth/change-password', {
      currentPassword: password,
      newPassword: 'another good one',
      revokeOtherSessions: false,
    })
    expect(answer).toEqual({ status: 200, body: { ok: true } })
    expect((await ended).done).toBe(true)
    await expect(other.client.workspaces.get()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect((await browser.client.account.state()).signedIn).toBe(true)
    expect((await signIn(password)).status).toBe(401)
    expect((await signIn('another good one')).status).toBe(200)
  })

  test('needs the present one, and guesses at it run out', async () => {
    const { browser, signIn } = await newcomer(server, workspaceId)
    await signIn()
    const attempt = (word: string) =>
      browser.send('POST', '/auth/change-password', { currentPassword: word, newPassword: 'another good one' })
    for (let guess = 0; guess < 10; guess++) expect((await attempt(`guess ${guess} padding`)).status).toBe(400)
    expect((await attempt(password)).status).toBe(429)
  })

  test('a short one is refused', async () => {
    const { browser, signIn } = await newcomer(server, workspaceId)
    await signIn()
    const answer = await browser.send('POST', '/auth/change-password', {
      currentPassword: password,
      newPassword: 'short',
    })
    expect(answer).toMatchObject({ status: 400, body: { code: 'PASSWORD_TOO_SHORT' } })
  })
})

describe('sessions', () => {
  test('are listed with this one first, and each can be ended from another', async () => {
    const { email, browser, signIn } = await newcomer(server, workspaceId)
    await signIn(password, { 'user-agent': 'Firefox here' })
    const other = openBrowser(server.url)
    await other.send('POST', '/auth/sign-in/email', { email, password }, { 'user-agent': 'Phone there' })
    const { sessions } = await browser.client.account.security()
    expect(sessions.map((session) => [session.userAgent, session.current])).toEqual([
      ['Firefox here', true],
      ['Phone there', false],
    ])
    await browser.client.account.endSessions({ sessionId: sessions[1]?.id ?? '' })
    await expect(other.client.workspaces.get()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect((await browser.client.account.security()).sessions).toHaveLength(1)
  })

  test('somebody else’s cannot be ended', async () => {
    const victim = await newcomer(server, workspaceId)
    await victim.signIn()
    const [session] = (await victim.browser.client.account.security()).sessions
    const { browser, signIn } = await newcomer(server, workspaceId)
    await signIn()
    await expect(browser.client.account.endSessions({ sessionId: session?.id ?? '' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect((await victim.browser.client.account.state()).signedIn).toBe(true)
  })

  test('in use they are lengthened, and the cookie with them', async () => {
    const member = await makeSignedInMember(server.deps, workspaceId)
    await sql`update auth.session set expires_at = now() + interval '20 days' where person_id = ${member.userId}`.execute(
      server.deps.db,
    )
    const browser = openBrowser(server.url)
    const [name, value] = member.cookie.split(/=(.*)/s)
    browser.cookies.set(name ?? '', value ?? '')
    expect((await browser.client.account.state()).signedIn).toBe(true)
    expect(browser.setCookies.some((line) => line.startsWith('ficha_session='))).toBe(true)
    const { rows } = await sql<{
      days: number
    }>`select extract(day from expires_at - now())::int days from auth.session where person_id = ${member.userId}`.execute(
      server.deps.db,
    )
    expect(rows[0]?.days).toBeGreaterThan(28)
    expect((await browser.client.workspaces.get()).id).toBe(workspaceId)
  })

  test('end by themselves', async () => {
    const member = await makeSignedInMember(server.deps, workspaceId)
    await sql`update auth.session set expires_at = now() - interval '1 second' where person_id = ${member.userId}`.execute(
      server.deps.db,
    )
    await expect(openBrowser(server.url, { cookie: member.cookie }).client.workspaces.get()).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    })
  })
})
