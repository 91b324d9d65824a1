import { editMany } from '../contacts/edit-many.ts'
import { notify } from '../db/notify.ts'
import type { Tx } from '../http/endpoint.ts'
import { mostTold, type Outcome, type Work } from './bulk-act.ts'
import { lockMany } from './lock-many.ts'

/** Gives values to as many of these contacts as there still are, in the name of whoever asked for it. */
export async function giveToMany(
  tx: Tx,
  work: Work,
  contactIds: readonly number[],
  gift: Pick<Parameters<typeof editMany>[2], 'values' | 'open' | 'inWords'>,
): Promise<Outcome> {
  const { workspaceId, by, deps } = work
  const { locked, failures } = await lockMany(tx, workspaceId, contactIds)
  const touchedIds = locked.map(({ id }) => id)
  const changed = new Set(
    await editMany(tx, deps, {
      ...gift,
      workspaceId,
      contactIds: touchedIds,
      origin: { source: by.type === 'api' ? 'api' : 'person', by: by.id, at: deps.clock.now() },
    }),
  )
  if (changed.size <= mostTold)
    await notify(
      tx,
      locked
        .filter(({ id }) => changed.has(id))
        .map(({ id, assigneeId, teamId }) => ({
          workspaceId,
          event: { type: 'contact', contactId: id, cause: 'edited', memberId: by.id },
          seenBy: [{ assigneeId, teamId }],
        })),
    )
  return { touchedIds, failures, counts: { changed: changed.size }, unfinished: false }
}
