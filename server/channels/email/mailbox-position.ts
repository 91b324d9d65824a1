import { z } from 'zod'
import type { Mailbox } from './open-imap.ts'

const Position = z.object({
  mailbox: z.string(),
  uidValidity: z.string(),
  lastUid: z.number().int(),
  begunAt: z.iso.datetime(),
  at: z.iso.datetime(),
})

/** How far a mailbox has been read. */
export interface MailboxPosition {
  /** Which mailbox it speaks of: another one begins anew. */
  readonly mailbox: string
  readonly uidValidity: string
  readonly lastUid: number
  /** When it was first read, ISO: what lay there before is not ours. */
  readonly begunAt: string
  /** When everything up to then was known to be read, ISO. */
  readonly at: string
}

/** What is read next: everything above a number, or, where the numbers have lost their meaning, all since a time. */
export type NextRead =
  | { readonly by: 'uid'; readonly above: number; readonly isNew: boolean }
  | { readonly by: 'time'; readonly since: Date }

export const mailboxName = ({ user, host, folder }: Pick<Mailbox, 'user' | 'host' | 'folder'>): string =>
  `${user}@${host.toLowerCase()}/${folder}`

/** The position within a line's progress; null where there is none that can be read. Pure. */
export function readPosition(progress: Readonly<Record<string, unknown>>): MailboxPosition | null {
  const found = Position.safeParse(progress)
  return found.success ? found.data : null
}

const overlapMs = 2 * 24 * 3600_000
/** How far a mail server's clock may be behind. */
const clocksApartMs = 10 * 60_000

/**
 * Where reading goes on. A mailbox never read before begins with what comes from now on. Where the server has numbered
 * anew, nothing says which mails are known: those of the last days are taken again, which changes nothing for the known
 * ones. Pure.
 */
export function nextRead(
  position: MailboxPosition | null,
  found: { mailbox: string; uidValidity: string; uidNext: number },
): NextRead {
  if (position === null || position.mailbox !== found.mailbox)
    return { by: 'uid', above: Math.max(0, found.uidNext - 1), isNew: true }
  if (position.uidValidity === found.uidValidity) return { by: 'uid', above: position.lastUid, isNew: false }
  const since = Math.max(Date.parse(position.at) - overlapMs, Date.parse(position.begunAt) - clocksApartMs)
  return { by: 'time', since: new Date(since) }
}
