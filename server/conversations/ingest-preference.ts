import type { Incoming, Line } from '../channels/adapter.ts'
import type { Deps } from '../deps.ts'
import { liftOptOut, writeOptOuts } from '../opt-outs/write-opt-out.ts'
import { findLink, keysOf } from './find-link.ts'
import type { Notice } from './ingest-message.ts'
import { contactNotice, lockState } from './lock-state.ts'

/**
 * Notes that somebody wants no advertising by this line, or lifts it; a STOP for everything stands. Who is in no contact here
 * has never been written to, and says nothing to us.
 */
export async function ingestPreference(
  deps: Pick<Deps, 'db' | 'clock'>,
  line: Pick<Line, 'workspaceId' | 'channelId'>,
  { sender, marketing }: Extract<Incoming, { type: 'preference' }>,
): Promise<Notice[]> {
  const { workspaceId, channelId } = line
  return deps.db.transaction().execute(async (tx) => {
    const link = await findLink(tx, line, keysOf(sender))
    const state = link === undefined ? undefined : await lockState(tx, workspaceId, link.contactId)
    if (state === undefined) return []
    const { contactId } = state
    const actor = { type: 'contact', id: contactId } as const
    const asking = { reason: null, actor, scope: 'marketing' } as const
    if (marketing === 'resume') {
      const stood = await liftOptOut(tx, deps, { workspaceId, contactId, channelId }, asking)
      return stood ? [contactNotice(state, 'optedIn')] : []
    }
    const news = await writeOptOuts(tx, deps, workspaceId, [{ contactId, channelId }], {
      ...asking,
      source: 'channel',
      by: null,
    })
    return news.length > 0 ? [contactNotice(state, 'optedOut')] : []
  })
}
