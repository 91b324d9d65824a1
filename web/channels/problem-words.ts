import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'

/** What is wrong with a channel or its settings, and what a person can do about it, from the code the server tells. */
export function explainProblem(code: string, i18n: I18n): { what: string; remedy: string } {
  const say = (what: ReturnType<typeof msg>, remedy: ReturnType<typeof msg>) => ({
    what: i18n._(what),
    remedy: i18n._(remedy),
  })
  switch (code) {
    case 'token-expired':
      return say(
        msg`Meta refuses the access token.`,
        msg`It has ended or was taken back. Make a new one that does not end, for a system user in Meta's business settings, and enter it here.`,
      )
    case 'not-permitted':
      return say(
        msg`The token is not allowed to do this.`,
        msg`For WhatsApp it needs whatsapp_business_messaging and whatsapp_business_management; for a page, pages_messaging and pages_manage_metadata; for Instagram, instagram_basic, instagram_manage_messages and pages_manage_metadata.`,
      )
    case 'app-secret-wrong':
      return say(
        msg`The app secret is not that of the token's app.`,
        msg`Copy it from “App settings › Basic” in Meta's app dashboard.`,
      )
    case 'account-restricted':
      return say(
        msg`The provider has restricted the account.`,
        msg`Meta's business settings or Twilio's console say why, and how to object.`,
      )
    case 'bot-token-refused':
      return say(
        msg`Telegram refuses the bot's token.`,
        msg`Write /token to @BotFather and enter here what it answers. A token that was revoked no longer works.`,
      )
    case 'polled-elsewhere':
      return say(
        msg`Another program fetches the bot's messages.`,
        msg`Stop it: of two, each gets only a part. Or make a bot of its own for Ficha.`,
      )
    case 'webhook-refused':
      return say(
        msg`Telegram does not accept this server's address.`,
        msg`It has to begin with https and have a valid certificate. Whoever runs this server sets it with FICHA_PUBLIC_URL.`,
      )
    case 'webhook-failing':
      return say(
        msg`Telegram does not get through to this server.`,
        msg`Its own words say why. What comes in meanwhile is kept there for a day.`,
      )
    case 'credentials-refused':
      return say(
        msg`Twilio refuses the account SID or the auth token.`,
        msg`Copy both from the first page of Twilio's console. A token that was replaced there no longer works.`,
      )
    case 'account-unknown':
      return say(
        msg`Twilio knows no such account.`,
        msg`Compare the account SID with the first page of Twilio's console.`,
      )
    case 'sender-unknown':
      return say(
        msg`The account has no such number or messaging service.`,
        msg`Compare it with “Phone Numbers” or “Messaging › Services” in Twilio's console.`,
      )
    case 'sender-invalid':
      return say(
        msg`Twilio does not send from this number or service.`,
        msg`See in Twilio's console that it is there, takes text messages, and that the service has a number.`,
      )
    case 'sender-offline':
      return say(
        msg`The number is not online on WhatsApp yet.`,
        msg`Twilio's console says under “WhatsApp senders” what is still missing.`,
      )
    case 'sender-without-sms':
      return say(
        msg`This number takes no text messages.`,
        msg`Choose one at Twilio that has “SMS” among its abilities.`,
      )
    case 'sender-unregistered':
      return say(
        msg`Carriers in the United States hold back messages of numbers that are not registered.`,
        msg`Register the number in Twilio's console under “Messaging › Regulatory Compliance”.`,
      )
    case 'number-not-registered':
      return say(msg`The number is not registered for the Cloud API.`, msg`Register it in WhatsApp Manager.`)
    case 'number-unknown':
      return say(
        msg`WhatsApp knows no such number or account for this token.`,
        msg`Compare both IDs with “API Setup” in Meta's app dashboard. The phone number ID is not the number itself.`,
      )
    case 'page-unknown':
      return say(
        msg`Meta knows no such page for this token.`,
        msg`Compare the page's ID, and make the token for that very page.`,
      )
    case 'instagram-elsewhere':
      return say(
        msg`The page is not linked to this Instagram account.`,
        msg`Link them in the page's settings, or compare the account's ID; the one below is linked now.`,
      )
    case 'snippet-missing':
      return say(
        msg`The code is not on the first page of this website.`,
        msg`Paste it there, publish the page, then test again. Where it stands on other pages only, all is well.`,
      )
    case 'site-broken':
      return say(msg`The website answers with an error.`, msg`Open it in a browser, then test again.`)
    case 'token-of-another':
      return say(
        msg`The token is not the page's own.`,
        msg`Choose this page in the app dashboard and make its access token there.`,
      )
    case 'number-elsewhere':
      return say(
        msg`The number belongs to another business account.`,
        msg`Enter the account ID that stands beside the number in “API Setup”.`,
      )
    case 'webhook-missing':
      return say(msg`The provider does not know yet where to call.`, msg`Enter there what is shown above.`)
    case 'webhook-elsewhere':
      return say(
        msg`The provider calls another address.`,
        msg`Enter the address shown above there, in place of the one below.`,
      )
    case 'rate-limited':
      return say(msg`There were too many requests just now.`, msg`Wait a minute, then test again.`)
    case 'provider-unavailable':
      return say(
        msg`The other side has trouble at the moment.`,
        msg`It usually passes by itself. Test again in a while.`,
      )
    case 'answer-strange':
      return say(msg`The answer makes no sense.`, msg`Check that address and port are those of the right service.`)
    case 'address-refused':
      return say(
        msg`This address is inside a private network.`,
        msg`Use a public one, or let whoever runs this server allow it with FICHA_ALLOW_INTERNAL.`,
      )
    case 'unreachable':
      return say(
        msg`Nothing can be reached there.`,
        msg`Check address and port, and that no firewall holds this server back.`,
      )
    case 'no-answer':
      return say(msg`No answer came in time.`, msg`Check address and port, then test again.`)
    case 'sign-in-refused':
      return say(
        msg`The mail server refuses this user or password.`,
        msg`Many providers want an app password, made in the security settings of the account, and access by IMAP switched on.`,
      )
    case 'tls-failed':
      return say(
        msg`No secure connection came about.`,
        msg`Try the other encryption and its port, or have the server's certificate put in order.`,
      )
    case 'folder-missing':
      return say(msg`The mailbox has no such folder.`, msg`INBOX is there in every mailbox.`)
    case 'sender-refused':
      return say(
        msg`The mail server does not let this address send.`,
        msg`Sign in as the address itself, or have it allowed as a sender.`,
      )
    case 'token-refused':
      return say(msg`Your program refuses our API token.`, msg`Give it the API token shown here.`)
    case 'address-moved':
      return say(
        msg`Your program's address leads to another one.`,
        msg`Enter where it leads to; we follow no redirects.`,
      )
    default:
      return say(msg`The other side refused.`, msg`Its own words may say why.`)
  }
}
