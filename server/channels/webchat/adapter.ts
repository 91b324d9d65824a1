import type { FieldProblem } from '#contract/errors.ts'
import type { OutgoingRequests } from '../../http/outgoing.ts'
import type { ChannelAdapter } from '../adapter.ts'
import { newToken } from '../new-token.ts'
import { checkLine } from './check-line.ts'
import { ownExtId, parseEvent } from './parse-event.ts'
import type { WebchatSettings } from './settings.ts'

const maxText = 10_000

/**
 * A chat on one's own website. There is no provider: what a visitor does is stored by server/webchat, what is answered lies
 * in the thread, from where the widget takes it.
 */
export function makeWebchat(outgoing: OutgoingRequests): ChannelAdapter<WebchatSettings> {
  return {
    kind: 'webchat',
    secretPaths: [],
    addressedBy: 'other',
    describe: ({ origins }) => ({ lineKey: null, address: new URL(origins[0]!).host }),
    refusesSettings: ({ origins }) => origins.flatMap((origin, at) => refuseOrigin(`origins.${at}`, origin)),
    // the first signs visitors' tokens and is shown to nobody, the second is the site's to sign whom it vouches for
    newSecrets: () => ({ visitorKey: newToken(), identitySecret: newToken() }),
    refuses(_line, { body, fileCount }) {
      if (body.type === 'template') return 'templates-not-here'
      if (fileCount === 0 && body.text.trim() === '') return 'empty'
      return body.text.length > maxText ? 'too-long' : null
    },
    parse: (_line, event) => parseEvent(event.body),
    send: (_line, message) => Promise.resolve({ outcome: 'accepted', extId: ownExtId(message.messageId) }),
    check: (settings, signal, context) => checkLine(outgoing, settings, signal, context?.publicId ?? null),
  }
}

/** Exactly what a browser calls the origin of a page, so that it can be compared. */
function refuseOrigin(path: string, origin: string): FieldProblem[] {
  const url = URL.canParse(origin) ? new URL(origin) : null
  if (url !== null && /^https?:$/.test(url.protocol) && url.origin === origin) return []
  const fix = url !== null && /^https?:$/.test(url.protocol) ? { fix: url.origin } : {}
  return [{ path, reason: 'format', message: 'This is not an origin such as https://www.example.com.', ...fix }]
}
