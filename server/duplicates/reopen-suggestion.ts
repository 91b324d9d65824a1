import { sql } from 'kysely'
import { recordActivity } from '../activity/record-activity.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { findPair } from './find-pair.ts'
import { judgeDue } from './judge-due.ts'
import { tell } from './suggest-duplicates.ts'

/** Forgets that somebody told two contacts apart, and what they consist of; the pair is judged at once. */
export async function reopenSuggestion(
  { tx, deps, actor, now }: WriteContext,
  asked: { a: number; b: number },
): Promise<Record<string, never>> {
  const { workspaceId } = actor
  const { a, b } = await findPair(tx, actor, asked)
  const members = (id: number) =>
    sql`(select id from contact where workspace_id = ${workspaceId} and (id = ${id} or root_id = ${id}))`
  const { rows } = await sql`
    delete from identity_decision where workspace_id = ${workspaceId}
      and ((a in ${members(a)} and b in ${members(b)}) or (a in ${members(b)} and b in ${members(a)}))
    returning a`.execute(tx)
  if (rows.length === 0) return {}
  const by = { type: actor.via, id: actor.memberId }
  await recordActivity(tx, deps.clock, workspaceId, [
    { contactId: a, kind: 'toldApartUndone', actor: by, data: { contactId: b } },
    { contactId: b, kind: 'toldApartUndone', actor: by, data: { contactId: a } },
  ])
  await judgeDue(
    tx,
    workspaceId,
    [a, b].map((contactId) => ({ contactId, lostKeys: [] })),
    now,
  )
  await tell(tx, workspaceId, [a, b])
  return {}
}
