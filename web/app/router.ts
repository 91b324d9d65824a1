import { createRouter } from '@tanstack/react-router'
import { queryClient, whenSignedOut } from '../api/query-client.ts'
import { routeTree } from './routes.tsx'
import { parseSearch, stringifySearch } from './search-params.ts'

export const router = createRouter({
  routeTree,
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  // Freshness is the query client's business; the router only asks it.
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 150,
  defaultPendingMinMs: 0,
  scrollRestoration: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

whenSignedOut(() => {
  const here = router.state.location
  if (!here.pathname.startsWith('/w/')) return
  queryClient.clear()
  void router.navigate({ to: '/sign-in', search: { to: here.href }, replace: true })
})
