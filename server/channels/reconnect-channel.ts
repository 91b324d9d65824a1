import type { Channel, CheckResult } from '#contract/channels.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { Deps } from '../deps.ts'
import type { Actor, WriteContext } from '../http/endpoint.ts'
import { describeChannel, webhookUrlOf } from './describe-channel.ts'
import { findChannel, holdChannel } from './find-channel.ts'
import { hastenLine } from './let-line-go.ts'
import { openRow } from './open-line.ts'

/** Everything together; the provider is somebody else's. */
const checkMs = 60_000

/** Tries a line with what is kept of it. Reaches the world: in no transaction. */
export async function tryLine(
  deps: Pick<Deps, 'db' | 'config' | 'adapters'>,
  actor: Pick<Actor, 'workspaceId'>,
  channelId: number,
): Promise<CheckResult> {
  const row = await findChannel(deps.db, actor.workspaceId, channelId)
  const opened = openRow(deps, row)
  if (opened === null) return { ok: false, steps: [{ step: 'kind', ok: false, code: 'kind-gone', detail: row.kind }] }
  return opened.adapter.check(opened.line.settings, AbortSignal.timeout(checkMs), {
    webhookUrl: webhookUrlOf(deps, row),
    publicId: row.public_id,
  })
}

/**
 * Takes a line up again that was found to work: what was wrong with it is forgotten, and what waited goes out now. One that
 * does not work yet stays as it is, with what stands against it.
 */
export async function reconnectChannel(
  { tx, deps, actor, live, enqueue }: WriteContext,
  { channelId }: { channelId: number },
  check: CheckResult,
): Promise<{ channel: Channel; check: CheckResult }> {
  const row = await holdChannel(tx, actor.workspaceId, channelId)
  if (!check.ok || (!row.broken && row.holdup === null)) return { channel: describeChannel(row), check }
  const whole = await tx
    .updateTable('channel')
    .set({ broken: false, problem: null, holdup: null })
    .where('workspace_id', '=', actor.workspaceId)
    .where('id', '=', channelId)
    .returningAll()
    .executeTakeFirstOrThrow()
  await recordAudit(tx, deps.clock, actor, 'channelReconnected', { channelId, name: row.name })
  await hastenLine(tx, { workspaceId: actor.workspaceId, channelId })
  await enqueue('deliver-messages', { workspaceId: actor.workspaceId, channelId })
  live({ event: { type: 'channel', channelId }, seenBy: null })
  return { channel: describeChannel(whole), check }
}
