import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { networkLimit } from './attempt-limits.ts'
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

describe('guessing passwords', () => {
  test('ten guesses at one account in a quarter of an hour, from wherever they come and however it is spelt', async () => {
    const { email, browser, signIn } = await newcomer(server, workspaceId)
    for (let guess = 0; guess < 10; guess++) {
      const spelt = guess % 2 === 0 ? email.toUpperCase() : ` ${email}`
      const answer = await browser.send(
        'POST',
        '/auth/sign-in/email',
        { email: spelt, password: `guess ${guess} padding` },
        { 'x-forwarded-for': `198.51.100.${guess}` },
      )
      expect(answer.status).toBe(401)
    }
    const refused = await signIn(password, { 'x-forwarded-for': '198.51.100.77' })
    expect(refused).toMatchObject({
      status: 429,
      body: { code: 'TOO_MANY_REQUESTS', data: { retryAfterSeconds: expect.any(Number) } },
    })
    expect(browser.cookies.size).toBe(0)
  })

  test('a stranger’s guesses do not lock out a browser that has signed in before', async () => {
    const { email, browser, signIn } = await newcomer(server, workspaceId)
    await signIn()
    await browser.send('POST', '/auth/sign-out')
    const stranger = openBrowser(server.url)
    for (let guess = 0; guess < 11; guess++)
      await stranger.send('POST', '/auth/sign-in/email', { email, password: `guess ${guess} padding` })
    expect((await stranger.send('POST', '/auth/sign-in/email', { email, password })).status).toBe(429)
    expect((await signIn()).status).toBe(200)
  })

  test('parallel guesses, on two server processes, are counted together', async () => {
    const { email } = await newcomer(server, workspaceId)
    const second = await startTestServer({ databaseUrl: server.databaseUrl, work: false })
    try {
      const answers = await Promise.all(
        Array.from({ length: 30 }, (_, guess) =>
          openBrowser(guess % 2 === 0 ? server.url : second.url).send('POST', '/auth/sign-in/email', {
            email,
            password: `guess ${guess} padding`,
          }),
        ),
      )
      expect(answers.filter((answer) => answer.status === 401)).toHaveLength(10)
      expect(answers.filter((answer) => answer.status === 429)).toHaveLength(20)
    } finally {
      await second.close()
    }
  })

  test('one network is counted as one, through all addresses of its /64, for many accounts', async () => {
    const { limit } = networkLimit('')
    const from = (at: number) => ({
      'x-forwarded-for':
        at % 2 === 0 ? `2001:db8:1:2::${at.toString(16)}` : `2001:0db8:0001:0002:${at.toString(16)}::1`,
    })
    const browser = openBrowser(server.url)
    for (let guess = 0; guess < limit; guess++) {
      const answer = await browser.send(
        'POST',
        '/auth/request-password-reset',
        { email: `someone${guess}@example.com` },
        from(guess),
      )
      expect(answer.status).toBe(200)
    }
    expect(
      (await browser.send('POST', '/auth/request-password-reset', { email: 'one-more@example.com' }, from(999))).status,
    ).toBe(429)
    const elsewhere = { 'x-forwarded-for': '2001:db8:1:3::1' }
    expect(
      (await browser.send('POST', '/auth/request-password-reset', { email: 'one-more@example.com' }, elsewhere)).status,
    ).toBe(200)
  })

  test('a success forgives what went before', async () => {
    const { signIn } = await newcomer(server, workspaceId)
    for (let guess = 0; guess < 9; guess++) await signIn(`guess ${guess} padding`)
    expect((await signIn()).status).toBe(200)
    expect((await signIn('wrong horse battery')).status).toBe(401)
  })
})
