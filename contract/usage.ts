import { z } from 'zod'
import { reads } from './base.ts'
import { ChannelKind } from './channel-kind.ts'
import { Id } from './primitives.ts'

const Count = z.number().int()

/** `YYYY-MM-DD`, by the clocks of the workspace. */
const Day = z.string()

/** A billing cycle and who was active in it: contacts with at least one message, in or out. Merged contacts count once. */
export const UsageCycle = z.object({
  startsOn: Day,
  /** The last day of it. */
  endsOn: Day,
  contacts: Count,
  /** With whom nothing had ever been exchanged before; all others came back. */
  fresh: Count,
  /** Whose first message of the cycle was theirs; to all others the workspace wrote first. */
  incoming: Count,
  /** By the channel of the first message of the cycle, most first. */
  channels: z.array(z.object({ channelId: Id, kind: ChannelKind, name: z.string(), contacts: Count })),
  /** It has ended, and its numbers stay as they are. */
  isClosed: z.boolean(),
})
export type UsageCycle = z.infer<typeof UsageCycle>

export const usage = {
  /**
   * Active contacts by billing cycle, oldest first: the one that runs now, and the twelve before it as far as the workspace
   * is that old. One that has ended says what it came to then, whatever was merged or deleted since.
   */
  get: reads('usage.view', '/usage').output(
    z.object({
      cycles: z.array(UsageCycle).min(1),
      /** Whole days until the next cycle begins, today included. */
      daysLeft: Count,
    }),
  ),
}
