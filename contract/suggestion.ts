import { z } from 'zod'
import { ChannelKind } from './channel-kind.ts'
import { Id, Timestamp } from './primitives.ts'

/** `A` certain, `B` likely, `C` possible: only a quiet line in the record and a filter in Duplicates. */
export const Tier = z.enum(['A', 'B', 'C'])
export type Tier = z.infer<typeof Tier>

/** Two values, in the order of the pair's contacts. */
const both = <T extends z.ZodType>(of: T) => z.tuple([of, of])

/**
 * One thing that speaks for two contacts being one person, or against it; the strongest first. The words are made in the
 * web. `field` is `phone`, `email`, an alternate's (`phone`, `email` too) or the name of the channel.
 */
export const Reason = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(['phone', 'email', 'channel']),
    /** See `clueStrengths`: exact, repaired, unverified, other-reading, typo, role, sibling, ending, near. */
    strength: z.string(),
    fields: both(z.string()),
    /** As they stand in the record. */
    values: both(z.string()),
    /** The repairs that made them equal, such as Mexico's old mobile prefix. */
    rules: both(z.string().nullable()),
    /** How many contacts have this value, these two included. */
    holders: z.number().int(),
  }),
  z.object({
    kind: z.literal('name'),
    strength: z.enum(['agree', 'partial', 'unknown', 'conflict']),
    values: both(z.string().nullable()),
  }),
  z.object({
    /** Other contacts with this phone or e-mail, whose names contradict: perhaps a family's phone. */
    kind: z.literal('dispute'),
    strength: z.enum(['two', 'many', 'between']),
    values: both(z.string()),
    /** At most three, by the names that the asking member may see. */
    others: z.array(z.object({ contactId: Id, displayName: z.string().nullable() })),
  }),
  z.object({
    /** One contact would have more than a person has. */
    kind: z.literal('limit'),
    strength: z.enum(['phones', 'emails', 'members', 'channels', 'external-ids']),
    count: z.number().int(),
    scope: z.string().nullable(),
  }),
])
export type Reason = z.infer<typeof Reason>

/** A contact as it stands beside another one. */
export const ContactSummary = z.object({
  id: Id,
  version: z.number().int(),
  displayName: z.string().nullable(),
  pictureUrl: z.string().nullable(),
  /** Spaced for reading. */
  phone: z.string().nullable(),
  email: z.string().nullable(),
  channelKinds: z.array(ChannelKind),
  createdAt: Timestamp,
  lastMessageAt: Timestamp.nullable(),
})
export type ContactSummary = z.infer<typeof ContactSummary>

/** Two contacts that may be one person. `a` is the older one, which a merge keeps unless told otherwise. */
export const Suggestion = z.object({
  a: ContactSummary,
  b: ContactSummary,
  tier: Tier,
  /** 0 to 1: about how often such a pair is one person. */
  score: z.number(),
  reasons: z.array(Reason),
  foundAt: Timestamp,
})
export type Suggestion = z.infer<typeof Suggestion>
