import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { makeTestWorkspace } from './testing.ts'
import { newcomer, openBrowser, password } from './testing-browser.ts'

let server: TestServer
let workspaceId: number

beforeAll(async () => {
  server = await startTestServer({ config: { trustedProxy: ['127.0.0.1'] } })
  workspaceId = await makeTestWorkspace(server.deps)
})
afterAll(() => server.close())
beforeEach(() => sql`delete from auth.throttle`.execute(server.deps.db))

describe('signing in', () => {
  test('opens a session with the right password only, and says the same of a wrong one and an unknown address', async () => {
    const { browser, signIn } = await newcomer(server, workspaceId)
    const wrong = await signIn('wrong horse battery')
    const unknown = await browser.send('POST', '/auth/sign-in/email', { email: 'nobody@example.com', password })
    expect(wrong).toEqual({ status: 401, body: { code: 'INVALID_EMAIL_OR_PASSWORD', message: expect.any(String) } })
    expect(unknown).toEqual(wrong)
    expect(browser.cookies.size).toBe(0)
    expect(await signIn()).toEqual({ status: 200, body: { secondStep: false } })
    expect((await browser.client.workspaces.get()).id).toBe(workspaceId)
  })

  test('signing out ends the session itself, not only the cookie', async () => {
    const { browser, signIn } = await newcomer(server, workspaceId)
    await signIn()
    const kept = new Map(browser.cookies)
    expect((await browser.send('POST', '/auth/sign-out')).status).toBe(200)
    for (const [name, value] of kept) browser.cookies.set(name, value)
    await expect(browser.client.workspaces.get()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  test('a session cookie chosen beforehand is worth nothing, before and after', async () => {
    const { browser, signIn } = await newcomer(server, workspaceId)
    browser.cookies.set('ficha_session', 'chosen-by-somebody.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%3D')
    await signIn()
    const real = browser.cookies.get('ficha_session')
    expect(real).not.toContain('chosen-by-somebody')
    const other = openBrowser(server.url)
    other.cookies.set('ficha_session', 'chosen-by-somebody.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%3D')
    await expect(other.client.workspaces.get()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  test('the session remembers the address we know, not the one a caller claims to be', async () => {
    const { browser, signIn } = await newcomer(server, workspaceId)
    await signIn(password, { 'x-client-ip': '198.51.100.9', 'x-real-ip': '198.51.100.9' })
    const { sessions } = await browser.client.account.security()
    expect(sessions[0]?.ip).toBe('127.0.0.1')
  })

  test.each([
    '/sign-up/email',
    '/update-user',
    '/delete-user',
    '/change-email',
    '/two-factor/send-otp',
    '/verify-email',
    '/link-social',
    '/revoke-sessions',
    '/Sign-In/email',
    '/sign-in/email/',
    '//sign-in/email',
    '/sign-in%2Femail',
    '/__proto__',
    '/constructor',
  ])('the library’s other endpoints stay shut: %s', async (path) => {
    const answer = await openBrowser(server.url).send('POST', `/auth${path}`, {
      email: 'x@example.com',
      password,
      name: 'x',
      userId: 'x',
    })
    expect(answer.status).toBe(404)
  })

  test('naming another user without a session changes nothing (every open endpoint)', async () => {
    const { userId } = await newcomer(server, workspaceId)
    const before = await snapshot()
    for (const path of [
      '/change-password',
      '/two-factor/enable',
      '/two-factor/disable',
      '/two-factor/generate-backup-codes',
      '/two-factor/verify-totp',
      '/two-factor/verify-backup-code',
    ]) {
      const answer = await openBrowser(server.url).send('POST', `/auth${path}`, {
        userId,
        user: { id: userId },
        password,
        currentPassword: password,
        newPassword: 'attacker’s choice',
        code: '000000',
      })
      expect([path, answer.status]).toEqual([path, 401])
    }
    expect(await snapshot()).toEqual(before)
  })

  test.each([
    {},
    null,
    [],
    'text',
    7,
    { email: ['a@x.com', 'b@y.com'], password: {} },
    { email: { $ne: null }, password: 'x' },
    { email: 'a@example.com' },
    { email: 'a@example.com', password: null },
    { email: 'a@example.com', password: 'x'.repeat(100_000) },
  ])('nonsense is refused, never a fault: %#', async (body) => {
    const answer = await openBrowser(server.url).send('POST', '/auth/sign-in/email', body)
    expect(answer.status).toBe(400)
  })
})

const snapshot = async () => {
  const { rows } = await sql`
    select (select count(*) from auth.session) sessions, (select count(*) from auth.second_factor) factors,
      (select md5(string_agg(password, ',' order by id)) from auth.credential) passwords`.execute(server.deps.db)
  return rows
}

test('nothing of a password, a session or a token reached the log', () => {
  const log = server.logged.join('\n')
  for (const secret of [password, 'another good one', 'wrong horse battery', 'ficha_session'])
    expect(log).not.toContain(secret)
})
