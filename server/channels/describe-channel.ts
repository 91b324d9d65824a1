import type { Channel, ChannelDetails } from '#contract/channels.ts'
import type { Deps } from '../deps.ts'
import { ownAddress } from '../members/own-address.ts'
import { openRow, type ChannelRow } from './open-line.ts'
import type { Holdup } from './next-holdup.ts'
import { takeSecrets } from './split-secrets.ts'

/** A channel as every member sees it. */
export function describeChannel(row: ChannelRow): Channel {
  return {
    id: row.id,
    kind: row.kind as Channel['kind'],
    name: row.name,
    state: row.paused_at !== null ? 'paused' : row.broken ? 'broken' : 'connected',
    problem: row.problem as Channel['problem'],
    holdup: showHoldup(row.holdup as Holdup | null),
    address: row.address,
    createdAt: row.created_at.toISOString(),
    lastInAt: row.last_in_at?.toISOString() ?? null,
    lastOutAt: row.last_out_at?.toISOString() ?? null,
  }
}

function showHoldup(holdup: Holdup | null): Channel['holdup'] {
  if (holdup === null) return null
  const { code, detail, since, until } = holdup
  return { code, detail, since, until }
}

/** The same for those who manage channels: settings with secrets replaced by '', and what to enter at the provider. */
export function describeDetails(deps: Pick<Deps, 'config' | 'adapters'>, row: ChannelRow): ChannelDetails {
  const opened = openRow(deps, row)
  const secrets = opened?.line.secrets ?? {}
  return {
    ...describeChannel(row),
    settings: takeSecrets(row.settings as Record<string, unknown>, opened?.adapter.secretPaths ?? []).settings,
    setup: {
      webhookUrl: opened === null ? null : webhookUrlOf(deps, row),
      verifyToken: secrets['verifyToken'] ?? null,
      channelId: row.kind === 'custom' || row.kind === 'webchat' ? row.public_id : null,
      scriptUrl: row.kind === 'webchat' ? `${ownAddress(deps.config)}/widget.js` : null,
      identitySecret: secrets['identitySecret'] ?? null,
      apiToken: secrets['apiToken'] ?? null,
      listener: row.kind === 'email' ? listenerOf(deps) : null,
    },
  }
}

/** Where the provider of a channel is to call; null where it calls nowhere. */
export function webhookUrlOf(
  deps: Pick<Deps, 'config' | 'adapters'>,
  { kind, public_id }: Pick<ChannelRow, 'kind' | 'public_id'>,
): string | null {
  if (deps.adapters.get(kind as Channel['kind'])?.verifyWebhook === undefined) return null
  // the custom channel's protocol has one address for all: the token says which channel is meant
  return ownAddress(deps.config) + (kind === 'custom' ? '/custom/channel/webhook' : `/webhooks/${kind}/${public_id}`)
}

function listenerOf({ config }: Pick<Deps, 'config'>): string | null {
  if (config.smtpListen === null) return null
  const { host, port } = config.smtpListen
  return `${host.includes(':') ? `[${host}]` : host}:${port}`
}
