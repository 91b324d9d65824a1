import { sql } from 'kysely'
import { rebuildSuggestions, startRebuild } from '../../server/duplicates/rebuild-suggestions.ts'
import { suggestDuplicates } from '../../server/duplicates/suggest-duplicates.ts'
import { indexKeys } from '../../server/identity/index-keys.ts'
import { openCaller } from '../measure/open-caller.ts'
import { describeRun } from '../measure/take-turns.ts'
import { atMost } from '../report.ts'
import { personAt } from '../stage/person.ts'
import type { Stage } from '../stage/open-stage.ts'
import type { Scenario } from './scenario.ts'

export const changed = 'a change: keys and candidates'
const many = 1_000_000
const running = new AbortController().signal

/**
 * Everybody is compared anew; then single contacts change, each followed by the judgement of its pairs; then the first page
 * of what is suggested is opened. The first two by the server's own acts in this process, so that nothing but they is measured.
 */
export const suggest: Scenario = async (stage, concurrency) => {
  if (concurrency > 1) return { runs: [], ratios: [] }
  const turns = { scenario: 'suggest', contacts: stage.contacts, concurrency }
  const anew = await timeOf(() => compareAnew(stage))
  const changes: number[] = []
  for (let at = -300; at < 2000; at++) {
    const took = await timeOf(() => change(stage, at))
    if (at >= 0) changes.push(took)
  }
  const caller = openCaller(stage.url, concurrency)
  const pages: number[] = []
  try {
    for (let at = -50; at < 300; at++) {
      const took = await caller.call(0, {
        method: 'POST',
        path: '/rpc/duplicates/list',
        headers: { ...stage.headers, 'content-type': 'application/json' },
        body: JSON.stringify({ json: {} }),
      })
      if (at >= 0) pages.push(took)
    }
  } finally {
    await caller.close()
  }
  const runs = [
    describeRun('comparing everybody anew', turns, [anew]),
    describeRun(changed, turns, changes),
    describeRun('the first page of duplicates', turns, pages),
  ]
  const whole = stage.contacts >= many
  return {
    runs,
    ratios: whole
      ? [
          atMost(60, 'comparing a million contacts anew, in s', anew / 1000),
          atMost(50, 'first page of duplicates at a million, p95 in ms', runs[2]!.p95_ms),
        ]
      : [],
  }
}

async function timeOf(act: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await act()
  return performance.now() - start
}

async function compareAnew({ db, workspaceId }: Stage): Promise<void> {
  const deps = { db, jobs: { ring: async () => undefined } }
  await startRebuild(db, workspaceId)
  await rebuildSuggestions(deps, { workspaceId }, running)
  for (;;) {
    await suggestDuplicates(deps, { workspaceId }, running)
    const { rows } = await sql`select from identity_due where workspace_id = ${workspaceId} limit 1`.execute(db)
    if (rows.length === 0) return
  }
}

/** Somebody comes to have the e-mail of somebody else, or their own again. */
async function change({ db, workspaceId, contacts }: Stage, at: number): Promise<void> {
  const number = ((at + 1000) * 7919) % contacts
  const id = number + 1
  const { email } = personAt(at % 2 === 0 ? (number + 1) % contacts : number)
  await db.transaction().execute(async (tx) => {
    const { phone } = await tx
      .updateTable('contact')
      .set({ email })
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', id)
      .returning('phone')
      .executeTakeFirstOrThrow()
    await indexKeys(tx, workspaceId, [{ contactId: id, phone, email }])
  })
  await suggestDuplicates({ db, jobs: { ring: async () => undefined } }, { workspaceId }, running)
}
