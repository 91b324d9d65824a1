import { readAllowList } from '../../http/allow-list.ts'
import { readEmail } from '../../identity/read-email.ts'
import type { ChannelAdapter } from '../adapter.ts'
import { checkMailbox } from './check-mailbox.ts'
import { listenToMailbox } from './listen-to-mailbox.ts'
import { openOwnIds } from './own-id.ts'
import { parseMail } from './parse-mail.ts'
import type { Reach } from './reach-server.ts'
import { unsubscribeUrl } from '../unsubscribe-link.ts'
import type { LinkUnsubscribe } from './plan-mail.ts'
import { addressKeyOf } from './read-sender.ts'
import { refuseMessage } from './refuse-message.ts'
import { refuseSettings } from './refuse-settings.ts'
import { sendMail } from './send-mail.ts'
import type { EmailSettings } from './settings.ts'

/**
 * A mailbox: out by SMTP, in by IMAP or by the built-in listener. Sent as fast as the most modest of the great providers
 * takes it: 30 a minute, by three connections. Source:
 * learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits (sending)
 */
export function makeEmail({
  secret,
  allowInternal,
  publicUrl = null,
}: {
  secret: string
  allowInternal: readonly string[]
  publicUrl?: string | null
}): ChannelAdapter<EmailSettings> {
  const reach: Reach = { allow: readAllowList(allowInternal) }
  const ids = openOwnIds(secret)
  const linkUnsubscribe: LinkUnsubscribe = (subscription) =>
    publicUrl === null ? null : unsubscribeUrl(secret, publicUrl, subscription)
  const byListener: ChannelAdapter<EmailSettings> = {
    kind: 'email',
    secretPaths: ['smtp.password', 'imap.password'],
    addressedBy: 'email',
    pace: { perSecond: 0.5, atOnce: 3 },
    describe: ({ address }) => ({ lineKey: addressKeyOf(address), address: address.trim() }),
    refusesSettings: (settings) => refuseSettings(settings, reach.allow),
    refuses: (_line, message) => refuseMessage(message),
    addressFor(_line, { email }) {
      if (email === null || typeof readEmail(email) === 'string') return null
      return { address: email, addressKey: addressKeyOf(email) }
    },
    parse: (line, event) => parseMail(line, event, ids),
    send: (line, message, signal) => sendMail(line, message, { reach, ids, linkUnsubscribe }, signal),
    check: (settings, signal) => checkMailbox(settings, reach, signal),
  }
  const withMailbox: ChannelAdapter<EmailSettings> = {
    ...byListener,
    listen: (line, listening) => listenToMailbox(line, listening, reach),
    forSettings: ({ imap }) => (imap === null ? byListener : withMailbox),
  }
  return withMailbox
}
