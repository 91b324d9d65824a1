import { setTimeout as wait } from 'node:timers/promises'
import type { ImapFlow } from 'imapflow'
import type { Listening } from '../adapter.ts'
import { openFolder } from './check-mailbox.ts'
import { fetchMail, type Stumbles } from './fetch-mail.ts'
import { describeProblem } from './mail-problem.ts'
import { mailboxName, nextRead, readPosition, type MailboxPosition } from './mailbox-position.ts'
import { openImap, type Mailbox } from './open-imap.ts'
import type { Reach } from './reach-server.ts'
import type { EmailLine } from './settings.ts'

const longestPauseMs = 5 * 60_000
/** A connection that lasted so long was well: the next pause is short again. */
const wellAfterMs = 60_000
/** So many failures in a row are no hiccup: everybody sees that no mail comes in. */
const worthTelling = 4
/** Looked at again even if the server does not say that something came. */
const lookEveryMs = 5 * 60_000

/**
 * Keeps a mailbox read until told to stop: every mail is stored as it is before the position moves past it, so that none is
 * lost, and one that is stored twice changes nothing. Connects again by itself, after longer and longer pauses.
 */
export async function listenToMailbox(line: EmailLine, listening: Listening, reach: Reach): Promise<void> {
  const { imap } = line.settings
  if (imap === null) return
  const { signal } = listening
  const reader: Reader = {
    position: readPosition(line.progress),
    stumbles: { uid: 0, times: 0 },
    caughtUp: false,
  }
  for (let failures = 0; !signal.aborted;) {
    const begun = Date.now()
    reader.caughtUp = false
    try {
      await readOn(line, imap, listening, reach, reader)
    } catch (error) {
      if (signal.aborted) return
      failures = Date.now() - begun > wellAfterMs ? 1 : failures + 1
      const { code, detail, lineBroken } = describeProblem(error)
      listening.log.info({ code, failures }, 'a mailbox is out of reach')
      if (lineBroken || (failures >= worthTelling && !reader.caughtUp))
        await listening.report({ code, detail: `IMAP ${imap.host}: ${detail ?? code}`.slice(0, 500) })
    }
    await wait(Math.min(250 * 2 ** failures, longestPauseMs), undefined, { signal }).catch(() => undefined)
  }
}

/** What is known from one connection to the next. */
interface Reader {
  position: MailboxPosition | null
  readonly stumbles: Stumbles
  /** Has everything been read on this connection? One that breaks later is no trouble worth telling. */
  caughtUp: boolean
}

async function readOn(
  line: EmailLine,
  imap: Mailbox,
  listening: Listening,
  reach: Reach,
  reader: Reader,
): Promise<void> {
  const client = await openImap(imap, reach, listening.signal)
  try {
    const news = watchNews(client)
    const { uidValidity, uidNext } = await openFolder(client, imap.folder)
    await listening.report(null)
    const found = { mailbox: mailboxName(imap), uidValidity: String(uidValidity), uidNext }
    const next = nextRead(reader.position, found)
    const known = reader.position?.mailbox === found.mailbox ? reader.position : null
    const begunAt = known?.begunAt ?? new Date().toISOString()
    const save = async (lastUid: number) => {
      const { mailbox, uidValidity: numbering } = found
      const position = { mailbox, uidValidity: numbering, lastUid, begunAt, at: new Date().toISOString() }
      await listening.saveProgress(position)
      reader.position = position
    }
    const take = async (uid: number) => {
      const fetched = await fetchMail(client, { ...found, host: imap.host }, uid, reader.stumbles)
      if (fetched !== null) await listening.store(line, fetched)
    }
    let lastUid = next.by === 'uid' ? next.above : 0
    if (next.by === 'uid' && next.isNew) await save(lastUid)
    if (next.by === 'time') {
      // numbered anew: the position is only believed once everything that may be new has been taken
      lastUid = Math.max(0, uidNext - 1)
      for (const uid of await listSince(client, next.since)) {
        lastUid = Math.max(lastUid, uid)
        await take(uid)
      }
      await save(lastUid)
    }
    while (!listening.signal.aborted) {
      for (const uid of await listAbove(client, lastUid)) {
        await take(uid)
        lastUid = uid
        await save(uid)
      }
      reader.caughtUp = true
      await news.next(listening.signal)
    }
  } finally {
    client.close()
  }
}

/** In the order they came. A range that begins above the newest still names the newest. */
async function listAbove(client: ImapFlow, above: number): Promise<number[]> {
  const uids = await listUids(client, `${above + 1}:*`)
  return uids.filter((uid) => uid > above)
}

/** A server searches by days, whichever zone it lives in; what is asked for is a time. */
async function listSince(client: ImapFlow, since: Date): Promise<number[]> {
  const found = await client.search({ since: new Date(since.getTime() - 24 * 3600_000) }, { uid: true })
  // who cannot search by day is asked for everything
  const range = found === false || found === undefined ? '1:*' : found
  if (Array.isArray(range) && range.length === 0) return []
  const mails = await client.fetchAll(range, { uid: true, internalDate: true }, { uid: true })
  return mails
    .filter(({ internalDate }) => !(new Date(internalDate ?? Number.NaN).getTime() < since.getTime()))
    .map(({ uid }) => uid)
    .sort((a, b) => a - b)
}

async function listUids(client: ImapFlow, range: string): Promise<number[]> {
  const found = await client.fetchAll(range, { uid: true }, { uid: true })
  return found.map(({ uid }) => uid).sort((a, b) => a - b)
}

/** Remembers that something came also while nobody waits for it. */
function watchNews(client: ImapFlow): { next(signal: AbortSignal): Promise<void> } {
  let came = false
  let wake: () => void = () => undefined
  let closed = false
  client.on('exists', () => {
    came = true
    wake()
  })
  client.on('close', () => {
    closed = true
    wake()
  })
  return {
    async next(signal) {
      if (!came && !closed) {
        const late = new AbortController()
        await Promise.race([
          new Promise<void>((resolve) => {
            wake = resolve
          }),
          wait(lookEveryMs, undefined, { signal: AbortSignal.any([signal, late.signal]) }).catch(() => undefined),
        ])
        late.abort()
      }
      came = false
      if (closed && !signal.aborted) throw Object.assign(new Error('the mailbox hung up'), { code: 'ECONNECTION' })
    },
  }
}
