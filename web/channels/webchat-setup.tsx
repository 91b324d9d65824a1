import { Trans, useLingui } from '@lingui/react/macro'
import type { ChannelDetails } from '#contract/channels.ts'
import { CopyRow } from './copy-row.tsx'
import { isReachable } from './reachable.ts'
import { SetupPart } from './setup-part.tsx'

/** The line of code to paste, and how the website says who a visitor is. */
export function WebchatSetup({ setup }: { setup: ChannelDetails['setup'] }) {
  const { t } = useLingui()
  const script = setup.scriptUrl ?? ''
  const snippet = `<script async src="${script}" data-channel="${setup.channelId ?? ''}"></script>`
  return (
    <>
      <SetupPart
        title={<Trans>What to put into your website</Trans>}
        lead={
          <Trans>
            Paste this line into every page that is to have the chat, at the end of its body. “Test this” below then
            looks for it on the first page of each of your websites.
          </Trans>
        }
        warning={
          !isReachable(script) && (
            <Trans>
              Visitors reach the chat only at an address on the internet that begins with https. Whoever runs this
              server tells it its address with FICHA_PUBLIC_URL.
            </Trans>
          )
        }
      >
        <CopyRow label={t`Code`} copy={t`Copy the code`} value={snippet} />
      </SetupPart>
      <SetupPart
        title={<Trans>Who your visitors are</Trans>}
        lead={
          <Trans>
            Whoever signs in on your website can be known here by name. Your server signs a JSON Web Token with this
            secret (HS256) that says who it is (sub), if you like name, email and phone_number, and when it ends (exp).
            The page hands it over with FichaChat.identify(token), and calls FichaChat.signOut() when they leave. The
            secret never belongs into a page.
          </Trans>
        }
      >
        <CopyRow label={t`Secret`} copy={t`Copy the secret`} value={setup.identitySecret ?? ''} />
      </SetupPart>
    </>
  )
}
