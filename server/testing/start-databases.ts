import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../db/embedded-postgres.ts'
import { migrate } from '../db/migrate.ts'
import { startJobs } from '../jobs/queue.ts'
import { openLog } from '../log.ts'
import { databaseUrl } from './database.ts'

/**
 * Before any test: the built-in PostgreSQL in a folder of its own, or the server named by DATABASE_URL; on it a migrated
 * template that every test file copies. Databases that an earlier run left are dropped now, when nobody uses them.
 */
export default async function startDatabases(project: TestProject): Promise<() => Promise<void>> {
  const own = process.env['DATABASE_URL']
  const folder = mkdtempSync(join(tmpdir(), 'ficha-pg-'))
  const embedded = own === undefined ? await startEmbeddedPostgres({ dataDir: folder, fsync: false }) : null
  const adminUrl = own ?? embedded?.url ?? ''
  const template = `ficha_template_${process.pid}`
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  const { rows } = await client.query<{ name: string }>(
    `select datname as name from pg_database d where datname ~ '^ficha_(test|template)_'
      and not exists (select from pg_stat_activity a where a.datname = d.datname)`,
  )
  for (const { name } of rows) await client.query(`drop database if exists ${name}`)
  await client.query(`create database ${template}`)
  await migrate(databaseUrl(adminUrl, template))
  // the queue's own schema is made by whoever opens it first
  await (await startJobs(databaseUrl(adminUrl, template), openLog('error', process.stderr), { alone: false })).stop()
  await client.end()
  project.provide('adminUrl', adminUrl)
  project.provide('template', template)
  return async () => {
    await embedded?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
