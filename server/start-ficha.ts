import pino from 'pino'
import { buildWebIfStale } from '../scripts/build-web.ts'
import type { Config } from './config.ts'
import { startEmbeddedPostgres } from './db/embedded-postgres.ts'
import { migrate } from './db/migrate.ts'
import { openServer, type OpenServer } from './open-server.ts'
import { Refusal } from './refusal.ts'
import { openLog } from './log.ts'

export interface RunningFicha {
  /** As people reach it. */
  readonly url: string
  readonly server: OpenServer
  readonly stop: () => Promise<void>
}

/** Configuration → database, and the web beside it → migrations → queues → application → listening. What was opened is closed if a later step fails. */
export async function startFicha(config: Config, say: (line: string) => void): Promise<RunningFicha> {
  const log = openLog(process.env['FICHA_LOG'] ?? 'warn', pino.destination(2))
  // beside the database's start, which is another process's work; whoever is late is waited for before anyone is served
  const web = buildWebIfStale(say)
  web.catch(() => {})
  const embedded = config.databaseUrl === null ? await startEmbeddedPostgres({ dataDir: config.dataDir }) : null
  const databaseUrl = config.databaseUrl ?? embedded?.url ?? ''
  let server: OpenServer | undefined
  const stop = async () => {
    await server?.close()
    await embedded?.stop()
  }
  try {
    await migrate(databaseUrl)
    await web
    server = await openServer(config, databaseUrl, log)
    const address = await server.app.listen({ port: config.port, host: config.host })
    return { url: config.publicUrl ?? address, server, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Ends in order at the first SIGTERM or SIGINT; the second does not wait. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false
  const end = () => {
    if (stopping) process.exit(1)
    stopping = true
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
}

/** What whoever started it reads: a sentence where there is one, never a stack for what they can mend themselves. */
export function explainAndExit(error: unknown): never {
  const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  if (error instanceof Refusal) console.error(error.message)
  else if (inUse) console.error('Another program listens on this port. Choose another one: PORT=3001 npm start')
  else console.error(error)
  process.exit(1)
}
