import type { ChannelDetails, ChannelSettings } from '#contract/channels.ts'
import type { CustomDouble } from './custom-double.ts'
import type { GivenMember } from './given.ts'
import type { MessengerDouble } from './messenger-double.ts'
import type { TelegramDouble } from './telegram-double.ts'
import type { TestServer } from './test-server.ts'
import type { TwilioDouble } from './twilio-double.ts'
import type { WhatsappDouble } from './whatsapp-double.ts'

export interface GivenChannel {
  readonly channel: ChannelDetails
  /** Where the provider calls, on the server's real port. */
  readonly webhookUrl: string
}

/** A WhatsApp number, connected over the API as an Owner would. The server's `whatsappApi` should be the double's address. */
export async function givenWhatsapp(
  server: TestServer,
  owner: GivenMember,
  double: Pick<WhatsappDouble, 'settings'>,
  change: Partial<WhatsappDouble['settings']> = {},
): Promise<GivenChannel> {
  const channel = await owner.client.channels.connect({
    name: 'WhatsApp ventas',
    settings: { ...double.settings, ...change },
  })
  return { channel, webhookUrl: onServer(server, channel) }
}

/** A Facebook page, connected over the API. The server's `metaApi` should be the double's address. */
export async function givenMessenger(
  server: TestServer,
  owner: GivenMember,
  double: Pick<MessengerDouble, 'settings'>,
  change: Partial<MessengerDouble['settings']> = {},
): Promise<GivenChannel> {
  const channel = await owner.client.channels.connect({
    name: 'Página de la tienda',
    settings: { ...double.settings, ...change },
  })
  return { channel, webhookUrl: onServer(server, channel) }
}

/** An Instagram account, linked to the double's page. */
export async function givenInstagram(
  server: TestServer,
  owner: GivenMember,
  double: Pick<MessengerDouble, 'instagram'>,
  change: Partial<MessengerDouble['instagram']> = {},
): Promise<GivenChannel> {
  const channel = await owner.client.channels.connect({
    name: 'Instagram de la tienda',
    settings: { ...double.instagram, ...change },
  })
  return { channel, webhookUrl: onServer(server, channel) }
}

/** A chat on a website. */
export const givenWebchat = (
  owner: GivenMember,
  origin: string,
  change: Partial<Extract<ChannelSettings, { kind: 'webchat' }>> = {},
): Promise<ChannelDetails> =>
  owner.client.channels.connect({
    name: 'Web de la tienda',
    settings: { kind: 'webchat', origins: [origin], title: 'Mesas y sillas', color: '#2c5fb3', ...change },
  })

/** A custom channel whose integrator is the double. */
export async function givenCustom(
  server: TestServer,
  owner: GivenMember,
  double: CustomDouble,
  contactIdType: 'phone' | 'custom' = 'phone',
): Promise<GivenChannel> {
  const channel = await owner.client.channels.connect({
    name: 'Puente',
    settings: { kind: 'custom', apiBaseUrl: double.url, contactIdType },
  })
  double.token = channel.setup.apiToken
  return { channel, webhookUrl: onServer(server, channel) }
}

/** A number for text messages. The server's `twilioApi` should be the double's address. */
export async function givenSms(
  server: TestServer,
  owner: GivenMember,
  double: Pick<TwilioDouble, 'settings'>,
  change: Partial<TwilioDouble['settings']> = {},
): Promise<GivenChannel & { toldUrl: string }> {
  const channel = await owner.client.channels.connect({ name: 'SMS', settings: { ...double.settings, ...change } })
  return { channel, ...toldTwilio(server, channel) }
}

/** A WhatsApp number by Twilio. */
export async function givenTwilioWhatsapp(
  server: TestServer,
  owner: GivenMember,
  double: Pick<TwilioDouble, 'whatsapp'>,
): Promise<GivenChannel & { toldUrl: string }> {
  const channel = await owner.client.channels.connect({ name: 'WhatsApp', settings: double.whatsapp })
  return { channel, ...toldTwilio(server, channel) }
}

/** A Telegram bot. The server's `telegramApi` should be the double's address. */
export async function givenTelegram(
  server: TestServer,
  owner: GivenMember,
  double: Pick<TelegramDouble, 'settings'>,
): Promise<GivenChannel> {
  const channel = await owner.client.channels.connect({ name: 'Telegram', settings: double.settings })
  return { channel, webhookUrl: onServer(server, channel) }
}

/** What Twilio signs is the address as it is shown to be entered there. */
const toldTwilio = (server: TestServer, channel: ChannelDetails) => ({
  webhookUrl: onServer(server, channel),
  toldUrl: channel.setup.webhookUrl!,
})

// a test server learns its port only when it listens, so the address it shows ends with the path alone
const onServer = (server: TestServer, { setup }: ChannelDetails) => server.url + new URL(setup.webhookUrl!).pathname
