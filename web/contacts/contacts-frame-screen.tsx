import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { Ban, FileUp, History, Lock, Merge, Trash2, Users } from 'lucide-react'
import { Suspense, useRef } from 'react'
import { useLandmark } from 'react-aria/useLandmark'
import { api } from '../api/client.ts'
import { useCan, useWorkspace } from '../api/me.ts'
import { useTitle } from '../app/use-title.ts'
import { SegmentLinks } from '../segments/shared.ts'
import { useFormats } from '../i18n/formats.ts'
import { Empty } from '../ui/empty.tsx'
import { Icon } from '../ui/icon.tsx'
import { Pane } from '../ui/pane.tsx'
import { Spinner } from '../ui/spinner.tsx'
import css from './contacts-frame.module.css'

/** Counts end here, and say so. */
const countedTo = 1000

/** The Contacts module: its lists beside the one that is open; above it on phones. */
export default function ContactsFrame() {
  if (!useCan('contacts.browse')) return <NoAccess />
  return (
    <div className={css.frame}>
      <Lists />
      <Suspense fallback={<Spinner />}>
        <Outlet />
      </Suspense>
    </div>
  )
}

function Lists() {
  const { t } = useLingui()
  const { number } = useFormats()
  const ref = useRef<HTMLElement>(null)
  const { landmarkProps } = useLandmark({ role: 'navigation', 'aria-label': t`Lists of contacts` }, ref)
  const params = { workspace: useWorkspace().id }
  const { data: counts } = useQuery(api.duplicates.counts.queryOptions())
  const isAll = useLocation({
    select: ({ pathname, search }) => !/\/contacts\/[a-z]/.test(pathname) && !('segment' in search),
  })
  const open = counts === undefined ? 0 : counts.A + counts.B
  const blocked = useQuery(api.blocking.counts.queryOptions()).data?.blocked ?? 0
  const shown = (count: number) => (count >= countedTo ? `${number(countedTo)}+` : number(count))
  return (
    <nav {...landmarkProps} ref={ref} className={css.side}>
      <p className={css.title}>{t`Contacts`}</p>
      <Link
        to="/w/$workspace/contacts/{-$contactId}"
        params={{ ...params, contactId: undefined }}
        activeOptions={{ exact: true }}
        aria-current={isAll ? 'page' : undefined}
        className={css.link}
      >
        <Icon of={Users} />
        {t({ message: 'All', context: 'contacts' })}
      </Link>
      <SegmentLinks link={css.link} count={css.count} />
      <Link to="/w/$workspace/contacts/duplicates" params={params} className={css.link}>
        <Icon of={Merge} />
        {t`Duplicates`}
        {open > 0 && <span className={css.count}>{shown(open)}</span>}
      </Link>
      <Link to="/w/$workspace/contacts/merge-history" params={params} className={css.link}>
        <Icon of={History} />
        {t`Merge history`}
      </Link>
      <Link to="/w/$workspace/contacts/blocked" params={params} className={css.link}>
        <Icon of={Ban} />
        {t({ message: 'Blocked', context: 'contacts' })}
        {blocked > 0 && <span className={css.count}>{shown(blocked)}</span>}
      </Link>
      <Link to="/w/$workspace/contacts/imports" params={params} className={css.link}>
        <Icon of={FileUp} />
        {t`Imports`}
      </Link>
      <Link to="/w/$workspace/contacts/deletions" params={params} className={css.link}>
        <Icon of={Trash2} />
        {t`Deletions`}
      </Link>
    </nav>
  )
}

function NoAccess() {
  const { t } = useLingui()
  useTitle(t`Contacts`)
  return (
    <Pane label={t`Contacts`}>
      <Empty icon={Lock} level={1} title={t`You don't have access to Contacts`}>
        <Trans>Only owners and managers can open this module.</Trans>
      </Empty>
    </Pane>
  )
}
