import { setTimeout as wait } from 'node:timers/promises'
import { connectClient } from '../../server/testing/client.ts'
import { openCaller } from '../measure/open-caller.ts'
import { readProcess } from '../measure/read-process.ts'
import { describeRun, percentile } from '../measure/take-turns.ts'
import { atMost, type Run } from '../report.ts'
import type { Stage } from '../stage/open-stage.ts'
import { openRecords } from './open-records.ts'
import type { Scenario } from './scenario.ts'

/** Who enter at once. */
const most = 20_000
/** Behind the wait, for each of them. */
const stepsEach = 5

/**
 * All of a selection is tagged, which lets each of them enter a workflow and wait there; then the time of all of them comes at
 * once, and they are led through its steps, while somebody opens records.
 */
export const workflow: Scenario = async (stage, concurrency) => {
  if (concurrency > 1) return { runs: [], ratios: [] }
  const client = connectClient(stage.url, stage.headers)
  const caller = openCaller(stage.url, 1)
  const count = Math.min(most, Math.floor(stage.contacts / 2))
  try {
    const [entering, led] = [
      await client.tags.create({ name: 'Entran' }),
      await client.tags.create({ name: 'Guiados' }),
    ]
    const { id: fieldId } = await client.fields.create({ name: 'Nota', type: 'text' })
    const spain = { and: [{ field: 'country', operator: 'isEqualTo' as const, value: 'ES' }] }
    const { id: workflowId } = await client.workflows.create({
      name: 'Bienvenida',
      draft: {
        triggers: [{ kind: 'tagAdded', tagIds: [entering.id] }],
        steps: [
          { id: 'espera', kind: 'wait', amount: 1, unit: 'days' },
          { id: 'marca', kind: 'tag', add: [led.id] },
          { id: 'decide', kind: 'branch', arms: [{ filter: spain, steps: [] }] },
          { id: 'anota', kind: 'field', field: `#${fieldId}`, value: 'de {{contact.country}}' },
          { id: 'abre', kind: 'open' },
          { id: 'cierra', kind: 'close', category: 'Hecho' },
        ],
      },
    })
    await client.workflows.publish({ workflowId, revision: 1 })
    await client.workspaces.update({ bulkLimit: null })
    const quiet = await openRecords(caller, stage, 1000, () => false, 1)
    const began = performance.now()
    for (let at = 0; at < count; at += 1000) {
      const ids = Array.from({ length: Math.min(1000, count - at) }, (_, n) => at + n + 1)
      await client.bulk.tag({ selection: { kind: 'ids', ids }, add: [entering.id] })
    }
    await until(stage, `r.state = 'waiting'`, count)
    const enteredMs = performance.now() - began
    const before = readProcess(stage.serverPid)
    const start = performance.now()
    let over = false
    const opening = openRecords(caller, stage, 100_000, () => over, 1)
    await stage.pool.query(`update workflow_run set wake_at = now()`)
    await stage.pool.query(`select pg_notify('ficha_workflows', '')`)
    await until(stage, `r.ended_at is not null`, count)
    const ledMs = performance.now() - start
    const after = readProcess(stage.serverPid)
    const cpuMs = before === null || after === null ? null : (after.cpuMs - before.cpuMs) / (count * stepsEach)
    over = true
    const opened = await opening
    await oncePerStep(stage, count)
    const turns = { scenario: 'workflow', contacts: stage.contacts, concurrency: 1 }
    const perSecond = Math.round((count * stepsEach * 1000) / ledMs)
    const runs: Run[] = [
      describeRun('opening a record, quiet', turns, quiet),
      describeRun('opening a record beside it', turns, opened),
      {
        ...describeRun('tagging and entering', turns, [enteredMs]),
        n: count,
        per_s: Math.round((count * 1000) / enteredMs),
      },
      { ...describeRun('steps', turns, [ledMs]), n: count * stepsEach, per_s: perSecond, cpu_ms_per_op: cpuMs },
    ]
    const ratios = [
      atMost(1000 / 500, 'a step of a workflow, ms', 1000 / perSecond),
      atMost(2, 'opening records while workflows run / quiet, p95', percentile(opened, 95) / percentile(quiet, 95)),
    ]
    return { runs, ratios }
  } finally {
    await caller.close()
  }
}

async function until({ pool, workspaceId }: Stage, which: string, count: number): Promise<void> {
  for (let found = 0; found < count; await wait(found < count ? 50 : 0)) {
    const { rows } = await pool.query<{ n: number }>(
      `select count(*)::int as n from workflow_run r where r.workspace_id = $1 and ${which}`,
      [workspaceId],
    )
    found = rows[0]!.n
  }
}

/** Each step was done for each contact, and once. */
async function oncePerStep({ pool, workspaceId }: Stage, count: number): Promise<void> {
  const { rows } = await pool.query<{ steps: number; closed: number }>(
    `select (select count(*)::int from workflow_run_step where workspace_id = $1 and outcome <> 'waiting') as steps,
      (select count(*)::int from activity where workspace_id = $1 and kind = 'closed' and actor_type = 'workflow') as closed`,
    [workspaceId],
  )
  if (rows[0]!.closed !== count || rows[0]!.steps !== count * (stepsEach + 1))
    throw new Error(`of ${count} contacts ${rows[0]!.steps} steps were done and ${rows[0]!.closed} closed`)
}
