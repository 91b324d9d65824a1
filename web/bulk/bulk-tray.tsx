import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect } from 'react'
import { api } from '../api/client.ts'
import { useCan, useWorkspace } from '../api/me.ts'
import { withMergeWords } from '../i18n/locale.ts'
import { followJob, useFollowedJobs } from './followed-jobs.ts'

const TrayCards = lazy(() => withMergeWords(() => import('./tray-cards.tsx')))

/**
 * Acts on many contacts that are under way, on whatever screen one is, for whoever may see the Contacts; what they came to stays
 * until it is put away. Nothing of it is loaded while nothing runs.
 */
export function BulkTray() {
  return useCan('contacts.browse') ? <Running /> : null
}

function Running() {
  const { data } = useQuery(api.bulk.list.queryOptions({ input: { running: true, limit: 5 } }))
  const workspace = useWorkspace().id
  const followed = useFollowedJobs(workspace)
  useEffect(() => {
    for (const { id } of data?.items ?? []) followJob(workspace, id)
  }, [data, workspace])
  if (followed.length === 0) return null
  return (
    <Suspense fallback={null}>
      <TrayCards jobIds={followed} />
    </Suspense>
  )
}
