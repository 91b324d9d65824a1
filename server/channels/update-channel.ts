import { recordAudit } from '../activity/record-audit.ts'
import type { Tx, WriteContext } from '../http/endpoint.ts'
import { fail, refuse } from '../http/fail.ts'
import { checkSettings } from './check-settings.ts'
import { holdChannel } from './find-channel.ts'
import { hastenLine } from './let-line-go.ts'
import { openRow, type ChannelRow } from './open-line.ts'
import { sealSecrets } from './seal-secrets.ts'
import { mergeSettings, takeSecrets } from './split-secrets.ts'

interface Edit {
  readonly channelId: number
  readonly name?: string | undefined
  readonly settings?: Record<string, unknown> | undefined
}

/**
 * Changes a channel's name or settings. What the edit does not name stays, and so do secrets sent as ''. Settings that were
 * changed are as good as new: what was wrong with the old ones is forgotten, and what waited for them goes out.
 * @param askedAddress the line's own address as its provider gave it, for these settings
 */
export async function updateChannel(
  context: WriteContext,
  input: Edit,
  askedAddress: { lineKey: string | null; address: string } | null,
): Promise<{ channelId: number }> {
  const { tx, deps, actor, live, enqueue } = context
  const row = await holdChannel(tx, actor.workspaceId, input.channelId)
  const change = {
    ...(input.name === undefined ? {} : { name: input.name }),
    ...(input.settings === undefined
      ? {}
      : reseal(context, row, mergedSettings(deps, row, input.settings), askedAddress)),
  }
  if (Object.keys(change).length === 0) return { channelId: row.id }
  const updated = await save(tx, row, change)
  await recordAudit(tx, deps.clock, actor, 'channelUpdated', {
    channelId: row.id,
    name: updated.name,
    from: { name: row.name, address: row.address },
    // which fields, never what is in them
    to: { name: updated.name, address: updated.address, settings: Object.keys(input.settings ?? {}) },
  })
  if (input.settings !== undefined) {
    await hastenLine(tx, { workspaceId: actor.workspaceId, channelId: row.id })
    await enqueue('deliver-messages', { workspaceId: actor.workspaceId, channelId: row.id })
  }
  live({ event: { type: 'channel', channelId: row.id }, seenBy: null })
  return { channelId: row.id }
}

/** The settings of a channel as an edit leaves them, secrets opened; not yet looked at. */
export function mergedSettings(
  deps: Parameters<typeof openRow>[0],
  row: ChannelRow,
  edit: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const opened = openRow(deps, row)
  if (opened === null) return fail('CONFLICT', { reason: 'channel-kind-gone' })
  if (edit['kind'] !== undefined && edit['kind'] !== row.kind)
    return refuse('settings.kind', 'fixed', 'A channel stays of its kind. Connect another one.')
  const provider = 'provider' in opened.line.settings ? opened.line.settings.provider : undefined
  if (edit['provider'] !== undefined && edit['provider'] !== provider)
    return refuse('settings.provider', 'fixed', 'A channel stays with its provider. Connect another one.')
  return mergeSettings({ ...opened.line.settings }, edit, opened.adapter.secretPaths)
}

function reseal(
  { deps }: WriteContext,
  row: ChannelRow,
  merged: Record<string, unknown>,
  asked: { lineKey: string | null; address: string } | null,
) {
  const { settings, adapter } = checkSettings(deps, merged)
  const { lineKey, address } = adapter.describe(settings)
  const taken = takeSecrets(settings, adapter.secretPaths)
  const own = openRow(deps, row)?.line.secrets ?? {}
  const owner = { workspaceId: row.workspace_id, channelId: row.id }
  const asBefore = lineKey === row.line_key ? row.address : null
  return {
    settings: JSON.stringify(taken.settings),
    secrets: sealSecrets(deps.config.secret, owner, { settings: taken.secrets, own }),
    line_key: lineKey,
    address: address ?? (asked !== null && asked.lineKey === lineKey ? asked.address : asBefore),
    broken: false,
    problem: null,
    holdup: null,
  }
}

async function save(
  tx: Tx,
  row: ChannelRow,
  change: Partial<ReturnType<typeof reseal>> & { name?: string },
): Promise<ChannelRow> {
  if (change.line_key !== undefined && change.line_key !== null && change.line_key !== row.line_key) {
    const other = await tx
      .selectFrom('channel')
      .select('id')
      .where('workspace_id', '=', row.workspace_id)
      .where('kind', '=', row.kind)
      .where('line_key', '=', change.line_key)
      .where('deleted_at', 'is', null)
      .executeTakeFirst()
    if (other !== undefined) return fail('CONFLICT', { reason: 'line-already-connected' })
  }
  return tx
    .updateTable('channel')
    .set(change)
    .where('workspace_id', '=', row.workspace_id)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}
