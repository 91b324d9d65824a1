import pino from 'pino'
import { readConfig, type Config } from '../config.ts'
import { connectEmbedded, startEmbeddedPostgres } from '../db/embedded-postgres.ts'
import { migrate } from '../db/migrate.ts'
import type { Deps } from '../deps.ts'
import { openServer } from '../open-server.ts'
import { openLog } from '../log.ts'

/**
 * Runs a command on this installation's data: beside a running server through its database, or, when none runs, on the
 * built-in database started for the moment.
 */
export async function withInstallation<Result>(run: (deps: Deps, config: Config) => Promise<Result>): Promise<Result> {
  const config = readConfig(process.env)
  const running = config.databaseUrl ?? connectEmbedded({ dataDir: config.dataDir })
  const embedded = running === null ? await startEmbeddedPostgres({ dataDir: config.dataDir }) : null
  const url = running ?? embedded?.url ?? ''
  try {
    await migrate(url)
    const server = await openServer(config, url, openLog('error', pino.destination(2)), { work: false })
    try {
      return await run(server.deps, config)
    } finally {
      await server.close()
    }
  } finally {
    await embedded?.stop()
  }
}
