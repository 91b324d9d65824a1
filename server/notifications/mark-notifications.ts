import { sql, type RawBuilder } from 'kysely'
import type { Actor, Tx, WriteContext } from '../http/endpoint.ts'
import { noticeTo } from './notify-members.ts'
import type { ParsedInput } from './parsed-input.ts'

type Context = Pick<WriteContext, 'tx' | 'actor' | 'now' | 'live'>

/** Calls some of a member's own notifications read; those of anybody else stay as they are. */
export async function markSomeRead(
  context: WriteContext,
  { notificationIds }: ParsedInput<'markRead'>,
): Promise<Record<string, never>> {
  return mark(context, sql`id = any(${notificationIds}::bigint[])`)
}

/** Calls everything up to one notification read: what has come since then has not been seen. */
export async function markAllRead(
  context: WriteContext,
  { upTo }: ParsedInput<'markAllRead'>,
): Promise<Record<string, never>> {
  return mark(context, sql`id <= ${upTo}::bigint`)
}

/** Who reads a contact's thread has seen what it was about. */
export async function markContactRead(context: Context, contactId: number): Promise<void> {
  const { workspaceId } = context.actor
  await mark(
    context,
    sql`contact_id in (
      select id from contact where workspace_id = ${workspaceId} and (id = ${contactId} or root_id = ${contactId}))`,
  )
}

async function mark({ tx, actor, now, live }: Context, which: RawBuilder<unknown>): Promise<Record<string, never>> {
  const changed = await setRead(tx, actor, now, which)
  if (changed > 0n) live(noticeTo(actor.memberId))
  return {}
}

async function setRead(tx: Tx, actor: Actor, now: Date, which: RawBuilder<unknown>): Promise<bigint> {
  const { numAffectedRows = 0n } = await sql`
    update notification set read_at = ${now}
    where workspace_id = ${actor.workspaceId} and member_id = ${actor.memberId} and read_at is null and ${which}`.execute(
    tx,
  )
  return numAffectedRows
}
