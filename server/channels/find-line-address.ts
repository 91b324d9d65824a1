import { ChannelSettings } from '#contract/channels.ts'
import type { Deps } from '../deps.ts'
import { findAdapter } from './find-adapter.ts'
import { findChannel } from './find-channel.ts'
import { mergedSettings } from './update-channel.ts'

const askMs = 8000

/**
 * The line's own address, from its settings or, where only the provider knows it, asked for. Null when nobody says: a line
 * is connected all the same. Reaches the world: in no transaction.
 */
export async function findLineAddress(
  deps: Pick<Deps, 'adapters' | 'log'>,
  settings: ChannelSettings,
): Promise<string | null> {
  const adapter = findAdapter(deps.adapters, settings.kind, settings)
  try {
    return (await adapter?.findAddress?.(settings, AbortSignal.timeout(askMs))) ?? null
  } catch (error) {
    deps.log.info(
      { reason: error instanceof Error ? error.name : 'unknown', kind: settings.kind },
      'a line did not tell its address',
    )
    return null
  }
}

/** The same for an edit that makes another line of a channel, or of one whose address was never learned; else null. */
export async function findChangedAddress(
  deps: Pick<Deps, 'adapters' | 'log' | 'db' | 'config'>,
  workspaceId: number,
  edit: { channelId: number; settings?: Record<string, unknown> | undefined },
): Promise<{ lineKey: string | null; address: string } | null> {
  if (edit.settings === undefined) return null
  const row = await findChannel(deps.db, workspaceId, edit.channelId)
  const settings = ChannelSettings.safeParse(mergedSettings(deps, row, edit.settings)).data
  if (settings === undefined) return null
  const lineKey = findAdapter(deps.adapters, settings.kind, settings)?.describe(settings).lineKey ?? null
  if (lineKey === row.line_key && row.address !== null) return null
  const address = await findLineAddress(deps, settings)
  return address === null ? null : { lineKey, address }
}
