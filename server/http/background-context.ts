import type { LiveNotice } from '../db/notify.ts'
import type { Deps } from '../deps.ts'
import type { Tx, WriteContext } from './endpoint.ts'

/** What a job needs to do what a member's request would do; whoever calls tells of `notices` in the same transaction. */
export function backgroundContext(
  deps: Deps,
  tx: Tx,
  by: { readonly workspaceId: number; readonly memberId: number; readonly via?: 'member' | 'api' },
): { context: WriteContext; notices: LiveNotice[] } {
  const { workspaceId, memberId, via = 'member' } = by
  const notices: LiveNotice[] = []
  const context: WriteContext = {
    deps,
    tx,
    actor: {
      workspaceId,
      memberId,
      via,
      userId: '',
      name: '',
      role: 'manager',
      restrictions: [],
      teamId: null,
      ip: '',
    },
    now: deps.clock.now(),
    live: (notice) => notices.push({ ...notice, workspaceId }),
    enqueue: (name, data, after) => deps.jobs.enqueue(tx, name, data, after),
  }
  return { context, notices }
}
