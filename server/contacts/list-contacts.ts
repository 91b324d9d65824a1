import type { ContactRow } from '#contract/contacts.ts'
import { readCursor, writeCursor } from '../db/page-cursor.ts'
import type { ReadContext } from '../http/endpoint.ts'
import { refuse } from '../http/fail.ts'
import { findContacts, type Place } from './find-contacts.ts'
import { loadContactRows } from './load-contact-rows.ts'
import { planNarrowing } from './narrow.ts'
import type { ParsedInput } from './parsed-input.ts'

/** One page of the Contacts table with all it shows. */
export async function listContacts(
  { deps, db, actor }: ReadContext,
  input: ParsedInput<'list'>,
): Promise<{ items: ContactRow[]; next: string | null; isPartial: boolean }> {
  const { sort, order, q = '', filter, segmentId, limit } = input
  const list = JSON.stringify([actor.workspaceId, sort, order, q, filter, segmentId])
  const place = readPlace(readCursor(list, input.cursor))
  const plan = await planNarrowing(db, actor.workspaceId, { filter, segmentId }, deps.clock.now())
  const { ids, next, isPartial } = await findContacts(db, actor, { plan, q, sort, order, limit, place })
  return {
    items: await loadContactRows(db, actor.workspaceId, ids, input.fields),
    next: next === null ? null : writeCursor(list, writePlace(next)),
    isPartial,
  }
}

const writePlace = ({ walk, value, id }: Place): string[] => [
  String(walk),
  String(id),
  ...(value === null ? [] : [value]),
]

function readPlace(parts: string[] | null): Place | null {
  if (parts === null) return null
  const [walk = '', id = '', value = null] = parts
  return /^\d{1,3}$/.test(walk) && /^\d{1,15}$/.test(id)
    ? { walk: Number(walk), id: Number(id), value }
    : refuse('cursor', 'format', 'Send the cursor as it was given.')
}
