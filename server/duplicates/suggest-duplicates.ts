import { sql } from 'kysely'
import { prepared } from '../db/prepared.ts'
import { notify } from '../db/notify.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { endRebuild } from './end-rebuild.ts'
import { judgeDue, type Due } from './judge-due.ts'

const batchSize = 400
/** Then other workspaces have their turn. */
const turnMs = 5000
/** Browsers that are told of more at once ask for everything anyway. */
const mostTold = 50

/**
 * Judges what is due in a workspace, in batches: the contacts that changed are taken off the list in the transaction that
 * writes what was found, so a process killed in between leaves them due.
 */
export async function suggestDuplicates(
  deps: Pick<Deps, 'db'> & { jobs: Pick<Deps['jobs'], 'ring'> },
  { workspaceId }: { workspaceId: number },
  signal: AbortSignal,
): Promise<void> {
  const end = Date.now() + turnMs
  while (!signal.aborted) {
    const taken = await deps.db.transaction().execute(async (tx) => {
      const due = await takeDue(tx, workspaceId)
      await tell(tx, workspaceId, await judgeDue(tx, workspaceId, due, new Date()))
      return due.length
    })
    if (taken < batchSize) return endRebuild(deps.db, workspaceId)
    if (Date.now() > end) return deps.jobs.ring('suggest-duplicates', { workspaceId })
  }
}

async function takeDue(tx: Tx, workspaceId: number): Promise<Due[]> {
  const { rows } = await sql<{ contact_id: number; lost_keys: string[] }>`${prepared}
    delete from identity_due where workspace_id = ${workspaceId} and contact_id in (
      select contact_id from identity_due where workspace_id = ${workspaceId}
      order by contact_id limit ${batchSize} for update skip locked)
    returning contact_id, lost_keys`.execute(tx)
  return rows.map(({ contact_id, lost_keys }) => ({ contactId: contact_id, lostKeys: lost_keys }))
}

/** Every browser that shows one of these contacts, in the same commit. */
export async function tell(tx: Tx, workspaceId: number, contactIds: readonly number[]): Promise<void> {
  if (contactIds.length === 0) return
  const states = await tx
    .selectFrom('contact_state')
    .select(['contact_id', 'assignee_id', 'team_id'])
    .where('workspace_id', '=', workspaceId)
    .where('contact_id', 'in', contactIds.slice(0, mostTold))
    .execute()
  await notify(
    tx,
    states.map(({ contact_id, assignee_id, team_id }) => ({
      workspaceId,
      event: { type: 'contact', contactId: contact_id, cause: 'suggestions', memberId: null },
      seenBy: [{ assigneeId: assignee_id, teamId: team_id }],
    })),
  )
}
