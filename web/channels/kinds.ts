import { useLingui } from '@lingui/react/macro'
import type { ConnectableKind } from './draft.ts'

interface KindWords {
  name: string
  /** What it is for, in a line. */
  note: string
  /** What one needs at hand to connect it. */
  lead: string
}

/** The kinds of channel that can be connected, in words. */
export function useKinds(): Record<ConnectableKind, KindWords> {
  const { t } = useLingui()
  return {
    whatsapp: {
      name: 'WhatsApp',
      note: t`A number of the WhatsApp Business Platform, straight from Meta or by Twilio.`,
      lead: t`You need an app at developers.facebook.com with WhatsApp added to it and a token of a system user, or an account at twilio.com.`,
    },
    messenger: {
      name: 'Messenger',
      note: t`What people write to your Facebook page.`,
      lead: t`You need an app at developers.facebook.com with Messenger added to it, and the page's own access token.`,
    },
    instagram: {
      name: 'Instagram',
      note: t`Direct messages to a professional account, and answers to its stories.`,
      lead: t`You need a professional account that is linked to a Facebook page, an app at developers.facebook.com with Messenger added to it, and the page's own access token.`,
    },
    telegram: {
      name: 'Telegram',
      note: t`A bot of yours: people write to it, and it answers in your words.`,
      lead: t`You need the token of a bot. @BotFather on Telegram makes one in a minute.`,
    },
    webchat: {
      name: t`Website chat`,
      note: t`A chat on your own website, answered in the Inbox.`,
      lead: t`You need to be able to put a line of code into your website.`,
    },
    sms: {
      name: 'SMS',
      note: t`Text messages by a number of yours at Twilio.`,
      lead: t`You need an account at twilio.com with a number that takes text messages, or a messaging service.`,
    },
    email: {
      name: t`Email`,
      note: t`Any mailbox: yours at a provider, or on a server of your own.`,
      lead: t`You need the mailbox's address, its servers, and its password or an app password.`,
    },
    custom: {
      name: t`Custom channel`,
      note: t`Anything else, by a small program of yours that speaks HTTP.`,
      lead: t`You need a program that takes messages from Ficha, and tells Ficha of those that come in.`,
    },
  }
}
