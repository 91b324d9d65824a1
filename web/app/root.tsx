import { useLingui } from '@lingui/react'
import { Outlet, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { I18nProvider, RouterProvider } from 'react-aria-components'
import { formatTag } from '../i18n/locale.ts'
import { Toaster } from '../ui/toaster.tsx'
import { listenForKeys } from './listen-for-keys.ts'

/** What every page stands in: the language and links of the components, keys, notices. */
export function Root() {
  const router = useRouter()
  useLingui()
  useEffect(listenForKeys, [])
  return (
    <I18nProvider locale={formatTag()}>
      <RouterProvider navigate={(href) => void router.navigate({ href })}>
        <Outlet />
        <Toaster />
      </RouterProvider>
    </I18nProvider>
  )
}
