import { sql } from 'kysely'
import type { Tx } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'

export interface HeldTag {
  readonly id: number
  readonly name: string
}

/**
 * The tags that these numbers lead to, each once, held so that until the transaction ends none of them goes or becomes part of
 * another. Fails NOT_FOUND where one leads nowhere. Whoever holds tags and locks contacts holds the tags first.
 */
export async function holdTags(tx: Tx, workspaceId: number, tagIds: readonly number[]): Promise<HeldTag[]> {
  for (;;) {
    const { rows: asked } = await sql<{ id: number }>`
      select coalesce(merged_into, id) as id from tag
      where workspace_id = ${workspaceId} and id = any(${tagIds}::bigint[])`.execute(tx)
    if (asked.length < new Set(tagIds).size) return fail('NOT_FOUND')
    const ids = [...new Set(asked.map(({ id }) => id))]
    const { rows } = await sql<HeldTag & { gone: boolean }>`
      select id, name, merged_into is not null as gone from tag
      where workspace_id = ${workspaceId} and id = any(${ids}::bigint[]) order by id for share`.execute(tx)
    // who waited for a merge or a removal looks again
    if (rows.length === ids.length && !rows.some(({ gone }) => gone)) return rows.map(({ id, name }) => ({ id, name }))
  }
}
