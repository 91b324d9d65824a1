import type { OutgoingRequests } from '../../http/outgoing.ts'
import type { ChannelAdapter } from '../adapter.ts'
import { openGraph } from '../meta/graph.ts'
import { refuseKeys } from '../meta/refuse-keys.ts'
import { verifyWebhook } from '../meta/verify-webhook.ts'
import { newToken } from '../new-token.ts'
import { checkLine, findAddress } from './check-line.ts'
import { fetchMedia } from './fetch-media.ts'
import { accountsOf, parseWebhook } from './parse-webhook.ts'
import { refuseMessage, windowHours } from './refuse-message.ts'
import { sendMessage } from './send-message.ts'
import type { MessengerSettings } from './settings.ts'

/** Facebook Messenger: a page, by Meta's Messenger Platform. @param apiBase `https://graph.facebook.com`, or a stand-in */
export function makeMessenger(outgoing: OutgoingRequests, apiBase: string): ChannelAdapter<MessengerSettings> {
  const open = openGraph(outgoing, apiBase)
  return {
    kind: 'messenger',
    secretPaths: ['accessToken', 'appSecret'],
    addressedBy: 'other',
    filesPerMessage: 1,
    withoutCaptions: true,
    windowHours,
    describe: ({ pageId }) => ({ lineKey: pageId, address: null }),
    findAddress: (settings, signal) => findAddress(open(settings), settings.pageId, signal),
    refusesSettings: refuseKeys,
    newSecrets: () => ({ verifyToken: newToken() }),
    refuses: (_line, message) => refuseMessage(message),
    verifyWebhook: (line, call) => verifyWebhook(line, call, (body) => accountsOf('page', body)),
    parse: ({ publicId, settings }, event) =>
      parseWebhook({ object: 'page', id: settings.pageId, publicId }, event.body),
    send: (line, message, signal) => sendMessage(open(line.settings), line, message, signal),
    check: (settings, signal, context) => checkLine(open(settings), settings, signal, context?.webhookUrl ?? null),
    fetchFile: (_line, source, signal) => fetchMedia(outgoing, source['url'] ?? '', signal),
  }
}
