import { Trans, useLingui } from '@lingui/react/macro'
import type { OptOut } from '#contract/contacts.ts'

/** By which channel somebody wants no messages, and whether that is about advertising alone. */
export function OptOutName({ optOut: { channelName, scope } }: { optOut: Pick<OptOut, 'channelName' | 'scope'> }) {
  const { t } = useLingui()
  return (
    <>
      <bdi>{channelName ?? t`All channels`}</bdi>
      {scope === 'marketing' && (
        <>
          {' '}
          <Trans>(advertising)</Trans>
        </>
      )}
    </>
  )
}
