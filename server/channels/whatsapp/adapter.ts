import type { OutgoingRequests } from '../../http/outgoing.ts'
import type { ChannelAdapter } from '../adapter.ts'
import { openGraph } from '../meta/graph.ts'
import { refuseKeys } from '../meta/refuse-keys.ts'
import { verifyWebhook } from '../meta/verify-webhook.ts'
import { newToken } from '../new-token.ts'
import { addressKeyOf } from './address.ts'
import { checkLine, findAddress } from './check-line.ts'
import { fetchMedia } from './fetch-media.ts'
import { parseWebhook, phoneNumbersOf } from './parse-webhook.ts'
import { readTemplates } from './read-templates.ts'
import { refuseMessage, windowHours } from './refuse-message.ts'
import { sendMessage } from './send-message.ts'
import type { WhatsappSettings } from './settings.ts'

/**
 * WhatsApp by Meta's Cloud API: 80 messages a second for a number, unless Meta has raised that. Source of the pace:
 * developers.facebook.com/documentation/business-messaging/whatsapp/throughput
 * @param apiBase `https://graph.facebook.com`, or a stand-in for it
 */
export function makeWhatsapp(outgoing: OutgoingRequests, apiBase: string): ChannelAdapter<WhatsappSettings> {
  const open = openGraph(outgoing, apiBase)
  return {
    kind: 'whatsapp',
    secretPaths: ['accessToken', 'appSecret'],
    addressedBy: 'phone',
    filesPerMessage: 1,
    windowHours,
    pace: { perSecond: 80, atOnce: 32 },
    describe: ({ phoneNumberId }) => ({ lineKey: phoneNumberId, address: null }),
    findAddress: (settings, signal) => findAddress(open(settings), settings.phoneNumberId, signal),
    refusesSettings: refuseKeys,
    newSecrets: () => ({ verifyToken: newToken() }),
    refuses: refuseMessage,
    addressFor(_line, { phone }) {
      if (phone === null) return null
      const address = phone.replace(/^\+/, '')
      return { address, addressKey: addressKeyOf(address) }
    },
    inviteUrl({ address }) {
      const digits = address?.replace(/\D/g, '') ?? ''
      return digits === '' ? null : `https://wa.me/${digits}`
    },
    verifyWebhook: (line, call) => verifyWebhook(line, call, phoneNumbersOf),
    parse: (line, event) => parseWebhook(line.settings.phoneNumberId, event.body),
    send: (line, message, signal) => sendMessage(open(line.settings), line.settings.phoneNumberId, message, signal),
    check: (settings, signal, context) => checkLine(open(settings), settings, signal, context?.webhookUrl ?? null),
    fetchFile: (line, source, signal) =>
      fetchMedia(open(line.settings), line.settings.phoneNumberId, source['mediaId'] ?? '', signal),
    templates: (line, signal) => readTemplates(open(line.settings), line.settings.businessAccountId, signal),
  }
}
