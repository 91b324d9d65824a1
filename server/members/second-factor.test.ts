import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { makeTestWorkspace } from './testing.ts'
import { newcomer, password } from './testing-browser.ts'
import { totpCode } from './testing-totp.ts'

let server: TestServer
let workspaceId: number

beforeAll(async () => {
  server = await startTestServer()
  workspaceId = await makeTestWorkspace(server.deps)
})
afterAll(() => server.close())
beforeEach(() => sql`delete from auth.throttle`.execute(server.deps.db))

describe('the second factor', () => {
  async function protectedAccount() {
    const person = await newcomer(server, workspaceId)
    await person.signIn()
    const enabled = await person.browser.send('POST', '/auth/two-factor/enable', { password })
    const { totpURI, backupCodes } = enabled.body as { totpURI: string; backupCodes: string[] }
    expect(
      await person.browser.send('POST', '/auth/two-factor/verify-totp', { code: totpCode(totpURI) }),
    ).toMatchObject({ status: 200 })
    await person.browser.send('POST', '/auth/sign-out')
    return { ...person, totpURI, backupCodes }
  }

  test('without its code the password opens nothing; with it, a session', async () => {
    const { browser, signIn, totpURI } = await protectedAccount()
    expect(await signIn()).toEqual({ status: 200, body: { secondStep: true } })
    await expect(browser.client.workspaces.get()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect((await browser.send('POST', '/auth/two-factor/verify-totp', { code: '000000' })).status).toBe(401)
    expect(await browser.send('POST', '/auth/two-factor/verify-totp', { code: totpCode(totpURI) })).toEqual({
      status: 200,
      body: { ok: true },
    })
    expect((await browser.client.account.security()).secondFactor).toBe(true)
  })

  test('a backup code works once', async () => {
    const { browser, signIn, backupCodes } = await protectedAccount()
    expect(backupCodes).toHaveLength(10)
    await signIn()
    expect((await browser.send('POST', '/auth/two-factor/verify-backup-code', { code: backupCodes[0] })).status).toBe(
      200,
    )
    await browser.send('POST', '/auth/sign-out')
    await signIn()
    expect((await browser.send('POST', '/auth/two-factor/verify-backup-code', { code: backupCodes[0] })).status).toBe(
      401,
    )
    expect((await browser.send('POST', '/auth/two-factor/verify-backup-code', { code: backupCodes[1] })).status).toBe(
      200,
    )
  })

  test('a handful of wrong codes ends the attempt, and the right one no longer helps', async () => {
    const { browser, signIn, totpURI } = await protectedAccount()
    await signIn()
    for (let guess = 0; guess < 6; guess++)
      await browser.send('POST', '/auth/two-factor/verify-totp', { code: `00000${guess}` })
    expect((await browser.send('POST', '/auth/two-factor/verify-totp', { code: totpCode(totpURI) })).status).toBe(401)
  })

  test('turning it off needs the password', async () => {
    const { browser, signIn, totpURI } = await protectedAccount()
    await signIn()
    await browser.send('POST', '/auth/two-factor/verify-totp', { code: totpCode(totpURI) })
    expect((await browser.send('POST', '/auth/two-factor/disable', { password: 'wrong horse battery' })).status).toBe(
      400,
    )
    expect((await browser.send('POST', '/auth/two-factor/disable', { password })).status).toBe(200)
    expect((await browser.client.account.security()).secondFactor).toBe(false)
  })
})
