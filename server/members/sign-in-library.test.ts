import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { openSignInLibrary } from './sign-in-library.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ work: false })
})
afterAll(() => server.close())

const check = async () => {
  const library = openSignInLibrary(server.deps.db, {
    key: 'a key of enough letters for the library',
    secure: false,
    log: pino({ level: 'silent' }),
    hooks: { sendPasswordReset: () => Promise.resolve(), passwordWasReset: () => Promise.resolve() },
    validateSchema: true,
  })
  await (await library.$context).checkSchema?.()
}

test('our tables are what the installed version of the library expects', async () => {
  await expect(check()).resolves.toBeUndefined()
})

test('a column that is missing is noticed', async () => {
  await sql`alter table auth.second_factor drop column locked_until`.execute(server.deps.db)
  await expect(check()).rejects.toThrow('locked_until')
})
