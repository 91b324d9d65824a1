import { useLingui } from '@lingui/react/macro'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import {
  ArrowLeft,
  Building2,
  ChartNoAxesColumn,
  CheckCheck,
  CircleUserRound,
  KeyRound,
  ListFilter,
  Milestone,
  Radio,
  ScrollText,
  Tag,
  UserRoundCog,
  Users,
} from 'lucide-react'
import { Suspense, useRef } from 'react'
import { useLandmark } from 'react-aria/useLandmark'
import { useCan, useWorkspace } from '../api/me.ts'
import { Icon } from '../ui/icon.tsx'
import { Spinner } from '../ui/spinner.tsx'
import css from './settings-frame.module.css'
import { useTitle } from './use-title.ts'

/** Settings: the list of pages beside the page; on phones first the list, then the page with a way back. */
export function SettingsFrame() {
  const { t } = useLingui()
  const ref = useRef<HTMLElement>(null)
  const { landmarkProps } = useLandmark({ role: 'navigation', 'aria-label': t`Settings` }, ref)
  const workspace = useWorkspace().id
  const mayEdit = useCan('settings.workspace')
  const mayManage = useCan('members.manage')
  const mayTeams = useCan('teams.manage')
  const mayIntegrate = useCan('integrations.manage')
  const mayUsage = useCan('usage.view')
  const mayAudit = useCan('audit.view')
  const mayClosingNotes = useCan('settings.closingNotes')
  const mayFields = useCan('settings.fields')
  const mayLifecycle = useCan('settings.lifecycle')
  const mayTags = useCan('settings.tags')
  const isOnPage = useLocation({ select: (location) => /\/settings\/\w/.test(location.pathname) })
  useTitle(t`Settings`)
  const params = { workspace }
  const Title = isOnPage ? 'p' : 'h1'
  return (
    <div className={css.settings} data-page={isOnPage}>
      <nav {...landmarkProps} ref={ref} className={css.side}>
        {/* On a phone the list is a page of its own, and this its heading. */}
        <Title className={css.title}>{t`Settings`}</Title>
        {mayEdit && (
          <Link to="/w/$workspace/settings/workspace" params={params} className={css.link}>
            <Icon of={Building2} />
            {t`Workspace`}
          </Link>
        )}
        {mayManage && (
          <Link to="/w/$workspace/settings/members" params={params} className={css.link}>
            <Icon of={UserRoundCog} />
            {t`Members`}
          </Link>
        )}
        {mayTeams && (
          <Link to="/w/$workspace/settings/teams" params={params} className={css.link}>
            <Icon of={Users} />
            {t`Teams`}
          </Link>
        )}
        {mayFields && (
          <Link to="/w/$workspace/settings/fields" params={params} className={css.link}>
            <Icon of={ListFilter} />
            {t`Contact fields`}
          </Link>
        )}
        {mayLifecycle && (
          <Link to="/w/$workspace/settings/lifecycle" params={params} className={css.link}>
            <Icon of={Milestone} />
            {t`Lifecycle`}
          </Link>
        )}
        {mayTags && (
          <Link to="/w/$workspace/settings/tags" params={params} className={css.link}>
            <Icon of={Tag} />
            {t`Tags`}
          </Link>
        )}
        {mayClosingNotes && (
          <Link to="/w/$workspace/settings/closing-notes" params={params} className={css.link}>
            <Icon of={CheckCheck} />
            {t`Closing notes`}
          </Link>
        )}
        <Link to="/w/$workspace/settings/channels" params={params} className={css.link}>
          <Icon of={Radio} />
          {t`Channels`}
        </Link>
        {mayIntegrate && (
          <Link to="/w/$workspace/settings/tokens" params={params} className={css.link}>
            <Icon of={KeyRound} />
            {t`API tokens`}
          </Link>
        )}
        {mayUsage && (
          <Link to="/w/$workspace/settings/usage" params={params} className={css.link}>
            <Icon of={ChartNoAxesColumn} />
            {t`Usage`}
          </Link>
        )}
        {mayAudit && (
          <Link to="/w/$workspace/settings/audit" params={params} className={css.link}>
            <Icon of={ScrollText} />
            {t`Audit trail`}
          </Link>
        )}
        <Link to="/w/$workspace/settings/account" params={params} className={css.link}>
          <Icon of={CircleUserRound} />
          {t`Your account`}
        </Link>
      </nav>
      <div className={css.page}>
        <div className={css.content}>
          <div className={css.column}>
            <Link to="/w/$workspace/settings" params={params} className={css.back}>
              <Icon of={ArrowLeft} flip />
              {t`Settings`}
            </Link>
            <Suspense fallback={<Spinner />}>
              <Outlet />
            </Suspense>
          </div>
        </div>
      </div>
    </div>
  )
}
