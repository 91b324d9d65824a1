import { z } from 'zod'

/** A number seen from outside (contact, member, channel …): per workspace, 64-bit in the database, always below 2^53. */
export const Id = z.number().int().positive().max(Number.MAX_SAFE_INTEGER)

/** A message's id is its time in microseconds since 1970, unique per workspace; dividing by 1 000 gives its time. */
export const MessageId = z.number().int().positive().max(Number.MAX_SAFE_INTEGER)

/** ISO 8601 in UTC with milliseconds. */
export const Timestamp = z.iso.datetime()

/** Text typed by a person: no NUL, no lone surrogates (PostgreSQL and JSON both refuse them). */
export const text = (max: number, min = 0) =>
  z
    .string()
    .min(min)
    .max(max)
    .refine((value) => !value.includes('\u0000') && value.isWellFormed(), { error: 'text has unreadable characters' })

/** Trimmed, not blank. */
export const name = (max: number) => text(max).trim().min(1)

/** ISO 3166-1 alpha-2, upper case. */
export const Country = z.string().regex(/^[A-Z]{2}$/)

/** ISO 639-1, lower case; a region may follow (`es`, `pt-BR`). */
export const Language = z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/)

export const UiLanguage = z.enum(['es', 'en'])
export type UiLanguage = z.infer<typeof UiLanguage>

/** Opaque; hand back what the last page gave. */
export const Cursor = z.string().max(400)
export const Limit = z.number().int().min(1).max(100).default(50)

export const page = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), next: Cursor.nullable() })

export const Nothing = z.object({})
