import type { ChannelKind } from '#contract/channel-kind.ts'
import { openOutgoing } from '../http/outgoing.ts'
import { ownAddress } from '../members/own-address.ts'
import type { ChannelAdapter, MakeAdapters } from './adapter.ts'
import { makeCustom } from './custom/adapter.ts'
import { makeEmail } from './email/adapter.ts'
import { openFileLinks } from './file-link.ts'
import { makeSms } from './twilio/adapter.ts'
import { makeMessenger } from './messenger/adapter.ts'
import { makeWhatsapp } from './whatsapp/adapter.ts'

/** The kinds of channel of this build. */
export const makeAdapters: MakeAdapters = ({ config }) => {
  const outgoing = openOutgoing({ allowInternal: config.allowInternal })
  const publicUrl = ownAddress(config)
  const linkFile = openFileLinks(config.secret, publicUrl)
  const adapters: readonly ChannelAdapter[] = [
    makeEmail(config),
    makeWhatsapp(outgoing, config.whatsappApi),
    makeCustom(outgoing, linkFile),
    makeSms({ outgoing, apiBase: config.twilioApi, publicUrl, linkFile }),
    makeMessenger(outgoing, config.metaApi),
  ]
  const byKind = new Map<ChannelKind, ChannelAdapter>(adapters.map((adapter) => [adapter.kind, adapter]))
  return { get: (kind) => byKind.get(kind), kinds: [...byKind.keys()] }
}
