import { can } from '#contract/policy.ts'
import type { ReadContext } from '../http/endpoint.ts'
import { apiTokenOf, workingTokens } from './api-token-row.ts'

/** The tokens that this member may handle (`mayHandleToken`), newest first. */
export async function listApiTokens({ db, actor }: ReadContext) {
  const all = workingTokens(db, actor.workspaceId)
  const rows = await (can(actor, 'integrations.manage') ? all : all.where('t.member_id', '=', actor.memberId)).execute()
  return { items: rows.map(apiTokenOf) }
}
