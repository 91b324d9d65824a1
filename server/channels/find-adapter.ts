import type { ChannelKind } from '#contract/channel-kind.ts'
import type { ChannelSettings } from '#contract/channels.ts'
import type { ChannelAdapter, ChannelAdapters } from './adapter.ts'

/** The adapter of a kind as it is for these settings; undefined for a kind that this build does not have. */
export function findAdapter(
  adapters: ChannelAdapters,
  kind: ChannelKind,
  settings: ChannelSettings,
): ChannelAdapter | undefined {
  const adapter = adapters.get(kind)
  return adapter?.forSettings?.(settings) ?? adapter
}
