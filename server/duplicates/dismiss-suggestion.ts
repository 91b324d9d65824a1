import { sql } from 'kysely'
import { recordActivity } from '../activity/record-activity.ts'
import { markDue } from '../identity/mark-due.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { findPair } from './find-pair.ts'
import { tell } from './suggest-duplicates.ts'

/**
 * Remembers that two contacts are two people, with what is known of them now: only what becomes known later brings the pair
 * back. On the numbers they have now, so that a merge of either does not forget it.
 */
export async function dismissSuggestion(
  { tx, deps, actor, now, enqueue }: WriteContext,
  asked: { a: number; b: number },
): Promise<Record<string, never>> {
  const { workspaceId } = actor
  const { a, b } = await findPair(tx, actor, asked)
  await sql`
    with known as (
      delete from suggestion_key where workspace_id = ${workspaceId} and a = ${a} and b = ${b} returning key
    ), closed as (
      delete from pair_suggestion where workspace_id = ${workspaceId} and a = ${a} and b = ${b}
    )
    insert into identity_decision as before (workspace_id, a, b, keys, decided_by, decided_at)
    select ${workspaceId}::bigint, ${a}::bigint, ${b}::bigint, array(select key from known order by key),
      ${actor.memberId}::bigint, ${now}::timestamptz
    on conflict (workspace_id, a, b) do update
    set keys = array(select distinct unnest(before.keys || excluded.keys)),
      decided_by = excluded.decided_by, decided_at = excluded.decided_at`.execute(tx)
  const by = { type: actor.via, id: actor.memberId }
  await recordActivity(tx, deps.clock, workspaceId, [
    { contactId: a, kind: 'toldApart', actor: by, data: { contactId: b } },
    { contactId: b, kind: 'toldApart', actor: by, data: { contactId: a } },
  ])
  await tell(tx, workspaceId, [a, b])
  // a judgement that was under way did not know of this yet
  await markDue(tx, workspaceId, [a, b])
  await enqueue('suggest-duplicates', { workspaceId })
  return {}
}
