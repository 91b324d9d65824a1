import pino from 'pino'
import { buildWebIfStale } from '../scripts/build-web.ts'
import { readConfig } from './config.ts'
import { startEmbeddedPostgres } from './db/embedded-postgres.ts'
import { migrate } from './db/migrate.ts'
import { openServer } from './open-server.ts'
import { Refusal } from './refusal.ts'

/** `npm start`: configuration → database → migrations → queues → application → listen. */
async function main(): Promise<void> {
  const config = readConfig(process.env)
  const log = pino({ level: process.env['FICHA_LOG'] ?? 'warn' }, pino.destination(2))
  await buildWebIfStale(console.log)
  const embedded = config.databaseUrl === null ? await startEmbeddedPostgres({ dataDir: config.dataDir }) : null
  const databaseUrl = config.databaseUrl ?? embedded?.url ?? ''
  let stopping: Promise<void> | undefined
  let server: Awaited<ReturnType<typeof openServer>> | undefined
  const stop = () =>
    (stopping ??= (async () => {
      await server?.close()
      await embedded?.stop()
      process.exit(0)
    })())
  process.on('SIGTERM', () => void stop())
  process.on('SIGINT', () => void stop())
  try {
    await migrate(databaseUrl)
    server = await openServer(config, databaseUrl, log)
    const address = await server.app.listen({ port: config.port, host: config.host })
    console.log(`Ficha listens at ${config.publicUrl ?? address}`)
  } catch (error) {
    await server?.close()
    await embedded?.stop()
    throw error
  }
}

main().catch((error: unknown) => {
  const port = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  if (error instanceof Refusal) console.error(error.message)
  else if (port) console.error('Another program listens on this port. Choose one with PORT=…')
  else console.error(error)
  process.exit(1)
})
