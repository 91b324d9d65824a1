import type { OutgoingRequests } from '../../http/outgoing.ts'
import type { ChannelAdapter } from '../adapter.ts'
import { openGraph } from '../meta/graph.ts'
import { refuseKeys } from '../meta/refuse-keys.ts'
import { verifyWebhook } from '../meta/verify-webhook.ts'
import { newToken } from '../new-token.ts'
import { checkLine, findAddress, objectOf } from './check-line.ts'
import { fetchMedia } from './fetch-media.ts'
import { fetchProfile, inboxOf } from './fetch-profile.ts'
import { accountsOf, parseWebhook } from './parse-webhook.ts'
import { hoursOf, refuseMessage } from './refuse-message.ts'
import { sendMessage } from './send-message.ts'
import type { MessengerSettings, PlatformSettings } from './settings.ts'

/** Facebook Messenger: a page, by Meta's Messenger Platform. @param apiBase `https://graph.facebook.com`, or a stand-in */
export const makeMessenger = (outgoing: OutgoingRequests, apiBase: string): ChannelAdapter<MessengerSettings> =>
  makePlatform(outgoing, apiBase, 'messenger', {
    accountOf: ({ pageId }) => pageId,
    // the API takes 300 a second; beyond 40 the page's own inbox closes. Source:
    // developers.facebook.com/documentation/business-messaging/messenger-platform/overview/rate-limiting
    pace: { perSecond: 40 },
    conversationUrl: ({ settings }) => inboxOf(settings),
    // source: developers.facebook.com/documentation/business-messaging/messenger-platform/discovery/m-me-links
    inviteUrl: ({ settings }) => `https://m.me/${settings.pageId}`,
  })

interface Own<Settings extends PlatformSettings> extends Pick<
  ChannelAdapter<Settings>,
  'conversationUrl' | 'inviteUrl' | 'pace'
> {
  accountOf(settings: Settings): string
}

/** What Messenger and Instagram do alike, which is nearly everything. `accountOf`: whom webhooks name as ours. */
export function makePlatform<Settings extends PlatformSettings>(
  outgoing: OutgoingRequests,
  apiBase: string,
  kind: Settings['kind'],
  { accountOf, ...own }: Own<Settings>,
): ChannelAdapter<Settings> {
  const open = openGraph(outgoing, apiBase)
  const object = objectOf[kind]
  const adapter: ChannelAdapter<Settings> = {
    ...own,
    kind,
    secretPaths: ['accessToken', 'appSecret'],
    addressedBy: 'other',
    filesPerMessage: 1,
    withoutCaptions: true,
    windowHours: hoursOf({ humanAgent: false }),
    forSettings: (settings) => ({ ...adapter, windowHours: hoursOf(settings) }),
    describe: (settings) => ({ lineKey: accountOf(settings), address: null }),
    findAddress: (settings, signal) => findAddress(open(settings), settings, signal),
    refusesSettings: refuseKeys,
    newSecrets: () => ({ verifyToken: newToken() }),
    refuses: ({ settings }, message) => refuseMessage(settings, message),
    verifyWebhook: (line, call) => verifyWebhook(line, call, (body) => accountsOf(object, body)),
    parse: ({ publicId, settings }, event) => parseWebhook({ object, id: accountOf(settings), publicId }, event.body),
    send: (line, message, signal) => sendMessage(open(line.settings), line, message, signal),
    check: (settings, signal, context) => checkLine(open(settings), settings, signal, context?.webhookUrl ?? null),
    fetchProfile: (line, person, signal) => fetchProfile(open(line.settings), line.settings, person, signal),
    fetchFile: (_line, source, signal) => fetchMedia(outgoing, source['url'] ?? '', signal),
  }
  return adapter
}
