import { Trans, useLingui } from '@lingui/react/macro'
import type { ChannelDetails, ChannelSettings } from '#contract/channels.ts'
import { CopyRow } from './copy-row.tsx'
import { isReachable, listenerAddress } from './reachable.ts'
import { SetupPart } from './setup-part.tsx'
import { WebchatSetup } from './webchat-setup.tsx'

/** What to enter at the other side, so that messages find their way here. */
export function SetupSection(props: { channel: ChannelDetails; settings: ChannelSettings }) {
  const { channel, settings } = props
  switch (settings.kind) {
    case 'whatsapp':
      if (settings.provider === 'twilio') return <TwilioSetup setup={channel.setup} settings={settings} />
      return <MetaSetup setup={channel.setup} kind="whatsapp" />
    case 'messenger':
    case 'instagram':
      return <MetaSetup setup={channel.setup} kind={settings.kind} />
    case 'telegram':
      return <TelegramSetup address={channel.address} />
    case 'sms':
      return <TwilioSetup setup={channel.setup} settings={settings} />
    case 'webchat':
      return <WebchatSetup setup={channel.setup} />
    case 'custom':
      return <CustomSetup setup={channel.setup} />
    case 'email':
      return settings.imap === null ? (
        <ListenerSetup address={settings.address} listener={channel.setup.listener} />
      ) : null
  }
}

type Setup = ChannelDetails['setup']

function MetaSetup({ setup, kind }: { setup: Setup; kind: 'whatsapp' | 'messenger' | 'instagram' }) {
  const { t } = useLingui()
  const url = setup.webhookUrl ?? ''
  return (
    <SetupPart
      title={<Trans>What to enter at Meta</Trans>}
      lead={
        kind === 'whatsapp' ? (
          <Trans>
            In the app dashboard at developers.facebook.com open “WhatsApp › Configuration”, enter these two, press
            “Verify and save”, and subscribe to the fields “messages” and “user_preferences”. “Test this” below then
            tells whether WhatsApp calls here.
          </Trans>
        ) : kind === 'instagram' ? (
          <Trans>
            In the app dashboard at developers.facebook.com open “Instagram settings” under “Messenger”, enter these two
            under “Configure webhooks”, and subscribe to messages, messaging_postbacks, messaging_seen and
            message_reactions. Then press “Test this” below, which tells whether Meta calls here.
          </Trans>
        ) : (
          <Trans>
            In the app dashboard at developers.facebook.com open “Messenger › API settings”, enter these two under
            “Configure webhooks”, and press “Verify and save”. Then press “Test this” below: it subscribes to the page's
            messages, and tells whether Meta calls here.
          </Trans>
        )
      }
      warning={
        !isReachable(url) && (
          <Trans>
            Meta calls only addresses on the internet that begin with https. Whoever runs this server tells it its
            address with FICHA_PUBLIC_URL.
          </Trans>
        )
      }
    >
      <CopyRow label={t`Callback URL`} copy={t`Copy the callback URL`} value={url} />
      <CopyRow label={t`Verify token`} copy={t`Copy the verify token`} value={setup.verifyToken ?? ''} />
    </SetupPart>
  )
}

function TwilioSetup({ setup, settings }: { setup: Setup; settings: { kind: string; sender: string } }) {
  const { t } = useLingui()
  const url = setup.webhookUrl ?? ''
  return (
    <SetupPart
      title={<Trans>What to enter at Twilio</Trans>}
      lead={
        settings.sender.startsWith('MG') ? (
          <Trans>
            In Twilio's console open “Messaging › Services”, this service, then “Integration”. Choose “Send a webhook”
            and enter this as the request URL, with HTTP POST. “Test this” below then tells whether Twilio calls here.
          </Trans>
        ) : settings.kind === 'whatsapp' ? (
          <Trans>
            In Twilio's console open “Messaging › Senders › WhatsApp senders”, this number, and enter this as the
            webhook URL for incoming messages, with HTTP POST; in the sandbox it stands under “Sandbox settings”. “Test
            this” below then tells whether Twilio calls here.
          </Trans>
        ) : (
          <Trans>
            In Twilio's console open “Phone Numbers › Manage › Active numbers”, this number, then “Messaging
            Configuration”. Under “A message comes in” choose “Webhook” and enter this, with HTTP POST. “Test this”
            below then tells whether Twilio calls here.
          </Trans>
        )
      }
      warning={
        !isReachable(url) && (
          <Trans>
            Twilio calls only addresses on the internet, and tells there what became of each message. Whoever runs this
            server tells it its address with FICHA_PUBLIC_URL.
          </Trans>
        )
      }
    >
      <CopyRow label={t`Webhook URL`} copy={t`Copy the webhook URL`} value={url} />
    </SetupPart>
  )
}

function TelegramSetup({ address }: { address: string | null }) {
  const { t } = useLingui()
  if (address === null) return null
  return (
    <SetupPart
      title={<Trans>How people find the bot</Trans>}
      lead={
        <Trans>
          There is nothing to enter at Telegram. A bot never writes first: put this link where your customers see it.
          What you add to it, as in “?start=spring”, comes with their first message.
        </Trans>
      }
    >
      <CopyRow label={t`Link`} copy={t`Copy the link`} value={`https://t.me/${address.replace(/^@/, '')}`} />
    </SetupPart>
  )
}

function CustomSetup({ setup }: { setup: Setup }) {
  const { t } = useLingui()
  return (
    <SetupPart
      title={<Trans>What to enter in your program</Trans>}
      lead={
        <Trans>
          It sends what comes in to the webhook URL with POST, names the channel by its ID, and proves itself with the
          API token as a bearer. Ficha shows the same token when it hands over what goes out.
        </Trans>
      }
    >
      <CopyRow label={t`Webhook URL`} copy={t`Copy the webhook URL`} value={setup.webhookUrl ?? ''} />
      <CopyRow label={t`Channel ID`} copy={t`Copy the channel ID`} value={setup.channelId ?? ''} />
      <CopyRow label={t`API token`} copy={t`Copy the API token`} value={setup.apiToken ?? ''} />
    </SetupPart>
  )
}

function ListenerSetup({ address, listener }: { address: string; listener: string | null }) {
  const { t } = useLingui()
  return listener === null ? (
    <SetupPart
      title={<Trans>What to enter at your mail server</Trans>}
      warning={
        <Trans>
          Ficha's own listener is off, so no mail comes in. Whoever runs this server switches it on with
          FICHA_SMTP_LISTEN; or choose below to have mail fetched from the mailbox.
        </Trans>
      }
    />
  ) : (
    <SetupPart
      title={<Trans>What to enter at your mail server</Trans>}
      lead={<Trans>Have it pass on by SMTP what comes for {address}, unchanged, to this listener.</Trans>}
    >
      <CopyRow
        label={t`Listener`}
        copy={t`Copy the listener's address`}
        value={listenerAddress(listener, location.hostname)}
      />
    </SetupPart>
  )
}
