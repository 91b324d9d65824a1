import { Trans } from '@lingui/react/macro'
import { onlineManager } from '@tanstack/react-query'
import { WifiOff } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { Banner } from '../ui/banner.tsx'
import css from './shell.module.css'

/** Says that the network is away; acts wait and go out when it is back. */
export function OfflineBanner() {
  const isOnline = useSyncExternalStore(
    (listener) => onlineManager.subscribe(listener),
    () => onlineManager.isOnline(),
  )
  if (isOnline) return null
  return (
    <Banner tone="warn" icon={WifiOff} live className={css.offline ?? ''}>
      <Trans>
        <strong>You're offline.</strong> What you type is saved when you're back.
      </Trans>
    </Banner>
  )
}
