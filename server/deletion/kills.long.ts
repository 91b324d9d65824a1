import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { expect, test } from 'vitest'
import type { BulkJob } from '#contract/bulk.ts'
import { connectClient } from '../testing/client.ts'
import { createTestDatabase } from '../testing/database.ts'
import { givenMany } from '../testing/given-many.ts'
import { endProcess, freePort, startServerProcess } from '../testing/server-process.ts'
import { signUpOwner } from '../testing/sign-up-owner.ts'
import { waitFor } from '../testing/wait-for.ts'

const people = 20_000
const kills = 10

test('a deletion of 20 000 contacts that is killed ten times ends complete, nothing twice, the receipt true', async () => {
  const databaseUrl = await createTestDatabase()
  const dataDir = realpathSync(mkdtempSync(join(tmpdir(), 'ficha-delete-')))
  const port = await freePort()
  const env = { DATABASE_URL: databaseUrl, FICHA_DATA: dataDir, PORT: String(port) }
  const url = `http://127.0.0.1:${port}`
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 })
  pool.on('error', () => undefined)
  let server = await startServerProcess(env)
  try {
    const { workspaceId, cookie } = await signUpOwner(url)
    const client = connectClient(url, { cookie, 'x-ficha-workspace': String(workspaceId) })
    const { id: tagId } = await client.tags.create({ name: 'Muchos' })
    const { id: otherTagId } = await client.tags.create({ name: 'Otros' })
    const many = { workspaceId, channelId: 1, messages: 10 }
    await givenMany(pool, { ...many, after: 1000, count: people, tagId })
    await givenMany(pool, { ...many, after: 50_000, count: 500, tagId: otherTagId })
    const count = async () => {
      const tables = [
        'contact',
        'contact_state',
        'message',
        'conversation',
        'contact_channel',
        'activity',
        'attachment',
      ]
      const counts = await Promise.all(
        tables.map(async (table) => {
          const { rows } = await pool.query<{ n: number }>(
            `select count(*)::int as n from ${table} where workspace_id = $1`,
            [workspaceId],
          )
          return [table, rows[0]!.n] as const
        }),
      )
      return Object.fromEntries(counts)
    }
    expect((await count())['message']).toBe((people + 500) * 10)

    const filter = { and: [{ field: 'tag', operator: 'hasAnyOf' as const, value: [tagId] }] }
    const { id: jobId } = await client.deletion.start({
      selection: { kind: 'matching', filter, except: [] },
      contacts: people,
    })
    let killed = 0
    const seen: number[] = []
    let job: BulkJob = await client.bulk.get({ jobId })
    while (killed < kills) {
      const before = job.done
      await waitFor('the deletion to go on', async () => {
        job = await client.bulk.get({ jobId })
        return job.done > before || job.endedAt !== null
      })
      await wait(Math.random() * 300)
      await endProcess(server.child, 'SIGKILL')
      killed++
      const { rows } = await pool.query<{ done: number; listed: number }>(
        `select done, (select coalesce(sum(cardinality(contact_ids)), 0) from bulk_batch b
           where b.workspace_id = j.workspace_id and b.job_id = j.id and b.done_at is not null)::int as listed
         from bulk_job j where workspace_id = $1 and id = $2`,
        [workspaceId, jobId],
      )
      // what the progress says and what it lists is what is gone, at every moment
      expect(rows[0]!.listed).toBe(rows[0]!.done)
      expect((await count())['contact']).toBe(people + 500 - rows[0]!.done)
      seen.push(rows[0]!.done)
      job = { ...job, done: rows[0]!.done }
      server = await startServerProcess(env)
    }
    console.log(`done at each kill: ${seen.join(', ')}`)
    job = await waitFor(
      'the deletion to end',
      async () => {
        const now = await client.bulk.get({ jobId })
        return now.endedAt !== null && now
      },
      120_000,
    )
    expect(new Set(seen).size, 'kills that came in the middle').toBeGreaterThan(kills / 2)
    expect(job).toMatchObject({ state: 'done', total: people, done: people, failed: 0 })
    expect(job.result).toMatchObject({
      counts: {
        contacts: people,
        absorbed: 0,
        messages: people * 10,
        conversations: people,
        channels: people,
        activities: people * 2,
        files: people / 100,
      },
      checked: { left: 0 },
    })
    expect(await count()).toEqual({
      contact: 500,
      contact_state: 500,
      message: 5000,
      conversation: 500,
      contact_channel: 500,
      activity: 1000,
      attachment: 5,
    })
    const { rows } = await pool.query<{ doomed: number }>('select count(*)::int as doomed from doomed_file')
    expect(rows[0]!.doomed).toBe(0)
    expect((await client.bulk.list({})).items).toHaveLength(1)
  } finally {
    await endProcess(server.child, 'SIGKILL')
    await pool.end()
    rmSync(dataDir, { recursive: true, force: true })
  }
}, 300_000)
