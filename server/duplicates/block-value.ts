import { sql } from 'kysely'
import { recordAudit } from '../activity/record-audit.ts'
import { workspaceCountry } from '../contacts/insert-contact.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { refuse } from '../http/fail.ts'
import { emailKey } from '../identity/email-key.ts'
import { phoneKey } from '../identity/phone-key.ts'
import { markHolders } from './mark-holders.ts'
import { showShared } from './show-shared.ts'

/** Says that a phone or an e-mail is nobody's own: from now on no suggestion stands on it. Safe to repeat. */
export async function blockValue({ tx, deps, actor, now, enqueue }: WriteContext, { value }: { value: string }) {
  const { workspaceId } = actor
  const { key, isNobodys } = value.includes('@')
    ? readEmail(value)
    : readPhone(value, await workspaceCountry(tx, workspaceId))
  if (isNobodys) return refuse('value', 'placeholder', 'Nobody is suggested by this value anyway: it is a filler.')
  if (key === null) return refuse('value', 'format', 'Write a phone number or an e-mail address.')
  const blocked = await tx
    .insertInto('blocked_value')
    .values({ workspace_id: workspaceId, key, blocked_by: actor.memberId, blocked_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst()
  if (blocked !== undefined) await recordAudit(tx, deps.clock, actor, 'valueBlocked', { name: key.slice(2) })
  await markHolders(tx, workspaceId, key)
  await enqueue('suggest-duplicates', { workspaceId })
  const { rows } = await sql<{ holders: number; blocked_at: Date }>`
    select b.blocked_at, (select count(*)::int from (
      select from identity_key where workspace_id = ${workspaceId} and key = ${key} limit 1000) k) as holders
    from blocked_value b where b.workspace_id = ${workspaceId} and b.key = ${key}`.execute(tx)
  return showShared({ key, holders: rows[0]!.holders, blocked_at: rows[0]!.blocked_at, blocked_by: actor.name })
}

/** A value of the right form without a key is a filler such as test@example.com. */
function readEmail(value: string) {
  const { key, normalised } = emailKey(value)
  return { key, isNobodys: key === null && normalised !== null }
}

function readPhone(value: string, country: string | null) {
  const { key, e164 } = phoneKey(value, country)
  return { key, isNobodys: key === null && e164 !== null }
}
