import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'

/** What a step of a test has shown to work. @param detail what the other side said: a number, a count, a status */
export function explainStep(step: string, detail: string | null, i18n: I18n): string {
  const said = detail ?? ''
  switch (step) {
    case 'phoneNumber':
      return i18n._(msg`WhatsApp knows the number: ${said}`)
    case 'page':
      return i18n._(msg`Meta knows the page: ${said}`)
    case 'instagramAccount':
      return i18n._(msg`The page is linked to the account: ${said}`)
    case 'account':
      return i18n._(msg`The number belongs to the business account.`)
    case 'permissions':
      return i18n._(msg`The token may send and receive.`)
    case 'subscription':
      return i18n._(msg`Your app hears of the messages.`)
    case 'webhook':
      return i18n._(msg`The provider calls this Ficha.`)
    case 'bot':
      return i18n._(msg`Telegram knows the bot: ${said}`)
    case 'twilioAccount':
      return i18n._(msg`Signed in at Twilio: ${said}`)
    case 'sender':
      return i18n._(msg`The account may send from: ${said}`)
    case 'smtp':
      return i18n._(msg`Signed in for sending.`)
    case 'imap':
      return i18n._(msg`Signed in for receiving.`)
    case 'folder':
      return i18n._(msg`The folder opens; mails in it: ${said}`)
    case 'site':
      return i18n._(msg`There is a website at ${said}`)
    case 'snippet':
      return i18n._(msg`The chat is on ${said}`)
    case 'reach':
      return i18n._(
        msg`Something answers at this address (${said}). Whether it takes messages shows with the first one.`,
      )
    default:
      return said === '' ? step : `${step}: ${said}`
  }
}

/** What a step that failed had tried. */
export function nameStep(step: string, i18n: I18n): string {
  switch (step) {
    case 'phoneNumber':
      return i18n._(msg`The number`)
    case 'page':
      return i18n._(msg`The page`)
    case 'instagramAccount':
      return i18n._(msg`The Instagram account`)
    case 'account':
      return i18n._(msg`The business account`)
    case 'permissions':
      return i18n._(msg`What the token may do`)
    case 'subscription':
      return i18n._(msg`What your app hears of`)
    case 'webhook':
      return i18n._(msg`The callback URL`)
    case 'bot':
      return i18n._(msg`The bot`)
    case 'twilioAccount':
      return i18n._(msg`The account`)
    case 'sender':
      return i18n._(msg`The sender`)
    case 'smtp':
      return i18n._(msg`Sending`)
    case 'imap':
      return i18n._(msg`Receiving`)
    case 'folder':
      return i18n._(msg`The folder`)
    case 'site':
      return i18n._(msg`The website`)
    case 'snippet':
      return i18n._(msg`The code`)
    case 'reach':
      return i18n._(msg`The address`)
    default:
      return step
  }
}
