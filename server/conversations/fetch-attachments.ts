import { sql } from 'kysely'
import { openLine } from '../channels/open-line.ts'
import { ProviderRefusal } from '../channels/provider-refusal.ts'
import { notify } from '../db/notify.ts'
import type { Deps } from '../deps.ts'
import { sniffType } from '../files/sniff-type.ts'
import { isStoreAway } from '../http/store-away.ts'
import { conversationNotice, lockState } from './lock-state.ts'
import { ringLater } from './ring-later.ts'

/** Providers keep a file for days at most; what has not come by then is shown as not available. */
const delays = [5, 20, 60, 300, 1200, 3600, 3 * 3600, 6 * 3600]
const awaySeconds = 60
const patienceMs = 120_000

interface Pending {
  id: string
  type: string
  source: Record<string, string>
  attempts: number
}

/** Fetches a message's files that the provider still has. Each stands for itself; what fails is tried again later. */
export async function fetchAttachments(
  deps: Deps,
  { workspaceId, messageId }: { workspaceId: number; messageId: number },
  signal: AbortSignal,
): Promise<void> {
  const message = await deps.db
    .selectFrom('message')
    .select(['channel_id', 'contact_id'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', messageId)
    .executeTakeFirst()
  if (message === undefined || message.channel_id === null) return
  const opened = await openLine(deps, workspaceId, message.channel_id)
  const fetchFile = opened?.adapter.fetchFile?.bind(opened.adapter)
  let soonest = Number.POSITIVE_INFINITY
  for (const file of await takePending(deps, workspaceId, messageId)) {
    if (signal.aborted) return
    try {
      if (opened === null || fetchFile === undefined) throw new Error('the channel is gone')
      const content = await fetchFile(
        opened.line,
        file.source,
        AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
      )
      await keep(deps, workspaceId, file, content)
    } catch (error) {
      deps.log.warn({ err: error, messageId, attachmentId: file.id }, 'a file could not be fetched')
      soonest = Math.min(soonest, await postpone(deps, workspaceId, file, error))
    }
  }
  await tell(deps, workspaceId, message.contact_id, messageId)
  if (Number.isFinite(soonest)) ringLater(deps, 'fetch-attachments', { workspaceId, messageId }, soonest)
}

async function takePending(deps: Deps, workspaceId: number, messageId: number): Promise<Pending[]> {
  const { rows } = await sql<Pending>`
    update attachment set attempts = attempts + 1
    where workspace_id = ${workspaceId} and message_id = ${messageId} and state = 'pending' and source is not null
      and next_attempt_at <= now()
    returning id, type, source, attempts`.execute(deps.db)
  return rows
}

async function keep(deps: Deps, workspaceId: number, file: Pending, content: Buffer): Promise<void> {
  const { type, kind } = await sniffType(content, file.type)
  await deps.files.put(workspaceId, file.id, content)
  const { numUpdatedRows } = await deps.db
    .updateTable('attachment')
    .set({ state: 'stored', type, kind, size: content.length, source: null, problem: null })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', file.id)
    .executeTakeFirst()
  // deleted meanwhile: whoever did that has not found the bytes
  if (numUpdatedRows === 0n) await deps.files.remove(workspaceId, file.id)
}

/** Answers the seconds until the next attempt; infinity when this was the last. */
async function postpone(deps: Deps, workspaceId: number, file: Pending, error: unknown): Promise<number> {
  // our own store is at fault: the provider has been asked for nothing
  const away = isStoreAway(error)
  const seconds = away
    ? awaySeconds
    : isFinal(error)
      ? Number.POSITIVE_INFINITY
      : (delays[file.attempts - 1] ?? Number.POSITIVE_INFINITY)
  const last = !Number.isFinite(seconds)
  await deps.db
    .updateTable('attachment')
    .set({
      state: last ? 'failed' : 'pending',
      ...(away ? { attempts: file.attempts - 1 } : {}),
      problem: (error instanceof Error ? error.message : 'unknown').slice(0, 300),
      ...(last ? {} : { next_attempt_at: new Date(deps.clock.now().getTime() + seconds * 1000) }),
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', file.id)
    .execute()
  return seconds
}

/** The provider has said that it will never give the file; where the line is at fault, somebody may put that right. */
const isFinal = (error: unknown) => error instanceof ProviderRefusal && !error.passing && !error.lineBroken

async function tell(deps: Deps, workspaceId: number, contactId: number, messageId: number): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    const state = await lockState(tx, workspaceId, contactId)
    if (state !== undefined) await notify(tx, [{ ...conversationNotice(state, 'message', { messageId }), workspaceId }])
  })
}
