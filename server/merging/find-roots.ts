import { sql } from 'kysely'
import { sees } from '#contract/policy.ts'
import type { MergeField } from '#contract/merging.ts'
import { prepared } from '../db/prepared.ts'
import type { Actor, Reader, Tx } from '../http/endpoint.ts'
import { fail, refuse } from '../http/fail.ts'
import type { MergeWish } from './plan-merge.ts'
import type { ParsedInput } from './parsed-input.ts'

interface FoundRoot {
  id: number
  rootId: number
  blockedAt: Date | null
  assigneeId: number | null
  teamId: number | null
}

/**
 * The live contacts that are meant, in place of absorbed ones; refuses what cannot be merged. Whoever may not see one of
 * them learns nothing of it.
 */
export async function findRoots(
  db: Reader | Tx,
  actor: Actor,
  input: Pick<ParsedInput<'merge'>, 'contactIds' | 'survivorId' | 'picks'>,
): Promise<MergeWish> {
  const { contactIds, survivorId } = input
  if (new Set(contactIds).size < contactIds.length) fail('CONFLICT', { reason: 'same-contact' })
  const picks = Object.entries(input.picks) as [MergeField, number][]
  const askedIds = [...contactIds, ...picks.map(([, id]) => id), ...(survivorId === undefined ? [] : [survivorId])]
  const { rows } = await sql<FoundRoot>`${prepared}
    select asked.id, root.id as "rootId", root.blocked_at as "blockedAt", state.assignee_id as "assigneeId",
      state.team_id as "teamId"
    from contact asked
    join contact root on root.workspace_id = asked.workspace_id and root.id = coalesce(asked.root_id, asked.id)
    join contact_state state on state.workspace_id = root.workspace_id and state.contact_id = root.id
    where asked.workspace_id = ${actor.workspaceId} and asked.id = any(${askedIds}::bigint[])`.execute(db)
  const found = new Map(rows.map((row) => [row.id, row]))
  const parties = contactIds.map((id) => found.get(id) ?? fail('NOT_FOUND'))
  if (!parties.every((party) => sees(actor, party))) fail('NOT_FOUND')
  const rootIds = parties.map(({ rootId }) => rootId)
  if (new Set(rootIds).size < rootIds.length) fail('CONFLICT', { reason: 'already-one' })
  if (parties.some(({ blockedAt }) => blockedAt !== null)) fail('CONFLICT', { reason: 'blocked' })

  const rootOf = (field: string, id: number): number => {
    const rootId = found.get(id)?.rootId
    if (rootId === undefined || !rootIds.includes(rootId))
      return refuse(field, 'not-among-them', 'Name one of the contacts to be merged.')
    return rootId
  }
  return {
    rootIds,
    survivorId: survivorId === undefined ? null : rootOf('survivorId', survivorId),
    picks: Object.fromEntries(picks.map(([field, id]) => [field, rootOf(`picks.${field}`, id)])),
  }
}
