// pure
import type { Pace } from '../adapter.ts'
import { isService } from './settings.ts'

const tollFree = /^\+1(800|833|844|855|866|877|888)/

/**
 * How fast carriers take text messages of a sender. Twilio would take more and keep it in a queue of its own, out of reach: what
 * waits here is still seen, and goes nowhere when the channel is paused. A service chooses among numbers that we do not know.
 * Source: help.twilio.com, “Understanding Twilio rate limits and message queues”
 */
export function paceOf(sender: string): Pace {
  if (isService(sender)) return {}
  if (!sender.startsWith('+')) return { perSecond: 100, atOnce: 32 }
  if (tollFree.test(sender)) return { perSecond: 3 }
  return { perSecond: sender.startsWith('+1') ? 1 : 10 }
}
