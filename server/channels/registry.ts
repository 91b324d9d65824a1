import type { ChannelKind } from '#contract/channel-kind.ts'
import { ownAddress } from '../members/own-address.ts'
import type { ChannelAdapter, MakeAdapters } from './adapter.ts'
import { makeCustom } from './custom/adapter.ts'
import { makeEmail } from './email/adapter.ts'
import { openFileLinks } from './file-link.ts'
import { makeInstagram } from './instagram/adapter.ts'
import { makeMessenger } from './messenger/adapter.ts'
import { makeTelegram } from './telegram/adapter.ts'
import { makeSms, makeTwilioWhatsapp } from './twilio/adapter.ts'
import { makeWebchat } from './webchat/adapter.ts'
import { makeWhatsapp } from './whatsapp/adapter.ts'

/** The kinds of channel of this build. */
export const makeAdapters: MakeAdapters = ({ config, outgoing }) => {
  const publicUrl = ownAddress(config)
  const linkFile = openFileLinks(config.secret, publicUrl)
  const twilio = { outgoing, apiBase: config.twilioApi, publicUrl, linkFile }
  const adapters: readonly ChannelAdapter[] = [
    makeEmail(config),
    byProvider(makeWhatsapp(outgoing, config.whatsappApi), { twilio: makeTwilioWhatsapp(twilio) }),
    makeCustom(outgoing, linkFile),
    makeSms(twilio),
    makeTelegram({ outgoing, apiBase: config.telegramApi, publicUrl }),
    makeMessenger(outgoing, config.metaApi),
    makeInstagram(outgoing, config.metaApi),
    makeWebchat(outgoing),
  ]
  const byKind = new Map<ChannelKind, ChannelAdapter>(adapters.map((adapter) => [adapter.kind, adapter]))
  return { get: (kind) => byKind.get(kind), kinds: [...byKind.keys()] }
}

/** One kind of channel that several providers carry: the settings say which; what is constant is the first one's. */
function byProvider(usual: ChannelAdapter, others: Readonly<Record<string, ChannelAdapter>>): ChannelAdapter {
  return {
    ...usual,
    forSettings: (settings) => {
      const provider = 'provider' in settings ? settings.provider : undefined
      return provider !== undefined && Object.hasOwn(others, provider) ? others[provider]! : usual
    },
  }
}
