import type { Tx } from '../http/endpoint.ts'
import { nextStatus, statusCode, statusName, type StatusNews } from './next-status.ts'

/** Why a message failed, as it stands in its row. */
export interface Failure {
  readonly code: string
  readonly detail: string | null
  readonly canRetry: boolean
}

/**
 * Moves a message's status forward. Answers whether anything changed; news that is older than what is known changes
 * nothing. `attemptExtId`: a failure reported for an attempt that a later one has replaced is no news.
 */
export async function moveStatus(
  tx: Tx,
  workspaceId: number,
  messageId: number,
  news: StatusNews,
  { failure = null, attemptExtId }: { failure?: Failure | null; attemptExtId?: string } = {},
): Promise<boolean> {
  const message = await tx
    .selectFrom('message')
    .select(['status', 'ext_id', 'incoming', 'note'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', messageId)
    .forUpdate()
    .executeTakeFirst()
  if (message === undefined || message.incoming || message.note) return false
  const replaced = attemptExtId !== undefined && message.ext_id !== attemptExtId
  const next = news === 'failed' && replaced ? null : nextStatus(statusName(message.status), news)
  if (next === null) return false
  await tx
    .updateTable('message')
    .set({ status: statusCode[next], failure: failure === null ? null : JSON.stringify(failure) })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', messageId)
    .execute()
  return true
}
