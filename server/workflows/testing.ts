import { sql } from 'kysely'
import { workflowBell } from '../db/notify.ts'
import type { Client } from '../testing/client.ts'
import type { TestServer } from '../testing/test-server.ts'
import { waitFor } from '../testing/wait-for.ts'

export type Draft = Parameters<Client['workflows']['edit']>[0]['draft']

let count = 0

/** A workflow in force. */
export async function givenWorkflow(client: Client, draft: Draft, name = `Flujo ${++count}`): Promise<number> {
  const { id, revision, problems } = await client.workflows.create({ name, draft })
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  await client.workflows.publish({ workflowId: id, revision })
  return id
}

export const runsOf = async (client: Client, contactId: number) =>
  (await client.workflows.runsOfContact({ contactId })).items

/** How every run of a contact ended or stands, newest first, once there are enough and none goes on by itself. */
export const endsOf = (client: Client, contactId: number, least = 1): Promise<string[]> =>
  waitFor('the runs to rest', async () => {
    const runs = await runsOf(client, contactId)
    const rest = runs.length >= least && runs.every(({ state }) => state !== 'running')
    return rest && runs.map(({ end, state }) => end ?? state)
  })

export const waiting = { id: 'espera', kind: 'wait', amount: 3, unit: 'days' } as const

/** As if the time had come that a run waits for. */
export async function hurry({ deps }: TestServer, runId: number): Promise<void> {
  await sql`
    with due as (update workflow_run set wake_at = now() where id = ${runId} and state <> 'calling' returning 1)
    select pg_notify(${workflowBell}, '') from due`.execute(deps.db)
}
