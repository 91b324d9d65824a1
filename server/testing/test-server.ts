import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { Deps } from '../deps.ts'
import { openLog } from '../log.ts'
import { openServer } from '../open-server.ts'
import { createTestDatabase } from './database.ts'

export interface TestServer {
  /** `http://127.0.0.1:<port>`, no slash at the end. */
  readonly url: string
  readonly deps: Deps
  readonly databaseUrl: string
  /** Every line the server has logged, to look for what must not be there. */
  readonly logged: string[]
  close(): Promise<void>
}

interface Options {
  config?: Partial<Config>
  /** Another process's view of a database that already has a server. */
  databaseUrl?: string
  /** Work on jobs too (default); without it what is queued stays queued. */
  work?: boolean
}

/** The real server on a real port, on a database of its own made from the migrated template. */
export async function startTestServer({ config = {}, databaseUrl, work = true }: Options = {}): Promise<TestServer> {
  const url = databaseUrl ?? (await createTestDatabase())
  const dataDir = config.dataDir ?? mkdtempSync(join(tmpdir(), 'ficha-test-'))
  const logged: string[] = []
  const log = openLog('debug', { write: (line: string) => void logged.push(line) })
  const server = await openServer(
    {
      port: 0,
      host: '127.0.0.1',
      databaseUrl: url,
      dataDir,
      publicUrl: null,
      secret: 'a secret for tests, long enough to be one',
      trustedProxy: null,
      smtpUrl: null,
      smtpListen: null,
      allowInternal: ['127.0.0.1', '::1', 'localhost'],
      s3: null,
      whatsappApi: 'https://graph.facebook.com',
      twilioApi: 'https://api.twilio.com',
      telegramApi: 'https://api.telegram.org',
      metaApi: 'https://graph.facebook.com',
      ...config,
    },
    url,
    log,
    { work },
  )
  const address = await server.app.listen({ port: config.port ?? 0, host: '127.0.0.1' })
  return {
    url: address,
    deps: server.deps,
    databaseUrl: url,
    logged,
    async close() {
      await server.close()
      if (config.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
