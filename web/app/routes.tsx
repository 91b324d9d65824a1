/*
 * How a slice plugs in
 *
 * - A screen is `web/<slice>/<name>-screen.tsx` with a default export and no props; it is imported lazily here and nowhere
 *   else. It reads the address with `getRouteApi('/w/$workspace/inbox/{-$contactId}')` and its `useParams`, `useSearch`,
 *   `useNavigate`, so it never imports this file.
 * - The shell gives it one sheet (`display: grid`, the size of the window); it lays out `Pane`s inside. It names the page
 *   with `useTitle`, has one `h1`, and asks for data with `api.….queryOptions()`; live events keep that fresh.
 * - Its commands (keys, palette, the sheet behind `?`) are given with `useCommands`.
 * - Its sentences are English in the source (`Trans`, `useLingui().t`); `lingui extract` collects them into
 *   `web/i18n/es/<slice>.po`, where the Spanish stands. One English sentence has one Spanish one everywhere; where it needs
 *   two (Inbox: Bandeja, Bandeja de entrada) a `context` tells them apart. Reasons of errors that it knows it words itself, the rest with
 *   `explain`.
 * - Parts from elsewhere: `web/ui` (knows no domain), `web/api`, `web/app`, `web/i18n`, `#contract/*` as types. Never the
 *   inside of another slice; the record (`web/contacts/contact-drawer.tsx`) is the one screen that others show.
 */
import { createRootRoute, createRoute, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { withMergeWords, withRareWords, withWorkflowWords } from '../i18n/locale.ts'
import { NotFoundPage, PageError, PagePending } from './page-states.tsx'
import {
  blockedSearch,
  contactsSearch,
  duplicatesSearch,
  inboxSearch,
  mergeHistorySearch,
  mergeSearch,
  signInSearch,
  workflowSearch,
} from './search-params.ts'
import { enterWorkspace, lastWorkspace } from './session.ts'
import { Shell } from './shell.tsx'
import { Root } from './root.tsx'

const root = createRootRoute({ component: Root, errorComponent: PageError, notFoundComponent: NotFoundPage })

/** Sends whoever comes to the bare address where they belong. */
const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async () => {
    const state = await queryClient.fetchQuery(api.account.state.queryOptions({ staleTime: 0 }))
    if (state.firstRun) throw redirect({ to: '/sign-up', replace: true })
    if (!state.signedIn) throw redirect({ to: '/sign-in', replace: true })
    const { items } = await queryClient.fetchQuery(api.workspaces.list.queryOptions())
    const last = lastWorkspace()
    const workspace = items.find((one) => one.id === last) ?? items[0]
    if (!workspace) throw notFound()
    throw redirect({ to: '/w/$workspace/inbox/{-$contactId}', params: { workspace: workspace.id }, replace: true })
  },
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: signInSearch,
  component: lazyRouteComponent(() => withRareWords(() => import('../sign-in/sign-in-screen.tsx'))),
})

const signUp = createRoute({
  getParentRoute: () => root,
  path: '/sign-up',
  component: lazyRouteComponent(() => withRareWords(() => import('../sign-in/sign-up-screen.tsx'))),
})

const invite = createRoute({
  getParentRoute: () => root,
  // The token stands behind the #, where no server's log sees it.
  path: '/invite',
  component: lazyRouteComponent(() => withRareWords(() => import('../sign-in/invite-screen.tsx'))),
})

const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  component: lazyRouteComponent(() => withRareWords(() => import('../sign-in/reset-screen.tsx'))),
})

const workspace = createRoute({
  getParentRoute: () => root,
  path: '/w/$workspace',
  params: {
    parse: ({ workspace }) => {
      if (!/^\d{1,15}$/.test(workspace)) throw notFound()
      return { workspace: Number(workspace) }
    },
    stringify: ({ workspace }) => ({ workspace: String(workspace) }),
  },
  beforeLoad: ({ params }) => enterWorkspace(params.workspace),
  loader: async () => {
    await queryClient.ensureQueryData(api.workspaces.get.queryOptions())
  },
  component: Shell,
  pendingComponent: PagePending,
  errorComponent: PageError,
})

const workspaceStart = createRoute({
  getParentRoute: () => workspace,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/w/$workspace/inbox/{-$contactId}', params, replace: true })
  },
})

/** A contact's number in an address; anything else is a page that is not there. */
const contactInPath = {
  parse: ({ contactId }: { contactId?: string }) => {
    if (contactId !== undefined && !/^\d{1,15}$/.test(contactId)) throw notFound()
    return contactId === undefined ? {} : { contactId: Number(contactId) }
  },
  stringify: ({ contactId }: { contactId?: number }) =>
    contactId === undefined ? {} : { contactId: String(contactId) },
}

const inbox = createRoute({
  getParentRoute: () => workspace,
  path: '/inbox/{-$contactId}',
  params: contactInPath,
  validateSearch: inboxSearch,
  component: lazyRouteComponent(() => import('../conversations/inbox-screen.tsx')),
})

const home = createRoute({
  getParentRoute: () => workspace,
  path: '/home',
  component: lazyRouteComponent(() => withMergeWords(() => import('../dashboard/dashboard-screen.tsx'))),
})

const contacts = createRoute({
  getParentRoute: () => workspace,
  path: '/contacts',
  component: lazyRouteComponent(() => withMergeWords(() => import('../contacts/contacts-frame-screen.tsx'))),
})

const contactsTable = createRoute({
  getParentRoute: () => contacts,
  path: '/{-$contactId}',
  params: contactInPath,
  validateSearch: contactsSearch,
  component: lazyRouteComponent(() => withMergeWords(() => import('../contacts/contacts-screen.tsx'))),
})

const duplicates = createRoute({
  getParentRoute: () => contacts,
  path: '/duplicates',
  validateSearch: duplicatesSearch,
  component: lazyRouteComponent(() => withMergeWords(() => import('../duplicates/duplicates-screen.tsx'))),
})

const mergeHistory = createRoute({
  getParentRoute: () => contacts,
  path: '/merge-history',
  validateSearch: mergeHistorySearch,
  component: lazyRouteComponent(() => withMergeWords(() => import('../merging/merge-history-screen.tsx'))),
})

const blocked = createRoute({
  getParentRoute: () => contacts,
  path: '/blocked',
  validateSearch: blockedSearch,
  component: lazyRouteComponent(() => withMergeWords(() => import('../blocking/blocked-screen.tsx'))),
})

const deletions = createRoute({
  getParentRoute: () => contacts,
  path: '/deletions',
  component: lazyRouteComponent(() => withMergeWords(() => import('../bulk/deletions-screen.tsx'))),
})

const imports = createRoute({
  getParentRoute: () => contacts,
  path: '/imports',
  component: lazyRouteComponent(() => withMergeWords(() => import('../imports/imports-screen.tsx'))),
})

const oneImport = createRoute({
  getParentRoute: () => contacts,
  path: '/imports/$importId',
  component: lazyRouteComponent(() => withMergeWords(() => import('../imports/import-screen.tsx'))),
})

/** Beside the lists, not in them: it takes the whole sheet, and agents come here from the Inbox. */
const merge = createRoute({
  getParentRoute: () => workspace,
  path: '/contacts/merge',
  validateSearch: mergeSearch,
  component: lazyRouteComponent(() => withMergeWords(() => import('../merging/merge-screen.tsx'))),
})

const workflows = createRoute({
  getParentRoute: () => workspace,
  path: '/workflows',
  component: lazyRouteComponent(() => withWorkflowWords(() => import('../workflows/workflows-screen.tsx'))),
})

const oneWorkflow = createRoute({
  getParentRoute: () => workspace,
  path: '/workflows/$workflowId',
  validateSearch: workflowSearch,
  component: lazyRouteComponent(() => withWorkflowWords(() => import('../workflows/workflow-screen.tsx'))),
})

const settings = createRoute({
  getParentRoute: () => workspace,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings-frame.tsx'), 'SettingsFrame'),
})

const settingsPage = <Path extends string>(path: Path, screen: Parameters<typeof lazyRouteComponent>[0]) =>
  createRoute({
    getParentRoute: () => settings,
    path,
    component: lazyRouteComponent(() => withRareWords(screen)),
  })

const routeTree = root.addChildren([
  start,
  signIn,
  signUp,
  invite,
  reset,
  workspace.addChildren([
    workspaceStart,
    home,
    inbox,
    contacts.addChildren([contactsTable, duplicates, mergeHistory, blocked, imports, oneImport, deletions]),
    merge,
    workflows,
    oneWorkflow,
    settings.addChildren([
      settingsPage('/', () => import('./settings-start.tsx')),
      settingsPage('/workspace', () => import('../settings/workspace-screen.tsx')),
      settingsPage('/members', () => import('../settings/members-screen.tsx')),
      settingsPage('/teams', () => import('../settings/teams-screen.tsx')),
      settingsPage('/closing-notes', () => import('../settings/closing-notes-screen.tsx')),
      settingsPage('/fields', () => import('../settings/fields-screen.tsx')),
      settingsPage('/lifecycle', () => import('../settings/lifecycle-screen.tsx')),
      settingsPage('/tags', () => import('../settings/tags-screen.tsx')),
      settingsPage('/channels', () => import('../channels/channels-screen.tsx')),
      settingsPage('/channels/undelivered/{-$channelId}', () => import('../delivery/undelivered-screen.tsx')),
      settingsPage('/channels/new/$kind', () => import('../channels/connect-screen.tsx')),
      settingsPage('/channels/$channelId', () => import('../channels/channel-screen.tsx')),
      settingsPage('/tokens', () => import('../settings/tokens-screen.tsx')),
      settingsPage('/usage', () => import('../usage/usage-screen.tsx')),
      settingsPage('/audit', () => import('../settings/audit-screen.tsx')),
      settingsPage('/account', () => import('../settings/account-screen.tsx')),
    ]),
  ]),
])

export { routeTree }
