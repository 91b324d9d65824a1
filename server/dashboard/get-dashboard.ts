import type { Dashboard } from '#contract/dashboard.ts'
import type { ReadContext } from '../http/endpoint.ts'
import { countPresent } from '../usage/count-present.ts'
import { countOpen } from './count-open.ts'
import { findWaiting } from './find-waiting.ts'
import { measureWeek } from './measure-week.ts'

/** Everything the first page shows; each part bounded, however large the workspace. */
export async function getDashboard({ db, actor }: ReadContext): Promise<Dashboard> {
  const [open, week, waiting, activeContacts] = await Promise.all([
    countOpen(db, actor),
    measureWeek(db, actor.workspaceId),
    findWaiting(db, actor.workspaceId),
    countPresent(db, actor.workspaceId),
  ])
  return { ...open, ...week, waiting, activeContacts }
}
