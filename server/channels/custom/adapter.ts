import type { FieldProblem } from '#contract/errors.ts'
import type { OutgoingRequests } from '../../http/outgoing.ts'
import type { ChannelAdapter } from '../adapter.ts'
import type { LinkFile } from '../file-link.ts'
import { runCheck } from '../run-check.ts'
import { fetchFile } from './fetch-file.ts'
import { keyOfPhone, parseEvents } from './parse-events.ts'
import { refuseMessage } from './refuse-message.ts'
import { sendMessage } from './send-message.ts'
import type { CustomSettings } from './settings.ts'
import { makeApiToken } from './token.ts'
import { verifyCall } from './verify-call.ts'

/** A channel that somebody else's program speaks for, in both directions over HTTP. */
export function makeCustom(outgoing: OutgoingRequests, linkFile: LinkFile): ChannelAdapter<CustomSettings> {
  const byPhone: ChannelAdapter<CustomSettings> = {
    kind: 'custom',
    secretPaths: [],
    addressedBy: 'phone',
    filesPerMessage: 1,
    describe: ({ apiBaseUrl }) => ({ lineKey: null, address: new URL(apiBaseUrl).host }),
    refusesSettings: ({ apiBaseUrl }) => refuseBase(apiBaseUrl),
    newSecrets: ({ publicId }) => ({ apiToken: makeApiToken(publicId) }),
    forSettings: ({ contactIdType }) => (contactIdType === 'phone' ? byPhone : { ...byPhone, addressedBy: 'other' }),
    refuses: (_line, message) => refuseMessage(message),
    addressFor(line, { phone }) {
      if (phone === null || line.settings.contactIdType !== 'phone') return null
      return { address: phone, addressKey: keyOfPhone(phone) }
    },
    verifyWebhook: verifyCall,
    parse: (line, event) => parseEvents(line, event.body),
    send: (line, message, signal) =>
      sendMessage(outgoing, line, message, (fileId) => linkFile({ workspaceId: line.workspaceId, fileId }), signal),
    check: ({ apiBaseUrl }, signal) =>
      runCheck([
        {
          step: 'reach',
          async run() {
            // there is no harmless request in the protocol: that something answers at all is what can be known
            const { status } = await outgoing(apiBaseUrl, { totalMs: 10_000, signal })
            return `HTTP ${status}`
          },
        },
      ]),
    fetchFile: (_line, source, signal) => fetchFile(outgoing, source['url'] ?? '', signal),
  }
  return byPhone
}

function refuseBase(apiBaseUrl: string): FieldProblem[] {
  const url = new URL(apiBaseUrl)
  const path = 'apiBaseUrl'
  if (url.username !== '' || url.password !== '')
    return [{ path, reason: 'credentials', message: 'Leave the user name and password out of the address.' }]
  if (url.search !== '' || url.hash !== '')
    return [
      { path, reason: 'query', message: 'The address ends before any ? or #.', fix: `${url.origin}${url.pathname}` },
    ]
  return []
}
