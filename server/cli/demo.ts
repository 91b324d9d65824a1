import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildWebIfStale } from '../../scripts/build-web.ts'
import { readConfig } from '../config.ts'
import { Refusal } from '../refusal.ts'
import { makeSampleCompany } from '../sample/make-company.ts'
import { startFicha, stopOnSignal } from '../start-ficha.ts'
import { readArgs } from './read-args.ts'

/**
 * Starts on a throw-away database with the sample company and prints its sign-ins; everything is gone when it ends. With
 * `--json` one line: `{url, workspaceId, members: [{email, password, role, token}]}`.
 */
export async function demo(args: string[]): Promise<void> {
  const { values } = readArgs(args, { port: { type: 'string' }, json: { type: 'boolean' } })
  const port = Number(values.port ?? process.env['PORT'] ?? 3000)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Refusal('--port takes a number from 0 to 65535.')
  const dataDir = mkdtempSync(join(tmpdir(), 'ficha-demo-'))
  const config = {
    ...readConfig({ ...process.env, FICHA_DATA: dataDir, FICHA_SECRET: randomBytes(32).toString('base64url') }),
    databaseUrl: null,
    port,
  }
  const say = values.json === true ? () => {} : console.log
  const throwAway = () => rmSync(dataDir, { recursive: true, force: true })
  try {
    await buildWebIfStale(say)
    const ficha = await startFicha(config)
    stopOnSignal(() => ficha.stop().finally(throwAway))
    const company = await makeSampleCompany(ficha.server.deps)
    if (values.json === true) {
      console.log(JSON.stringify({ url: ficha.url, ...company }))
      return
    }
    console.log(`Ficha listens at ${ficha.url}\n\nSign in as one of these; nothing is kept when you stop it.\n`)
    for (const { role, email, password } of company.members)
      console.log(`  ${role.padEnd(8)} ${email.padEnd(24)} ${password}`)
  } catch (error) {
    throwAway()
    throw error
  }
}
