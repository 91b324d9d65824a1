import { Trans, useLingui } from '@lingui/react/macro'
import type { ChannelDetails, ChannelSettings } from '#contract/channels.ts'
import { Banner } from '../ui/banner.tsx'
import css from './channels.module.css'
import { CopyRow } from './copy-row.tsx'
import { isReachable, listenerAddress } from './reachable.ts'
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
    <section className={css.section}>
      <h2>
        <Trans>What to enter at Meta</Trans>
      </h2>
      <p className={css.lead}>
        {kind === 'whatsapp' ? (
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
        )}
      </p>
      {!isReachable(url) && (
        <Banner tone="warn" className={css.gap ?? ''}>
          <Trans>
            Meta calls only addresses on the internet that begin with https. Whoever runs this server tells it its
            address with FICHA_PUBLIC_URL.
          </Trans>
        </Banner>
      )}
      <dl className={css.entries}>
        <CopyRow label={t`Callback URL`} copy={t`Copy the callback URL`} value={url} />
        <CopyRow label={t`Verify token`} copy={t`Copy the verify token`} value={setup.verifyToken ?? ''} />
      </dl>
    </section>
  )
}

function TwilioSetup({ setup, settings }: { setup: Setup; settings: { kind: string; sender: string } }) {
  const { t } = useLingui()
  const url = setup.webhookUrl ?? ''
  return (
    <section className={css.section}>
      <h2>
        <Trans>What to enter at Twilio</Trans>
      </h2>
      <p className={css.lead}>
        {settings.sender.startsWith('MG') ? (
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
        )}
      </p>
      {!isReachable(url) && (
        <Banner tone="warn" className={css.gap ?? ''}>
          <Trans>
            Twilio calls only addresses on the internet, and tells there what became of each message. Whoever runs this
            server tells it its address with FICHA_PUBLIC_URL.
          </Trans>
        </Banner>
      )}
      <dl className={css.entries}>
        <CopyRow label={t`Webhook URL`} copy={t`Copy the webhook URL`} value={url} />
      </dl>
    </section>
  )
}

function TelegramSetup({ address }: { address: string | null }) {
  const { t } = useLingui()
  if (address === null) return null
  return (
    <section className={css.section}>
      <h2>
        <Trans>How people find the bot</Trans>
      </h2>
      <p className={css.lead}>
        <Trans>
          There is nothing to enter at Telegram. A bot never writes first: put this link where your customers see it.
          What you add to it, as in “?start=spring”, comes with their first message.
        </Trans>
      </p>
      <dl className={css.entries}>
        <CopyRow label={t`Link`} copy={t`Copy the link`} value={`https://t.me/${address.replace(/^@/, '')}`} />
      </dl>
    </section>
  )
}

function CustomSetup({ setup }: { setup: Setup }) {
  const { t } = useLingui()
  return (
    <section className={css.section}>
      <h2>
        <Trans>What to enter in your program</Trans>
      </h2>
      <p className={css.lead}>
        <Trans>
          It sends what comes in to the webhook URL with POST, names the channel by its ID, and proves itself with the
          API token as a bearer. Ficha shows the same token when it hands over what goes out.
        </Trans>
      </p>
      <dl className={css.entries}>
        <CopyRow label={t`Webhook URL`} copy={t`Copy the webhook URL`} value={setup.webhookUrl ?? ''} />
        <CopyRow label={t`Channel ID`} copy={t`Copy the channel ID`} value={setup.channelId ?? ''} />
        <CopyRow label={t`API token`} copy={t`Copy the API token`} value={setup.apiToken ?? ''} />
      </dl>
    </section>
  )
}

function ListenerSetup({ address, listener }: { address: string; listener: string | null }) {
  const { t } = useLingui()
  return (
    <section className={css.section}>
      <h2>
        <Trans>What to enter at your mail server</Trans>
      </h2>
      {listener === null ? (
        <Banner tone="warn" className={css.gap ?? ''}>
          <Trans>
            Ficha's own listener is off, so no mail comes in. Whoever runs this server switches it on with
            FICHA_SMTP_LISTEN; or choose below to have mail fetched from the mailbox.
          </Trans>
        </Banner>
      ) : (
        <>
          <p className={css.lead}>
            <Trans>Have it pass on by SMTP what comes for {address}, unchanged, to this listener.</Trans>
          </p>
          <dl className={css.entries}>
            <CopyRow
              label={t`Listener`}
              copy={t`Copy the listener's address`}
              value={listenerAddress(listener, location.hostname)}
            />
          </dl>
        </>
      )}
    </section>
  )
}
