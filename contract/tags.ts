import { z } from 'zod'
import { reads, writes } from './base.ts'
import { Id, Nothing, name, text } from './primitives.ts'

export const tagColours = [
  'grey',
  'red',
  'orange',
  'yellow',
  'green',
  'teal',
  'blue',
  'indigo',
  'purple',
  'pink',
] as const
export const TagColour = z.enum(tagColours)
export type TagColour = z.infer<typeof TagColour>

/** A tag as a contact shows it. */
export const Tag = z.object({ id: Id, name: z.string(), colour: TagColour, emoji: z.string().nullable() })
export type Tag = z.infer<typeof Tag>

/** A tag among those of the workspace. */
export const TagRow = Tag.extend({
  description: z.string(),
  /** How many contacts hold it, counted to 1 000: 1 000 means "1 000 or more". Null for whoever does not see every contact. */
  contacts: z.number().int().min(0).max(1000).nullable(),
})
export type TagRow = z.infer<typeof TagRow>

export const TagName = name(100)

/** One emoji, in any form that shows as one. */
export const Emoji = text(32).refine((value) => /^(?:\p{RGI_Emoji}|\p{Extended_Pictographic})$/v.test(value), {
  error: 'one emoji',
})

/** Null takes the emoji off; without a colour the tag gets one. */
const TagValues = z.object({
  name: TagName,
  colour: TagColour.optional(),
  emoji: Emoji.nullable().optional(),
  description: text(255).trim().optional(),
})

const tag = z.object({ tagId: Id })

export const tags = {
  /** All of the workspace, by name. */
  list: reads('contacts.tag', '/tags').output(z.object({ items: z.array(TagRow) })),
  /** How many contacts hold it, exactly: what deleting it asks for. */
  count: reads('settings.tags', '/tags/{tagId}/count')
    .input(tag)
    .output(z.object({ contacts: z.number().int() })),
  /**
   * Whoever tags may make one. At most 1 000 a workspace; names are unique without regard to case, accents tell them apart:
   * CONFLICT `name-taken`, `too-many`.
   */
  create: writes('contacts.tag', '/tags').input(TagValues).output(TagRow),
  /** What is not named stays as it is. CONFLICT `name-taken`. */
  edit: writes('settings.tags', '/tags/{tagId}', 'PATCH').input(TagValues.partial().extend(tag.shape)).output(TagRow),
  /**
   * Makes one tag of two: whoever holds `tagId` holds `intoId` from now on, and `tagId` leads there. Asking again changes
   * nothing. CONFLICT `same-tag`, and `merged` where it has become part of another one.
   */
  merge: writes('settings.tags', '/tags/{tagId}/merge')
    .input(tag.extend({ intoId: Id }))
    .output(TagRow),
  /**
   * Takes the tag off every contact, for good. `contacts` is how many hold it: another number is refused (STALE) with the
   * present one.
   */
  remove: writes('settings.tags', '/tags/{tagId}', 'DELETE')
    .input(tag.extend({ contacts: z.number().int().min(0) }))
    .output(Nothing),
}
