import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { waitFor } from '../testing/wait-for.ts'
import { makeResetLink } from './make-reset-link.ts'
import { makeSignedInMember, makeTestWorkspace } from './testing.ts'
import { newcomer, openBrowser, password } from './testing-browser.ts'
import { startMailServer } from './testing-mailbox.ts'

let mailServer: Awaited<ReturnType<typeof startMailServer>>
let server: TestServer
let workspaceId: number

beforeAll(async () => {
  mailServer = await startMailServer()
  server = await startTestServer({ config: { smtpUrl: mailServer.url, publicUrl: 'https://ficha.example.org' } })
  workspaceId = await makeTestWorkspace(server.deps, { name: 'Taller Prats', language: 'es' })
})
afterAll(async () => {
  await server.close()
  await mailServer.close()
})

const resetToken = (text: string) => /https:\/\/ficha\.example\.org\/reset#(\S+)/.exec(text)?.[1] ?? ''
const newPassword = 'a new and better one'

test('a new password is set by a link that came by mail, once, and every session ends', async () => {
  const { email, browser, signIn } = await newcomer(server, workspaceId)
  await signIn()
  // a forged Host must never stand in the link
  const asked = await openBrowser(server.url).send(
    'POST',
    '/auth/request-password-reset',
    { email: email.toUpperCase(), redirectTo: 'https://evil.example' },
    { 'x-forwarded-host': 'evil.example' },
  )
  expect(asked).toEqual({ status: 200, body: { ok: true } })
  const mail = await mailServer.waitForMail(email)
  expect(mail).toMatchObject({ from: 'ficha@example.org', subject: 'Nueva contraseña para Ficha' })
  expect(mail.text).not.toContain('evil.example')

  const token = resetToken(mail.text)
  const reset = () => openBrowser(server.url).send('POST', '/auth/reset-password', { token, newPassword })
  expect(await reset()).toEqual({ status: 200, body: { ok: true } })
  expect(await reset()).toMatchObject({ status: 400, body: { code: 'INVALID_TOKEN' } })
  await expect(browser.client.workspaces.get()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  expect((await signIn(password)).status).toBe(401)
  expect((await signIn(newPassword)).status).toBe(200)
})

test('an address nobody has gets the same answer and no mail', async () => {
  const { browser } = await newcomer(server, workspaceId)
  const before = mailServer.mails.length
  expect(await browser.send('POST', '/auth/request-password-reset', { email: 'nobody@example.com' })).toEqual({
    status: 200,
    body: { ok: true },
  })
  for (const email of ['nobody＠example.com', 'a@example.com, b@example.com', 'a@example.com\r\nBcc: b@example.com'])
    expect((await browser.send('POST', '/auth/request-password-reset', { email })).status).toBe(400)
  expect(mailServer.mails).toHaveLength(before)
})

test('whoever planted an account with another’s address loses it when its owner takes it by mail', async () => {
  const planted = await newcomer(server, workspaceId)
  await planted.signIn()
  const owner = openBrowser(server.url)
  await owner.send('POST', '/auth/request-password-reset', { email: planted.email })
  const { text } = await mailServer.waitForMail(planted.email)
  await owner.send('POST', '/auth/reset-password', { token: resetToken(text), newPassword })
  expect((await planted.signIn()).status).toBe(401)
  await expect(planted.browser.client.workspaces.get()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  const { rows } = await sql<{
    email_verified: boolean
  }>`select email_verified from auth.person where id = ${planted.userId}`.execute(server.deps.db)
  expect(rows).toEqual([{ email_verified: true }])
})

test('an invitation goes out in the workspace’s language, its link to nobody else, and proves the mailbox', async () => {
  const { cookie } = await makeSignedInMember(server.deps, workspaceId, { role: 'owner', name: 'Ana\r\nPrats' })
  const owner = openBrowser(server.url, { cookie })
  const email = 'invited@example.com'
  const invitation = await owner.client.invitations.create({ email, role: 'agent', restrictions: [], teamId: null })
  expect(invitation.link).toBeNull()
  const mail = await mailServer.waitForMail(email)
  expect(mail.subject).toBe('Ana Prats te invita a Taller Prats en Ficha')
  const token = /https:\/\/ficha\.example\.org\/invite#(\S+)/.exec(mail.text)?.[1] ?? ''
  await openBrowser(server.url).client.account.acceptInvitation({ token, name: 'Eva', password })
  const { rows } = await sql<{
    email_verified: boolean
  }>`select email_verified from auth.person where email = ${email}`.execute(server.deps.db)
  expect(rows).toEqual([{ email_verified: true }])
})

test('a mail server that refuses for a while gets the mail later', async () => {
  const { email, browser } = await newcomer(server, workspaceId)
  mailServer.state.refuse = true
  const before = mailServer.state.attempts
  await browser.send('POST', '/auth/request-password-reset', { email })
  await waitFor('a refused attempt', () => mailServer.state.attempts > before)
  mailServer.state.refuse = false
  expect((await mailServer.waitForMail(email)).subject).toBe('Nueva contraseña para Ficha')
})

test('whoever runs the server makes a link without mail, and takes off a lost second factor', async () => {
  const { email, userId, signIn } = await newcomer(server, workspaceId)
  await sql`update auth.person set second_factor_on = true where id = ${userId}`.execute(server.deps.db)
  const link = await makeResetLink(server.deps, { email, dropSecondFactor: true })
  expect(
    (await openBrowser(server.url).send('POST', '/auth/reset-password', { token: resetToken(link), newPassword }))
      .status,
  ).toBe(200)
  expect(await signIn(newPassword)).toEqual({ status: 200, body: { secondStep: false } })
  await expect(makeResetLink(server.deps, { email: 'nobody@example.com' })).rejects.toThrow(
    'Nobody signs in with the address nobody@example.com.',
  )
})

test('behind HTTPS cookies are marked for it', async () => {
  const { browser, signIn } = await newcomer(server, workspaceId)
  await signIn()
  const line = browser.setCookies.find((each) => each.includes('ficha_session='))
  expect(line).toMatch(/^__Secure-ficha_session=.*Secure/)
  expect((await browser.client.account.state()).signedIn).toBe(true)
})

test('no link and no password reached the log', () => {
  const log = server.logged.join('\n')
  expect(log).not.toMatch(/reset#|invite#/)
  expect(log).not.toContain(newPassword)
  for (const mail of mailServer.mails) expect(log).not.toContain(resetToken(mail.text) || 'no token in this mail')
})
