import { sql } from 'kysely'
import { preparedFor } from '../db/prepared.ts'
import type { Tx } from '../http/endpoint.ts'

/**
 * `lockRoot` for many: locks, in the order of their numbers, the hot rows of those whom these numbers answer with, until the
 * transaction ends. Answers which number led to whom; one that leads nowhere is missing.
 */
export async function lockRoots(tx: Tx, workspaceId: number, asked: readonly number[]): Promise<Map<number, number>> {
  const locked = new Set<number>()
  for (;;) {
    const { rows } = await sql<{ id: number; root: number }>`${preparedFor(asked.length)}
      select id, coalesce(root_id, id) as root from contact
      where workspace_id = ${workspaceId} and id = any(${asked}::bigint[])`.execute(tx)
    const roots = [...new Set(rows.map(({ root }) => root))].filter((root) => !locked.has(root))
    // who had to wait looks again: somebody may have been absorbed, or be back, or be gone meanwhile
    if (roots.length === 0) return new Map(rows.map(({ id, root }) => [id, root]))
    await sql`${preparedFor(asked.length)}
      select from contact_state where workspace_id = ${workspaceId} and contact_id = any(${roots}::bigint[])
      order by contact_id for update`.execute(tx)
    for (const root of roots) locked.add(root)
  }
}
