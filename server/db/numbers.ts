import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import { prepared } from './prepared.ts'
import type { DB } from './tables.ts'

/** Kinds of things that carry a number people and callers see. */
export type NumberKind =
  | 'contact'
  | 'member'
  | 'team'
  | 'invitation'
  | 'apiToken'
  | 'channel'
  | 'contactChannel'
  | 'conversation'
  | 'closingNote'
  | 'merge'
  | 'tag'
  | 'segment'
  | 'field'
  | 'stage'
  | 'bulkJob'
  | 'import'
  | 'workflow'

export interface Numbers {
  /** The first of `count` consecutive numbers, per workspace, never given twice; gaps are fine. */
  next(workspaceId: number, kind: NumberKind, count?: number): Promise<number>
}

/**
 * Numbers are drawn outside the caller's transaction, on connections of their own (`db` must be a small pool that nothing
 * else uses): a counter row locked until the caller commits would put every new contact of a workspace in one queue, and
 * drawing from the caller's pool could leave all its connections waiting for one another.
 */
export function openNumbers(db: Kysely<DB>): Numbers {
  return {
    async next(workspaceId, kind, count = 1) {
      const { rows } = await sql<{ last: number }>`${prepared}
        insert into counter (workspace_id, kind, last) values (${workspaceId}, ${kind}, ${count})
        on conflict (workspace_id, kind) do update set last = counter.last + excluded.last
        returning last`.execute(db)
      return rows[0]!.last - count + 1
    },
  }
}
