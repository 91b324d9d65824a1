import { z } from 'zod'

/** More than any integrator sends at once. */
const mostEvents = 1000

/** A person's value that is there and is text; anything else is as if it were not there. */
const value = z.string().trim().min(1).max(500).optional().catch(undefined)

const Person = z.object({
  firstName: value,
  lastName: value,
  profilePic: value,
  countryCode: value,
  email: value,
  phone: value,
  language: value,
})
export type Person = z.infer<typeof Person>

/**
 * The body of a call to the custom channel's webhook. Events are read one by one later, so that one bad one does not take
 * the others with it.
 */
export const Envelope = z.object({
  channelId: z.string(),
  contactId: z.string().trim().min(1).max(100),
  events: z.array(z.unknown()).min(1).max(mostEvents),
  contact: Person.nullish().catch(null),
})
export type Envelope = z.infer<typeof Envelope>

const customId = /^[A-Za-z0-9_=+/@]{1,50}$/

/**
 * Reads an envelope, or says in a sentence what is wrong with it. Pure. A phone is never refused for its spelling; an id
 * of the integrator's own follows the protocol: up to 50 letters, digits and `_ = + / @`.
 */
export function readEnvelope(
  json: unknown,
  line: { publicId: string; settings: { contactIdType: 'phone' | 'custom' } },
): { envelope: Envelope } | { problem: string } {
  if (json === undefined) return { problem: 'The body is not JSON.' }
  const read = Envelope.safeParse(json)
  if (!read.success) {
    const issue = read.error.issues[0]
    const path = issue?.path.join('.') ?? ''
    return { problem: `Invalid field : ${path === '' ? 'body' : path} (${issue?.message ?? 'not understood'})` }
  }
  const { channelId, contactId } = read.data
  if (channelId !== line.publicId) return { problem: 'Invalid field : channelId (not the channel of this token)' }
  if (line.settings.contactIdType === 'custom' && !customId.test(contactId))
    return { problem: 'Invalid field : contactId (up to 50 letters, digits and _ = + / @)' }
  return { envelope: read.data }
}
