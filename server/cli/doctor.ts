import { randomUUID } from 'node:crypto'
import { statfs } from 'node:fs/promises'
import { sql } from 'kysely'
import { openRow } from '../channels/open-line.ts'
import type { Config } from '../config.ts'
import type { Deps } from '../deps.ts'
import { readArgs } from './read-args.ts'
import { withInstallation } from './with-installation.ts'

interface Finding {
  readonly what: string
  readonly ok: boolean
  readonly detail: string
}

/** Looks at database, disk and every connected channel, prints a line each, and ends with status 1 when one is not well. */
export async function doctor(args: string[]): Promise<void> {
  const { values } = readArgs(args, { json: { type: 'boolean' } })
  const findings = await withInstallation(async (deps, config) => [
    ...(await lookAtDatabase(deps)),
    ...(await lookAtDisk(config)),
    ...(await lookAtFiles(deps, config)),
    ...(await lookAtWork(deps)),
    ...(await lookAtChannels(deps)),
  ])
  if (values.json === true) console.log(JSON.stringify(findings))
  else for (const { what, ok, detail } of findings) console.log(`${ok ? 'ok  ' : 'BAD '} ${what.padEnd(28)} ${detail}`)
  if (findings.some(({ ok }) => !ok)) process.exitCode = 1
}

async function lookAtDatabase(deps: Deps): Promise<Finding[]> {
  const { rows } = await sql<{ version: string; size: string; used: number; most: number }>`
    select current_setting('server_version') as version, pg_size_pretty(pg_database_size(current_database())) as size,
      (select count(*)::int from pg_stat_activity) as used, current_setting('max_connections')::int as most`.execute(
    deps.db,
  )
  const [row] = rows
  if (row === undefined) return []
  return [
    { what: 'database', ok: true, detail: `PostgreSQL ${row.version}, ${row.size}` },
    { what: 'connections', ok: row.used < row.most * 0.9, detail: `${row.used} of ${row.most} in use` },
  ]
}

async function lookAtDisk(config: Config): Promise<Finding[]> {
  const { bavail, bsize } = await statfs(config.dataDir)
  const free = (bavail * bsize) / 1024 ** 3
  const detail = `${free.toFixed(1)} GB free at ${config.dataDir}${free > 1 ? '' : '; make room'}`
  return [{ what: 'disk', ok: free > 1, detail }]
}

/** Really keeps a file, reads it and takes it away again, wherever files are kept. */
async function lookAtFiles({ files }: Deps, { s3 }: Config): Promise<Finding[]> {
  const where = s3 === null ? 'on the disk' : `in the bucket ${s3.bucket}`
  const probe = randomUUID()
  try {
    await files.put(0, probe, Buffer.from('probe'))
    const read = await files.read(0, probe)
    await files.remove(0, probe)
    const same = read.toString() === 'probe'
    return [{ what: 'files', ok: same, detail: same ? `can be kept ${where}` : `come back changed ${where}` }]
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return [{ what: 'files', ok: false, detail: `cannot be kept ${where}: ${why}` }]
  }
}

/** Work that should long have been done says that no server is doing it. */
async function lookAtWork(deps: Deps): Promise<Finding[]> {
  const { rows } = await sql<{ waiting: number; oldest: number | null; aside: number; unknown: number }>`
    select (select count(*)::int from inbound_event where state = 0) as waiting,
      (select extract(epoch from now() - min(received_at))::int from inbound_event where state = 0) as oldest,
      (select count(*)::int from inbound_event where state = 2) as aside,
      (select count(*)::int from delivery where state = 8) as unknown`.execute(deps.db)
  const [row] = rows
  if (row === undefined) return []
  const late = (row.oldest ?? 0) > 120
  return [
    {
      what: 'incoming',
      ok: !late,
      detail: late
        ? `${row.waiting} events wait, the oldest for ${row.oldest} s: is a server running?`
        : `${row.waiting} waiting`,
    },
    { what: 'set aside', ok: row.aside === 0, detail: `${row.aside} events could not be understood` },
    { what: 'outgoing', ok: row.unknown === 0, detail: `${row.unknown} messages may or may not have been sent` },
  ]
}

async function lookAtChannels(deps: Deps): Promise<Finding[]> {
  const rows = await deps.db
    .selectFrom('channel')
    .selectAll()
    .where('deleted_at', 'is', null)
    .orderBy('workspace_id')
    .orderBy('id')
    .execute()
  return Promise.all(
    rows.map(async (row) => {
      const what = `channel ${row.workspace_id}/${row.id} ${row.kind}`
      if (row.paused_at !== null) return { what, ok: true, detail: `${row.name}: paused` }
      try {
        const opened = openRow(deps, row)
        if (opened === null) return { what, ok: false, detail: `${row.name}: this version has no such channel` }
        const { ok, steps } = await opened.adapter.check(opened.line.settings, AbortSignal.timeout(30_000))
        const failed = steps.find((step) => !step.ok)
        return {
          what,
          ok,
          detail: ok ? `${row.name}: works` : `${row.name}: ${failed?.step} ${failed?.code} ${failed?.detail ?? ''}`,
        }
      } catch {
        return { what, ok: false, detail: `${row.name}: its secrets do not open with this FICHA_SECRET` }
      }
    }),
  )
}
