import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { findRoot } from '../find-root.ts'
import { Refusal } from '../refusal.ts'

const migrationsFolder = join(findRoot(), 'server', 'db', 'migrations')

interface Migration {
  readonly name: string
  readonly text: string
  readonly checksum: string
  /** `-- no-transaction` in the first line: for indexes that are built without locking the table. */
  readonly alone: boolean
}

/** Our corner of the advisory locks. */
const lock = 0x46494349

/**
 * Brings the database to what this code expects. Processes that start at once wait for the first. It only goes forward: a
 * database that a newer Ficha has touched, and an applied file that was changed since, are refused with a sentence.
 */
export async function migrate(url: string, folder = migrationsFolder): Promise<{ applied: string[] }> {
  const wanted = readMigrations(folder)
  const client = new pg.Client({ connectionString: url, application_name: 'ficha migrations' })
  await connect(client)
  try {
    await client.query('set statement_timeout = 0; set lock_timeout = 0')
    await client.query('select pg_advisory_lock($1)', [lock])
    await checkVersion(client)
    await client.query(
      `create table if not exists migration (name text primary key, checksum text not null, applied_at timestamptz not null default now())`,
    )
    const done = await client.query<{ name: string; checksum: string }>(
      'select name, checksum from migration order by name',
    )
    checkHistory(done.rows, wanted)
    const applied: string[] = []
    for (const migration of wanted.slice(done.rows.length)) {
      await apply(client, migration)
      applied.push(migration.name)
    }
    return { applied }
  } finally {
    await client.end()
  }
}

function readMigrations(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .toSorted()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8')
      return {
        name: file.replace(/\.sql$/, ''),
        text,
        checksum: createHash('sha256').update(text).digest('hex'),
        alone: text.startsWith('-- no-transaction'),
      }
    })
}

/** The sentence for each way the applied ones and the files can disagree. */
function checkHistory(done: readonly { name: string; checksum: string }[], wanted: readonly Migration[]): void {
  for (const [index, { name, checksum }] of done.entries()) {
    const here = wanted[index]
    if (here === undefined || (here.name !== name && !wanted.some((one) => one.name === name))) {
      throw new Refusal(
        `The database was already changed by a newer Ficha (${name}). Start that version or a later one; going back would lose data.`,
      )
    }
    if (here.name !== name) {
      throw new Refusal(
        `The database change ${here.name} would come before ${name}, which is applied already. This copy of Ficha is not complete.`,
      )
    }
    if (here.checksum !== checksum) {
      throw new Refusal(`The database change ${name} is not the one that was applied. This copy of Ficha was altered.`)
    }
  }
}

async function apply(client: pg.Client, { name, text, checksum, alone }: Migration): Promise<void> {
  const note = () => client.query('insert into migration (name, checksum) values ($1, $2)', [name, checksum])
  if (alone) {
    // each statement must be safe to run again: what a crash leaves is repeated at the next start
    await client.query(text)
    await note()
    return
  }
  await client.query('begin')
  try {
    await client.query(text)
    await note()
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

async function connect(client: pg.Client): Promise<void> {
  try {
    await client.connect()
  } catch (error) {
    throw new Refusal(
      `The database does not answer: ${error instanceof Error ? error.message : String(error)}. Check DATABASE_URL.`,
    )
  }
}

async function checkVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: number }>(
    "select current_setting('server_version_num')::int as version",
  )
  if ((rows[0]?.version ?? 0) < 150_000) throw new Refusal('Ficha needs PostgreSQL 15 or newer.')
}
