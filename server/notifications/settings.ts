import type { NotificationSettings } from '#contract/notifications.ts'
import type { Actor, ReadContext, Reader, Tx, WriteContext } from '../http/endpoint.ts'
import type { ParsedInput } from './parsed-input.ts'

const unlessSaid: NotificationSettings = { assigned: 'desktop', message: 'desktop', mention: 'desktop' }

/** How a member wishes to be told. */
export const getSettings = ({ db, actor }: ReadContext): Promise<NotificationSettings> => loadSettings(db, actor)

/** Another way to be told, of what is named. */
export async function updateSettings(
  { tx, actor }: WriteContext,
  change: ParsedInput<'updateSettings'>,
): Promise<NotificationSettings> {
  const settings = { ...(await loadSettings(tx, actor)), ...change }
  await tx
    .updateTable('member')
    .set({ notify: JSON.stringify(settings) })
    .where('workspace_id', '=', actor.workspaceId)
    .where('id', '=', actor.memberId)
    .execute()
  return settings
}

async function loadSettings(db: Reader | Tx, actor: Actor): Promise<NotificationSettings> {
  const { notify } = await db
    .selectFrom('member')
    .select('notify')
    .where('workspace_id', '=', actor.workspaceId)
    .where('id', '=', actor.memberId)
    .executeTakeFirstOrThrow()
  return { ...unlessSaid, ...(notify as Partial<NotificationSettings>) }
}
