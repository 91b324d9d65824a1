import { sql, type Transaction } from 'kysely'
import type { LiveEvent } from '#contract/live.ts'
import type { DB } from './tables.ts'

export const liveChannel = 'ficha_live'

/** What server processes listen on for workflows that have something to do. */
export const workflowBell = 'ficha_workflows'

/**
 * What travels between processes when something changes: ids only. `assigneeId` and `teamId` (before and after, where
 * they changed) let each process decide without a query which members may hear of it.
 */
export interface LiveNotice {
  workspaceId: number
  event: Exclude<LiveEvent, { type: 'ready' }>
  /** Null: every member of the workspace. */
  seenBy: readonly { assigneeId: number | null; teamId: number | null }[] | null
  /** Of those, this member alone. */
  onlyTo?: number
  /** A member whose sessions or access changed: their streams end, and come back by themselves where they still may. */
  endsStreamsOf?: number
}

/** Tells every process when, and only when, the transaction commits. */
export async function notify(tx: Transaction<DB>, notices: readonly LiveNotice[]): Promise<void> {
  if (notices.length === 0) return
  await sql`select pg_notify(${liveChannel}, payload) from unnest(${notices.map((n) => JSON.stringify(n))}::text[]) payload`.execute(
    tx,
  )
}
