import { sql } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { HeldOrigin } from './golden-values.ts'
import type { Reader, Tx } from '../http/endpoint.ts'

export interface Names {
  /** A member's by number; null for one unknown. */
  member(id: number | null): string | null
  /** A lifecycle stage's by number. */
  stage(id: number | null): string | null
  /** Who stands behind a value: the member or the channel. */
  behind(origin: HeldOrigin): string | null
}

/** Reads the names of members and of channels that set values, and of the few lifecycle stages. */
export async function findNames(
  db: Reader | Tx,
  workspaceId: number,
  memberIds: readonly (number | null)[],
  origins: readonly HeldOrigin[],
): Promise<Names> {
  const behind = (...sources: string[]) =>
    origins.flatMap((origin) =>
      origin !== null && origin[1] !== null && sources.includes(origin[0]) ? [origin[1]] : [],
    )
  const members = [...memberIds.filter((id) => id !== null), ...behind('person', 'api', 'merge')]
  const { rows } = await sql<{ kind: string; id: number; name: string }>`${prepared}
    select 'member' as kind, id, name from member where workspace_id = ${workspaceId} and id = any(${members}::bigint[])
    union all
    select 'channel', id, name from channel
    where workspace_id = ${workspaceId} and id = any(${behind('channel')}::bigint[])
    union all
    select 'stage', id, concat_ws(' ', emoji, name) from lifecycle_stage where workspace_id = ${workspaceId}`.execute(
    db,
  )
  const names = new Map(rows.map(({ kind, id, name }) => [`${kind} ${id}`, name]))
  return {
    member: (id) => names.get(`member ${id}`) ?? null,
    stage: (id) => names.get(`stage ${id}`) ?? null,
    behind: (origin) =>
      (origin === null ? null : names.get(`${origin[0] === 'channel' ? 'channel' : 'member'} ${origin[1]}`)) ?? null,
  }
}
