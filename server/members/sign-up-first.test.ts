import { ORPCError } from '@orpc/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { openBrowser } from './testing-browser.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const first = {
  name: 'Ana Prats',
  email: 'Ana@Example.com',
  password: 'a good long one',
  workspaceName: 'Taller Prats',
  defaultCountry: 'ES',
  timeZone: 'Europe/Madrid',
  language: 'es' as const,
}

test('nobody signs up through the sign-in library', async () => {
  const browser = openBrowser(server.url)
  const answer = await browser.send('POST', '/auth/sign-up/email', {
    name: 'X',
    email: 'x@example.com',
    password: 'a good long one',
  })
  expect(answer.status).toBe(404)
  expect(await browser.client.account.state()).toEqual({ firstRun: true, mail: false, signedIn: false })
})

test.each([
  ['ana＠example.com', 'email'],
  ['nonsense', 'email'],
])('an address that only looks like one makes no account: %s', async (email, path) => {
  const refusal = await openBrowser(server.url)
    .client.account.signUpFirst({ ...first, email })
    .catch((error: unknown) => error)
  expect(refusal).toMatchObject({ code: 'BAD_REQUEST', data: { fields: [{ path }] } })
})

test('of ten who sign up first at once, one is the Owner and signed in; the others are refused', async () => {
  const browsers = Array.from({ length: 10 }, () => openBrowser(server.url))
  const outcomes = await Promise.allSettled(
    browsers.map((browser, at) => browser.client.account.signUpFirst({ ...first, email: `ana${at}@example.com` })),
  )
  const winner = outcomes.findIndex((outcome) => outcome.status === 'fulfilled')
  const others = outcomes.filter((_, at) => at !== winner)
  for (const outcome of others) {
    expect(outcome.status === 'rejected' && outcome.reason).toBeInstanceOf(ORPCError)
    expect(outcome.status === 'rejected' && outcome.reason).toMatchObject({
      code: 'CONFLICT',
      data: { reason: 'not-first-run' },
    })
  }
  const { client, setCookies } = browsers[winner] as ReturnType<typeof openBrowser>
  expect(await client.account.state()).toEqual({ firstRun: false, mail: false, signedIn: true })
  const { items } = await client.workspaces.list()
  expect(items).toEqual([{ id: expect.any(Number), name: 'Taller Prats', role: 'owner' }])
  const workspace = await client.workspaces.get()
  expect(workspace).toMatchObject({
    name: 'Taller Prats',
    defaultCountry: 'ES',
    timeZone: 'Europe/Madrid',
    language: 'es',
    empty: true,
    me: { email: `ana${winner}@example.com`, role: 'owner', restrictions: [], teamId: null },
  })
  expect(setCookies[0]).toMatch(/^ficha_session=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/)
  const notes = await server.deps.db
    .selectFrom('closing_note')
    .select('category')
    .where('workspace_id', '=', workspace.id)
    .execute()
  expect(notes.map((note) => note.category)).toContain('Resuelto')
})

test('the new Owner signs in with the password, in any spelling of the address', async () => {
  const browser = openBrowser(server.url)
  const { db } = server.deps
  const { email } = await db.selectFrom('member').select('email').executeTakeFirstOrThrow()
  expect(
    await browser.send('POST', '/auth/sign-in/email', { email: ` ${email.toUpperCase()} `, password: first.password }),
  ).toEqual({
    status: 200,
    body: { secondStep: false },
  })
  expect((await browser.client.account.state()).signedIn).toBe(true)
})

test('passwords shorter than ten letters are refused', async () => {
  const refusal = await openBrowser(server.url)
    .client.account.signUpFirst({ ...first, password: 'too short' })
    .catch((error: unknown) => error)
  expect(refusal).toMatchObject({ code: 'BAD_REQUEST' })
})
