import { useLingui } from '@lingui/react/macro'
import { Outlet, useLocation } from '@tanstack/react-router'
import { Suspense, useEffect, useRef } from 'react'
import { useLandmark } from 'react-aria/useLandmark'
import { useWorkspace } from '../api/me.ts'
import { Spinner } from '../ui/spinner.tsx'
import { OfflineBanner } from './offline-banner.tsx'
import { BulkTray } from '../bulk/bulk-tray.tsx'
import { Overlays } from './overlays.tsx'
import css from './shell.module.css'
import { Rail } from './rail.tsx'

/** The frame of a workspace: the rail (a bar below on phones) and one sheet for the screen. */
export function Shell() {
  const { t } = useLingui()
  const workspace = useWorkspace()
  const main = useFocusOnArrival()
  const { landmarkProps } = useLandmark({ role: 'main', 'aria-label': workspace.name }, main)
  return (
    <div className={css.app}>
      <a href="#main" className={css.skip}>{t`Skip to content`}</a>
      <Rail />
      <div className={css.frame}>
        <OfflineBanner />
        <main {...landmarkProps} id="main" ref={main} className={css.sheet} tabIndex={-1}>
          <Suspense fallback={<Spinner />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <BulkTray />
      <Overlays />
    </div>
  )
}

/** Going to another place by link or key puts the focus at its beginning, so that reading and Tab start there. */
function useFocusOnArrival() {
  const main = useRef<HTMLElement>(null)
  const place = useLocation({ select: (location) => location.pathname.split('/')[3] ?? '' })
  const last = useRef(place)
  useEffect(() => {
    if (last.current === place) return
    last.current = place
    if (!main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true })
  }, [place])
  return main
}
