import type { ReadContext } from '../http/endpoint.ts'
import { findContacts } from './find-contacts.ts'
import { planNarrowing } from './narrow.ts'
import type { ParsedInput } from './parsed-input.ts'

/** Beyond this nobody needs to know at once. */
const countedTo = 1000

/** How many contacts a list holds, as far as that can be told soon. */
export async function countContacts(
  { deps, db, actor }: ReadContext,
  { q = '', filter, segmentId }: ParsedInput<'count'>,
): Promise<{ contacts: number; isExact: boolean }> {
  const plan = await planNarrowing(db, actor.workspaceId, { filter, segmentId }, deps.clock.now())
  const { ids, next } = await findContacts(db, actor, { plan, q, sort: 'added', limit: countedTo, place: null })
  return { contacts: ids.length, isExact: next === null }
}
