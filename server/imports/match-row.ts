// pure
import type { ImportWish } from '#contract/imports.ts'
import { emailKey } from '../identity/email-key.ts'
import { phoneKey } from '../identity/phone-key.ts'
import type { ReadRow } from './read-row.ts'

export interface Match {
  readonly contactId: number
  readonly blocked: boolean
}

/** Somebody who has a key. */
export interface Holder extends Match {
  /** Milliseconds. */
  readonly createdAt: number
}

/** Whom rows may be about. */
export interface Holders {
  /** Those that numbers lead to. */
  readonly byId: ReadonlyMap<number, Match>
  /** Of those who have a key the one who answers to it. */
  readonly byKey: ReadonlyMap<string, Holder>
}

/** By what a row would be recognised, the strongest first. */
export function keysOfRow({ values }: Pick<ReadRow, 'values'>, matchBy: ImportWish['matchBy']): string[] {
  return matchBy.flatMap((by) => {
    if (by === 'id') return []
    const value = values[by]
    const key = value == null ? null : by === 'phone' ? phoneKey(value).key : emailKey(value).key
    return key === null ? [] : [key]
  })
}

/** Of two who have a key the one who answers to it: who is not blocked, then the older. */
export const precedes = (one: Holder, other: Holder): boolean =>
  one.blocked === other.blocked
    ? one.createdAt < other.createdAt || (one.createdAt === other.createdAt && one.contactId < other.contactId)
    : other.blocked

/**
 * The contact that a row is about: by its number, else by the first of its keys that somebody has; of several the oldest, those
 * who are not blocked first.
 */
export function matchRow(
  { contactId, keys }: { readonly contactId: number | null; readonly keys: readonly string[] },
  { byId, byKey }: Holders,
): Match | null {
  const named = contactId === null ? undefined : byId.get(contactId)
  if (named !== undefined) return named
  const holders = keys.flatMap((key) => byKey.get(key) ?? [])
  return holders.find(({ blocked }) => !blocked) ?? holders[0] ?? null
}
