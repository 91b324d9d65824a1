import { connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { freePort } from '../testing/server-process.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { makeMemberWithPassword, makeSignedInMember, makeTestToken, makeTestWorkspace } from './testing.ts'
import { newcomer, openBrowser, password } from './testing-browser.ts'
import { totpCode } from './testing-totp.ts'

let server: TestServer
let workspaceId: number
let mailPort: number

beforeAll(async () => {
  mailPort = await freePort()
  server = await startTestServer({ config: { smtpListen: { host: '127.0.0.1', port: mailPort } } })
  workspaceId = await makeTestWorkspace(server.deps)
})
afterAll(() => server.close())
beforeEach(() => sql`delete from auth.throttle`.execute(server.deps.db))

type Headers = Record<string, string>

/** Every way in that a member has, with what it answers to somebody who is none. */
const entrances: Record<string, (headers: Headers) => Promise<number>> = {
  'the web’s interface': (headers) => post('/rpc/workspaces/get', '{}', headers),
  'the account’s own': (headers) => post('/rpc/workspaces/list', '{}', headers),
  'making a workspace': (headers) =>
    post(
      '/rpc/workspaces/create',
      '{"json":{"name":"X","defaultCountry":"ES","timeZone":"UTC","language":"es"}}',
      headers,
    ),
  REST: (headers) => get('/api/workspace', headers),
  'the live stream of the web': (headers) => post('/rpc/live/watch', '{}', headers),
  'the live stream of REST': (headers) => get('/api/live', headers),
  'sending a file': async (headers) => {
    const body = new FormData()
    body.append('file', new Blob(['x']), 'x.txt')
    return (await fetch(`${server.url}/files`, { method: 'POST', headers, body })).status
  },
  'another password': (headers) =>
    post(
      '/auth/change-password',
      JSON.stringify({ currentPassword: password, newPassword: 'another good one' }),
      headers,
    ),
  'a second step of one’s own': (headers) => post('/auth/two-factor/enable', JSON.stringify({ password }), headers),
  'no second step': (headers) => post('/auth/two-factor/disable', JSON.stringify({ password }), headers),
  'new backup codes': (headers) =>
    post('/auth/two-factor/generate-backup-codes', JSON.stringify({ password }), headers),
}
const get = async (path: string, headers: Headers) => {
  const stop = new AbortController()
  const { status } = await fetch(server.url + path, { headers, signal: stop.signal })
  stop.abort()
  return status
}
const post = async (path: string, body: string, headers: Headers) => {
  const stop = new AbortController()
  const { status } = await fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    signal: stop.signal,
  })
  stop.abort()
  return status
}
async function tryAll(headers: Headers): Promise<Record<string, number>> {
  const answers: Record<string, number> = {}
  for (const [name, enter] of Object.entries(entrances)) answers[name] = await enter(headers)
  return answers
}
const allShut = Object.fromEntries(Object.keys(entrances).map((name) => [name, 401]))
const cookieOf = (cookies: ReadonlyMap<string, string>) => [...cookies].map((pair) => pair.join('=')).join('; ')

describe('every way in is shut', () => {
  test('to a wrong password, sent along in any form', async () => {
    const { email } = await newcomer(server, workspaceId)
    const basic = Buffer.from(`${email}:${password}`).toString('base64')
    const forms: Headers[] = [{ authorization: `Basic ${basic}` }, { authorization: `Bearer ${password}` }, {}]
    for (const headers of forms) expect(await tryAll(headers)).toEqual(allShut)
  })

  test('between the password and the second step, and open after it', async () => {
    const { browser, signIn } = await newcomer(server, workspaceId)
    await signIn()
    const enabled = await browser.send('POST', '/auth/two-factor/enable', { password })
    const uri = String(enabled.body['totpURI'])
    await browser.send('POST', '/auth/two-factor/verify-totp', { code: totpCode(uri) })
    await browser.send('POST', '/auth/sign-out')
    expect((await signIn()).body).toEqual({ secondStep: true })
    expect(browser.cookies.size).toBeGreaterThan(0)
    expect(await tryAll({ cookie: cookieOf(browser.cookies) })).toEqual(allShut)
    await browser.send('POST', '/auth/two-factor/verify-totp', { code: totpCode(uri) })
    expect(await entrances['REST']!({ cookie: cookieOf(browser.cookies) })).toBe(200)
  })

  test('to a session that was signed out, and to one that has run out', async () => {
    const { browser, signIn, userId } = await newcomer(server, workspaceId)
    await signIn()
    const signedOut = cookieOf(browser.cookies)
    await browser.send('POST', '/auth/sign-out')
    expect(await tryAll({ cookie: signedOut })).toEqual(allShut)
    await signIn()
    await sql`update auth.session set expires_at = now() - interval '1 second' where person_id = ${userId}`.execute(
      server.deps.db,
    )
    expect(await tryAll({ cookie: cookieOf(browser.cookies) })).toEqual(allShut)
  })

  test('to somebody who was removed, by session and by token', async () => {
    const owner = await makeSignedInMember(server.deps, workspaceId, { role: 'owner' })
    const gone = await makeSignedInMember(server.deps, workspaceId)
    const authorization = `Bearer ${await makeTestToken(server.deps, gone)}`
    const browser = openBrowser(server.url, { cookie: owner.cookie })
    await browser.client.members.remove({ memberId: gone.memberId })
    expect(await tryAll({ cookie: gone.cookie })).toEqual(allShut)
    expect(await tryAll({ authorization })).toEqual(allShut)
  })

  test('to whoever sends mail: the listener takes no sign-in', async () => {
    const email = 'cartera@example.com'
    await makeMemberWithPassword(server.deps, workspaceId, { email, password })
    const plain = Buffer.from(`\0${email}\0${password}`).toString('base64')
    const said = await converse(['EHLO x', `AUTH PLAIN ${plain}`, 'AUTH LOGIN', 'QUIT'])
    expect(said).not.toMatch(/^250[- ]AUTH/im)
    expect(said).not.toMatch(/^235/m)
    expect(said.match(/^50\d/gm)?.length).toBe(2)
  })
})

test('a session keeps the address that was seen, not one that was claimed by somebody who is no proxy', async () => {
  const { browser, signIn } = await newcomer(server, workspaceId)
  await signIn(password, { 'x-forwarded-for': '198.51.100.9', forwarded: 'for=198.51.100.9' })
  const { sessions } = await browser.client.account.security()
  expect(sessions[0]?.ip).toBe('127.0.0.1')
})

/** Says its lines one after the other to the mail listener; what it answered. */
function converse(lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const left = [...lines]
    let said = ''
    const socket = connect(mailPort, '127.0.0.1')
    socket.on('data', (chunk) => {
      said += String(chunk)
      // the last line of an answer has a blank behind its number
      if (/^\d{3} [^\n]*\n$/m.test(said.slice(said.lastIndexOf('\n', said.length - 2) + 1)) && left.length > 0)
        socket.write(`${left.shift()}\r\n`)
    })
    socket.on('close', () => resolve(said))
    socket.on('error', reject)
  })
}
