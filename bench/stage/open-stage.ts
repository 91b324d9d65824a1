import { randomBytes } from 'node:crypto'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { connectEmbedded } from '../../server/db/embedded-postgres.ts'
import { openDatabase, type Database } from '../../server/db/open-database.ts'
import { connectClient } from '../../server/testing/client.ts'
import { endProcess, freePort, postmastersOf, startServerProcess } from '../../server/testing/server-process.ts'
import { startWhatsappDouble } from '../../server/testing/whatsapp-double.ts'
import { startFloor, type Floor } from '../floor/start-floor.ts'
import { connectLines, type Lines } from './connect-lines.ts'
import type { Ending } from './end-in-order.ts'
import { fillContacts } from './fill-contacts.ts'
import { signUp } from './sign-up.ts'
import { answerNoNames } from './answer-no-names.ts'

/** The real server as a process of its own, filled, and the floor beside it. */
export interface Stage {
  readonly url: string
  readonly databaseUrl: string
  /** What signs its sessions: a second server with it knows the Owner too. */
  readonly secret: string
  readonly serverPid: number
  readonly pool: pg.Pool
  readonly db: Database['db']
  readonly workspaceId: number
  readonly contacts: number
  /** What a browser of the Owner sends. */
  readonly headers: { cookie: string; 'x-ficha-workspace': string }
  readonly lines: Lines
  readonly floor: Floor
}

/**
 * @param contacts how many people are there already; numbered from 1
 * @param ending takes over what was opened, also where this fails half way
 */
export async function openStage(contacts: number, ending: Ending, say: (line: string) => void): Promise<Stage> {
  const dataDir = realpathSync(mkdtempSync(join(tmpdir(), 'ficha-bench-')))
  ending.add(() => rmSync(dataDir, { recursive: true, force: true }))
  const own = process.env['DATABASE_URL']
  const made = own === undefined ? null : await makeDatabase(own)
  if (made !== null) ending.add(made.drop)
  const whatsapp = await startWhatsappDouble()
  ending.add(() => whatsapp.close())
  const names = await answerNoNames()
  ending.add(() => names.close())
  const secret = randomBytes(32).toString('base64url')
  const [port, mailPort] = [await freePort(), await freePort()]
  const url = `http://127.0.0.1:${port}`
  const server = await startServerProcess({
    PORT: String(port),
    FICHA_DATA: dataDir,
    FICHA_SECRET: secret,
    FICHA_SMTP_LISTEN: `127.0.0.1:${mailPort}`,
    FICHA_ALLOW_INTERNAL: '127.0.0.1',
    FICHA_WHATSAPP_API: whatsapp.url,
    ...names.environment,
    ...(made === null ? {} : { DATABASE_URL: made.url }),
  })
  // however this process ends, but by SIGKILL
  const kill = () => void server.child.kill('SIGTERM')
  process.once('exit', kill)
  ending.add(async () => {
    process.off('exit', kill)
    await endProcess(server.child, 'SIGTERM')
    while (made === null && postmastersOf(dataDir).length > 0) await wait(20)
  })
  const databaseUrl = made?.url ?? connectEmbedded({ dataDir })
  if (databaseUrl === null) throw new Error('the built-in database does not answer')
  const database = openDatabase(databaseUrl, { max: 2, applicationName: 'ficha bench', statementTimeout: 0 })
  ending.add(() => database.close())

  const { workspaceId, headers } = await signUp(url)
  const lines = await connectLines(connectClient(url, headers), whatsapp.settings, mailPort)
  const start = performance.now()
  const ids = { workspaceId, memberId: 1, whatsappId: lines.whatsapp.channelId, mailId: lines.mail.channelId }
  await fillContacts(database.pool, { ...ids, count: contacts })
  say(`${contacts} contacts filled in ${((performance.now() - start) / 1000).toFixed(1)} s`)
  const floor = await startFloor(database.pool, databaseUrl)
  ending.add(() => floor.stop())
  const { pool, db } = database
  const serverPid = server.child.pid ?? 0
  return { url, databaseUrl, secret, serverPid, pool, db, workspaceId, contacts, headers, lines, floor }
}

/** A database of the bench's own on the server that was named, for the time it takes. */
async function makeDatabase(adminUrl: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `ficha_bench_${process.pid}`
  const ask = async (text: string) => {
    const client = new pg.Client({ connectionString: adminUrl })
    await client.connect()
    try {
      await client.query(text)
    } finally {
      await client.end()
    }
  }
  await ask(`create database ${name}`)
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => ask(`drop database ${name} with (force)`) }
}
