import { z } from 'zod'
import { reads, writes } from './base.ts'
import { Cursor, Id, Limit, Nothing, Timestamp, page, text } from './primitives.ts'
import { ContactSummary, Suggestion, Tier } from './suggestion.ts'

/** Three or more contacts, every two of them suggested as A or B, and no name in conflict. */
export const SuggestedGroup = z.object({ contactIds: z.array(Id).min(3).max(10) })

/** A pair that somebody told apart. */
export const Dismissal = z.object({
  a: ContactSummary,
  b: ContactSummary,
  by: z.string().nullable(),
  at: Timestamp,
})

/** A phone, an e-mail or a filler that says nothing about who somebody is. */
export const SharedIdentifier = z.object({
  key: z.string(),
  kind: z.enum(['phone', 'email']),
  /** As a person writes it. */
  value: z.string(),
  /** How many contacts have it, counted to 1 000. */
  holders: z.number().int(),
  /** Why it supports no suggestion: more than 20 have it, or the workspace said so. */
  because: z.enum(['many', 'blocked']),
  blockedBy: z.string().nullable(),
  blockedAt: Timestamp.nullable(),
})
export type SharedIdentifier = z.infer<typeof SharedIdentifier>

const Pair = z.object({ a: Id, b: Id })

export const duplicates = {
  /** Every suggestion of one contact, C included, surest first; only with contacts that the member sees. */
  ofContact: reads('suggestions.review', '/contacts/{contactId}/suggestions')
    .input(z.object({ contactId: Id }))
    .output(z.object({ items: z.array(Suggestion), group: SuggestedGroup.nullable() })),
  /** The open suggestions of the workspace, surest first, then newest; keyset pages. */
  list: reads('duplicates.browse', '/suggestions')
    .input(
      z.object({
        tiers: z.array(Tier).min(1).default(['A', 'B']),
        cursor: Cursor.nullish(),
        limit: Limit,
      }),
    )
    .output(page(Suggestion)),
  /** How many are open per tier, each counted to 1 000, and how far a running search for duplicates is. */
  counts: reads('duplicates.browse', '/suggestions/counts').output(
    z.object({
      A: z.number().int(),
      B: z.number().int(),
      C: z.number().int(),
      dismissed: z.number().int(),
      /** 0 to 1 while all contacts are being compared anew, else null. */
      rebuilding: z.number().nullable(),
    }),
  ),
  /** Not the same person. Remembered until a newly shared value or a new kind of evidence appears. Safe to repeat. */
  dismiss: writes('suggestions.review', '/suggestions/dismiss').input(Pair).output(Nothing),
  /** Takes a dismissal back; the pair is suggested again at once if its evidence still stands. */
  reopen: writes('suggestions.review', '/suggestions/reopen').input(Pair).output(Nothing),
  dismissed: reads('duplicates.browse', '/suggestions/dismissed')
    .input(z.object({ cursor: Cursor.nullish(), limit: Limit }))
    .output(page(Dismissal)),
  /** Values shared by many, most shared first, and those the workspace has blocked. */
  sharedIdentifiers: reads('sharedIdentifiers.manage', '/shared-identifiers')
    .input(z.object({ cursor: Cursor.nullish(), limit: Limit }))
    .output(page(SharedIdentifier)),
  /** From now on this phone or e-mail supports no suggestion. `value` in any spelling. */
  blockValue: writes('sharedIdentifiers.manage', '/shared-identifiers')
    .input(z.object({ value: text(254, 1) }))
    .output(SharedIdentifier),
  unblockValue: writes('sharedIdentifiers.manage', '/shared-identifiers/unblock')
    .input(z.object({ key: text(300, 1) }))
    .output(Nothing),
}
