import { z } from 'zod'
import { reads } from './base.ts'
import { ChannelKind } from './channel-kind.ts'
import { Id, Timestamp } from './primitives.ts'

/** Counted to 10 000; more are said to be that many. */
const Count = z.number().int()

/** Somebody who wrote last and has had no answer yet. */
export const Waiting = z.object({
  contactId: Id,
  displayName: z.string().nullable(),
  pictureUrl: z.string().nullable(),
  channelKind: ChannelKind.nullable(),
  /** The first message that nobody has answered. */
  since: Timestamp,
})
export type Waiting = z.infer<typeof Waiting>

export const Dashboard = z.object({
  open: z.object({ all: Count, mine: Count, unassigned: Count, oldestUnassigned: Timestamp.nullable() }),
  /** Median of the conversations opened today that have been answered; whole seconds. */
  firstResponse: z.object({ seconds: z.number().int().nullable(), answered: z.number().int() }),
  /** Contacts added since Monday. */
  newContacts: Count,
  /** Active contacts of the billing cycle that runs. */
  activeContacts: z.number().int(),
  /** Today and the six days before, in the time zone of the workspace; oldest first. `day` is `YYYY-MM-DD`. */
  days: z.array(z.object({ day: z.string(), opened: z.number().int(), closed: z.number().int() })),
  /** Conversations opened in those days, most first. */
  channels: z.array(z.object({ kind: ChannelKind, opened: z.number().int() })),
  /** The longest waiting first, at most five; how many wait in all and for more than an hour, counted to 300. */
  waiting: z.object({ count: z.number().int(), overAnHour: z.number().int(), items: z.array(Waiting) }),
  /** Members with the most open conversations first, at most six. */
  members: z.object({
    count: z.number().int(),
    items: z.array(z.object({ memberId: Id, name: z.string(), open: Count })),
  }),
})
export type Dashboard = z.infer<typeof Dashboard>

export const dashboard = {
  /** How the workspace stands now, and how the last seven days went. Blocked and absorbed contacts wait for nobody. */
  get: reads('dashboard.view', '/dashboard').output(Dashboard),
}
