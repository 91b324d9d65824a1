import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../server/db/embedded-postgres.ts'
import { migrate } from '../server/db/migrate.ts'

/**
 * `npm run generate`: the table types, read from a freshly migrated database. With `--verify` nothing is written, and it
 * fails when the checked-in ones are out of date.
 */
const root = join(import.meta.dirname, '..')
const dataDir = mkdtempSync(join(tmpdir(), 'ficha-generate-'))
const postgres = await startEmbeddedPostgres({ dataDir, fsync: false })
try {
  await migrate(postgres.url)
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/kysely-codegen/dist/cli/bin.js'),
      '--dialect',
      'postgres',
      '--url',
      postgres.url,
      '--include-pattern',
      'public.*',
      '--out-file',
      join(root, 'server/db/tables.ts'),
      '--type-mapping',
      '{"int8":"number"}',
      ...(process.argv.includes('--verify') ? ['--verify'] : []),
    ],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  )
  process.exitCode = status ?? 1
} finally {
  await postgres.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
