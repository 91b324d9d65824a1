import type { ChannelSettings, CheckResult } from '#contract/channels.ts'
import type { ReadContext } from '../http/endpoint.ts'
import { checkSettings } from './check-settings.ts'
import { webhookUrlOf } from './describe-channel.ts'
import { findChannel } from './find-channel.ts'
import { openRow } from './open-line.ts'
import { mergeSettings } from './split-secrets.ts'

/** Everything together; the provider is somebody else's. */
const checkMs = 60_000

/** Tries settings for real, those of a connected channel with its own secrets where '' was sent. Reaches the world: in no transaction. */
export async function checkChannel(
  { db, deps, actor }: ReadContext,
  input: { channelId: number | null; settings: ChannelSettings },
): Promise<CheckResult> {
  const row = input.channelId === null ? null : await findChannel(db, actor.workspaceId, input.channelId)
  const opened = row === null ? null : openRow(deps, row)
  const whole =
    opened === null
      ? input.settings
      : mergeSettings({ ...opened.line.settings }, { ...input.settings }, opened.adapter.secretPaths)
  const { settings, adapter } = checkSettings(deps, whole)
  return adapter.check(settings, AbortSignal.timeout(checkMs), {
    webhookUrl: row === null ? null : webhookUrlOf(deps, row),
    publicId: row?.public_id ?? null,
  })
}
