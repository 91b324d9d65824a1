import pino from 'pino'
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

/** Configuration → database → migrations → queues → application → listening. What was opened is closed if a later step fails. */
export async function startFicha(config: Config): Promise<RunningFicha> {
  const log = openLog(process.env['FICHA_LOG'] ?? 'warn', pino.destination(2))
  const embedded = config.databaseUrl === null ? await startEmbeddedPostgres({ dataDir: config.dataDir }) : null
  const databaseUrl = config.databaseUrl ?? embedded?.url ?? ''
  let server: OpenServer | undefined
  const stop = async () => {
    await server?.close()
    await embedded?.stop()
  }
  try {
    await migrate(databaseUrl)
    server = await openServer(config, databaseUrl, log)
    const address = await server.app.listen({ port: config.port, host: config.host })
    return { url: config.publicUrl ?? address, server, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/**
 * Ends in order at the first SIGTERM or SIGINT; another one does not wait. In the first second it is the same one: the
 * terminal tells everybody of Ctrl-C, and npm hands on what it was told.
 */
export function stopOnSignal(stop: () => Promise<void>): void {
  let since: number | null = null
  const end = () => {
    if (since !== null) {
      if (performance.now() - since > 1000) process.exit(1)
      return
    }
    since = performance.now()
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
