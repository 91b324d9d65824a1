import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { House, Inbox, Search, Settings, Users, Workflow } from 'lucide-react'
import { useRef } from 'react'
import { useLandmark } from 'react-aria/useLandmark'
import { Button } from 'react-aria-components'
import { api } from '../api/client.ts'
import { useCan, useWorkspace } from '../api/me.ts'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/icon.tsx'
import { Count } from '../ui/pill.tsx'
import { Bell } from '../notifications/bell.tsx'
import { openOverlay } from './overlay-state.ts'
import { MyMenu } from './my-menu.tsx'
import css from './shell.module.css'
import { ThemeMenu } from './theme-menu.tsx'
import { useUnreadInTitle } from './use-title.ts'
import { WorkspaceMenu } from './workspace-menu.tsx'

/** The places of a workspace, always with their names; a bar below on phones. */
export function Rail() {
  const { t } = useLingui()
  const ref = useRef<HTMLElement>(null)
  const { landmarkProps } = useLandmark({ role: 'navigation', 'aria-label': t`Main navigation` }, ref)
  const workspace = useWorkspace().id
  const mayBrowse = useCan('contacts.browse')
  const mayAutomate = useCan('workflows.manage')
  const maySeeHome = useCan('dashboard.view')
  const unread = useQuery(api.conversations.counts.queryOptions()).data?.mine ?? 0
  useUnreadInTitle(unread)
  return (
    <nav {...landmarkProps} ref={ref} className={css.rail}>
      <WorkspaceMenu />
      <Button
        className={classes(css.place, css.onlyWide)}
        aria-keyshortcuts="Control+K Meta+K"
        onPress={() => openOverlay('palette')}
      >
        <Icon of={Search} size={20} />
        <span>{t`Search`}</span>
      </Button>
      {maySeeHome && (
        <Link to="/w/$workspace/home" params={{ workspace }} className={css.place}>
          <Icon of={House} size={20} />
          <span>{t`Home`}</span>
        </Link>
      )}
      <Link to="/w/$workspace/inbox/{-$contactId}" params={{ workspace }} className={css.place}>
        <Icon of={Inbox} size={20} />
        <span>{t`Inbox`}</span>
        {unread > 0 && <Count of={unread} label={t`unread:`} className={css.count} />}
      </Link>
      {mayBrowse && (
        <Link to="/w/$workspace/contacts/{-$contactId}" params={{ workspace }} className={css.place}>
          <Icon of={Users} size={20} />
          <span>{t`Contacts`}</span>
        </Link>
      )}
      {mayAutomate && (
        <Link to="/w/$workspace/workflows" params={{ workspace }} className={classes(css.place, css.onlyWide)}>
          <Icon of={Workflow} size={20} />
          <span>{t`Workflows`}</span>
        </Link>
      )}
      <Link to="/w/$workspace/settings" params={{ workspace }} className={css.place}>
        <Icon of={Settings} size={20} />
        <span>{t`Settings`}</span>
      </Link>
      <span className={css.gap} />
      <Bell className={css.place ?? ''} countClass={css.count} />
      <ThemeMenu />
      <MyMenu />
    </nav>
  )
}
