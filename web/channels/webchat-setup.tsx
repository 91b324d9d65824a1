import { Trans, useLingui } from '@lingui/react/macro'
import type { ChannelDetails } from '#contract/channels.ts'
import { Banner } from '../ui/banner.tsx'
import css from './channels.module.css'
import { CopyRow } from './copy-row.tsx'
import { isReachable } from './reachable.ts'

/** The line of code to paste, and how the website says who a visitor is. */
export function WebchatSetup({ setup }: { setup: ChannelDetails['setup'] }) {
  const { t } = useLingui()
  const script = setup.scriptUrl ?? ''
  const snippet = `<script async src="${script}" data-channel="${setup.channelId ?? ''}"></script>`
  return (
    <>
      <section className={css.section}>
        <h2>
          <Trans>What to put into your website</Trans>
        </h2>
        <p className={css.lead}>
          <Trans>
            Paste this line into every page that is to have the chat, at the end of its body. “Test this” below then
            looks for it on the first page of each of your websites.
          </Trans>
        </p>
        {!isReachable(script) && (
          <Banner tone="warn" className={css.gap ?? ''}>
            <Trans>
              Visitors reach the chat only at an address on the internet that begins with https. Whoever runs this
              server tells it its address with FICHA_PUBLIC_URL.
            </Trans>
          </Banner>
        )}
        <dl className={css.entries}>
          <CopyRow label={t`Code`} copy={t`Copy the code`} value={snippet} />
        </dl>
      </section>
      <section className={css.section}>
        <h2>
          <Trans>Who your visitors are</Trans>
        </h2>
        <p className={css.lead}>
          <Trans>
            Whoever signs in on your website can be known here by name. Your server signs a JSON Web Token with this
            secret (HS256) that says who it is (sub), if you like name, email and phone_number, and when it ends (exp).
            The page hands it over with FichaChat.identify(token), and calls FichaChat.signOut() when they leave. The
            secret never belongs into a page.
          </Trans>
        </p>
        <dl className={css.entries}>
          <CopyRow label={t`Secret`} copy={t`Copy the secret`} value={setup.identitySecret ?? ''} />
        </dl>
      </section>
    </>
  )
}
