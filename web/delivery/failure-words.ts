import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'

/** Why a message did not go out, and what to do, by the code of its failure. An unknown code gets the general words. */
export function failureWords(code: string, i18n: I18n): string {
  switch (code) {
    case 'window-closed':
      return i18n._(
        msg`The time to answer is over. On WhatsApp send a template; elsewhere wait until the contact writes.`,
      )
    case 'address-invalid':
    case 'undeliverable':
    case 'mailbox-unknown':
    case 'domain-unknown':
      return i18n._(msg`Nobody can be reached at this address. Check it with the contact.`)
    case 'mailbox-full':
      return i18n._(msg`The contact's mailbox is full. Try later or use another channel.`)
    case 'recipient-not-allowed':
      return i18n._(msg`The provider doesn't allow messages to this person yet. Ask an owner to check the channel.`)
    case 'same-number':
      return i18n._(msg`This is the channel's own number. It can't write to itself.`)
    case 'phone-invalid':
      return i18n._(msg`The contact's phone is no number that can be written to. Correct it and send again.`)
    case 'no-mobile':
      return i18n._(msg`This number takes no text messages. Ask the contact for a mobile number.`)
    case 'unreachable-phone':
      return i18n._(
        msg`The phone is off or out of reach, or the number no longer exists. Try later or another channel.`,
      )
    case 'blocked-by-contact':
      return i18n._(msg`The contact has blocked the bot. Only they can let it write again.`)
    case 'account-deleted':
      return i18n._(msg`The contact's account there no longer exists. Use another channel.`)
    case 'only-contact-can-start':
      return i18n._(msg`The contact has to write first on this channel.`)
    case 'opted-out':
      return i18n._(
        msg`The contact asked not to be written to (STOP). Only their own START lets messages through again.`,
      )
    case 'not-wanted':
      return i18n._(
        msg`The contact wants no messages on this channel. Owners and managers can lift that in the record.`,
      )
    case 'country-not-enabled':
      return i18n._(msg`The account may not send to this country. An owner can allow it in Twilio's console.`)
    case 'route-missing':
      return i18n._(msg`The channel's number can't reach this one. Use another channel.`)
    case 'carrier-filtered':
    case 'carrier-blocked':
      return i18n._(msg`The carrier held the message back as unwanted. Write it differently, without short links.`)
    case 'media-unreachable':
      return i18n._(msg`The provider couldn't fetch the file from this server. An owner can check its public address.`)
    case 'daily-limit':
      return i18n._(msg`The day's limit of the provider is reached. Send again tomorrow.`)
    case 'expired':
      return i18n._(msg`It waited too long at the provider and was dropped. Send again.`)
    case 'phone-needed':
      return i18n._(msg`The contact's phone is needed to write first. Add it and send again.`)
    case 'country-restricted':
      return i18n._(msg`WhatsApp doesn't deliver such messages in this country. Use another channel.`)
    case 'marketing-stopped':
      return i18n._(msg`The contact stopped advertising from you, in the app. Other messages still reach them.`)
    case 'marketing-limited':
      return i18n._(msg`The contact gets no more marketing messages for now. Wait until they write.`)
    case 'template-missing':
    case 'template-mismatch':
    case 'template-rejected':
    case 'template-too-long':
      return i18n._(msg`WhatsApp didn't accept the template. Choose another, or check its values.`)
    case 'template-paused':
      return i18n._(msg`WhatsApp has paused this template. Choose another.`)
    case 'media-rejected':
      return i18n._(msg`The provider didn't accept the file. Send it in another format.`)
    case 'too-large':
      return i18n._(msg`The message is too large for this channel. Send a smaller file.`)
    case 'file-missing':
      return i18n._(msg`The file is no longer there. Attach it again in a new message.`)
    case 'files-away':
      return i18n._(msg`The place where files are kept couldn't be reached. Send again in a few minutes.`)
    case 'message-invalid':
    case 'rejected':
      return i18n._(msg`The provider refused the message.`)
    case 'rate-limited':
      return i18n._(msg`Too many messages at once. Send again in a few minutes.`)
    case 'provider-unavailable':
    case 'unreachable':
    case 'no-answer':
    case 'answer-strange':
    case 'tls-failed':
      return i18n._(msg`The provider couldn't be reached. Send again in a few minutes.`)
    case 'token-expired':
    case 'token-refused':
    case 'sign-in-refused':
    case 'not-permitted':
    case 'sender-refused':
    case 'account-restricted':
    case 'account-unknown':
    case 'credentials-refused':
    case 'bot-token-refused':
    case 'sender-invalid':
    case 'sender-unregistered':
    case 'callback-refused':
    case 'number-not-registered':
    case 'number-unknown':
    case 'payment-problem':
    case 'address-refused':
    case 'address-moved':
      return i18n._(msg`The channel needs attention. An owner can put it right in Settings, Channels.`)
    case 'channel-deleted':
      return i18n._(msg`The channel was removed. Use another channel.`)
    case 'blocked':
      return i18n._(msg`The contact is blocked.`)
    default:
      return i18n._(msg`The message didn't go out.`)
  }
}

/** Why a message is not out yet, by the code of its last attempt; it is tried again by itself. */
export function waitingWords(code: string, i18n: I18n): string {
  switch (code) {
    case 'rate-limited':
      return i18n._(msg`The provider takes no more messages for the moment. It goes out by itself.`)
    case 'files-away':
      return i18n._(msg`The store of the files can't be reached at the moment. It goes out by itself.`)
    case 'provider-unavailable':
    case 'unreachable':
    case 'no-answer':
    case 'answer-strange':
    case 'tls-failed':
      return i18n._(msg`The provider can't be reached at the moment. It goes out by itself.`)
    default:
      return i18n._(
        msg`It waits for the channel, which needs attention: an owner can put it right. Then it goes out by itself.`,
      )
  }
}
