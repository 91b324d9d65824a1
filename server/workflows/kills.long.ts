import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { expect, test } from 'vitest'
import { connectClient } from '../testing/client.ts'
import { startCustomDouble } from '../testing/custom-double.ts'
import { createTestDatabase } from '../testing/database.ts'
import { startDouble } from '../testing/double-server.ts'
import { givenMany } from '../testing/given-many.ts'
import { endProcess, freePort, startServerProcess } from '../testing/server-process.ts'
import { signUpOwner } from '../testing/sign-up-owner.ts'
import { waitFor } from '../testing/wait-for.ts'

const people = 10_000
const kills = 10
/** One in so many is written to, and asked about elsewhere. */
const every = 50
const some = people / every

test('10 000 contacts are led through a workflow by a server that is killed ten times: each step once for each of them', async () => {
  const databaseUrl = await createTestDatabase()
  const dataDir = realpathSync(mkdtempSync(join(tmpdir(), 'ficha-flow-')))
  const port = await freePort()
  const env = { DATABASE_URL: databaseUrl, FICHA_DATA: dataDir, PORT: String(port), FICHA_ALLOW_INTERNAL: '127.0.0.1' }
  const url = `http://127.0.0.1:${port}`
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 })
  pool.on('error', () => undefined)
  const double = await startCustomDouble()
  const elsewhere = await startDouble(() => ({ status: 200, body: { ok: true } }))
  let server = await startServerProcess(env)
  try {
    const { workspaceId, cookie } = await signUpOwner(url)
    const client = connectClient(url, { cookie, 'x-ficha-workspace': String(workspaceId) })
    const channel = await client.channels.connect({
      name: 'Puente',
      settings: { kind: 'custom', apiBaseUrl: double.url, contactIdType: 'phone' },
    })
    double.token = channel.setup.apiToken
    const [before, entering, led] = [
      await client.tags.create({ name: 'Antes' }),
      await client.tags.create({ name: 'Entran' }),
      await client.tags.create({ name: 'Guiados' }),
    ]
    await givenMany(pool, {
      workspaceId,
      channelId: channel.id,
      after: 1000,
      count: people,
      messages: 1,
      tagId: before.id,
    })
    // conversations that begin are numbered behind those
    await pool.query(
      `insert into counter (workspace_id, kind, last) values ($1, 'conversation', 1000000)
       on conflict (workspace_id, kind) do update set last = excluded.last`,
      [workspaceId],
    )
    await pool.query(`update contact set country = 'MX' where workspace_id = $1 and id % $2 = 0`, [workspaceId, every])
    const mexico = { and: [{ field: 'country', operator: 'isEqualTo' as const, value: 'MX' }] }
    const { id: workflowId } = await client.workflows.create({
      name: 'Bienvenida',
      draft: {
        triggers: [{ kind: 'tagAdded', tagIds: [entering.id] }],
        steps: [
          { id: 'espera', kind: 'wait', amount: 1, unit: 'days' },
          { id: 'marca', kind: 'tag', add: [led.id] },
          {
            id: 'decide',
            kind: 'branch',
            arms: [
              {
                filter: mexico,
                steps: [
                  { id: 'escribe', kind: 'send', body: { type: 'text', text: 'Hola {{contact.firstName}}' } },
                  { id: 'pide', kind: 'http', method: 'POST', url: `${elsewhere.url}/{{contact.id}}` },
                ],
              },
            ],
            otherwise: [{ id: 'abre', kind: 'open' }],
          },
          { id: 'cierra', kind: 'close', category: 'Hecho' },
        ],
      },
    })
    await client.workflows.publish({ workflowId, revision: 1 })
    await client.workspaces.update({ bulkLimit: null })
    const filter = { and: [{ field: 'tag', operator: 'hasAnyOf' as const, value: [before.id] }] }
    await client.bulk.tag({ selection: { kind: 'matching', filter, except: [] }, add: [entering.id] })

    const count = async (sql: string): Promise<number> => {
      const { rows } = await pool.query<{ n: number }>(`select count(*)::int as n from ${sql}`)
      return rows[0]!.n
    }
    const seen: string[] = []
    /** Kills it at some moment of a part of the way: `of` is where the way ends. */
    const kill = async (progress: string, part: number, parts: number, of: number) => {
      const from = ((part + Math.random() * 0.8) * of) / parts
      await waitFor('it to have come so far', async () => (await count(progress)) >= from, 120_000)
      await wait(Math.random() * 100)
      await endProcess(server.child, 'SIGKILL')
      seen.push(`${await count(progress)} of ${of}`)
      server = await startServerProcess(env)
    }
    // while they enter
    for (let part = 0; part < 3; part++) await kill('workflow_run', part, 3, people)
    await waitFor('all to wait', async () => (await count(`workflow_run where state = 'waiting'`)) === people, 120_000)
    // the day is over
    await pool.query(`update workflow_run set wake_at = now()`)
    for (let part = 3; part < kills; part++)
      await kill('workflow_run_step where place > 0', part - 3, kills - 3, people * 4)
    console.log(`at each kill: ${seen.join(', ')}`)
    await waitFor(
      'all to have come to the end',
      async () => (await count(`workflow_run where ended_at is not null`)) === people,
      240_000,
    )

    const { rows } = await pool.query<{ what: string; n: number; of: number }>(
      `select kind as what, count(*)::int as n, count(distinct contact_id)::int as of from activity
       where actor_type = 'workflow' and contact_id > 1000 group by kind
       union all select 'step ' || step_id, count(*)::int, count(distinct contact_id)::int from workflow_run_step
         where outcome = 'done' group by step_id
       union all select 'message', count(*)::int, count(distinct contact_id)::int from message where sender_type = 'workflow'
       order by 1`,
    )
    const each = (n: number) => ({ n, of: n })
    expect(Object.fromEntries(rows.map(({ what, n, of }) => [what, { n, of }]))).toEqual({
      closed: each(people),
      opened: each(people),
      tagAdded: each(people),
      workflowEnded: each(people),
      workflowStarted: each(people),
      message: each(some),
      'step abre': each(people - some),
      'step cierra': each(people),
      'step decide': each(people),
      'step escribe': each(some),
      'step espera': each(people),
      'step marca': each(people),
      'step pide': each(some),
    })
    // at least once, and whoever asks twice says so
    const keys = elsewhere.requests.map(({ headers }) => headers['idempotency-key'])
    expect(new Set(keys).size).toBe(some)
    expect(keys.length).toBeLessThan(some + kills * 16)
    await waitFor(
      'the messages to go out',
      () => new Set(double.sent.map(({ body }) => body.contactId)).size >= some - kills * 8,
      60_000,
    )
    expect(await count('workflow_event')).toBe(0)
  } finally {
    await endProcess(server.child, 'SIGKILL')
    await pool.end()
    await double.close()
    await elsewhere.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}, 600_000)
