import { setTimeout as pause } from 'node:timers/promises'
import type { Attempt } from '../channels/adapter.ts'
import { hastenLine } from '../channels/let-line-go.ts'
import { nextHoldup, type Holdup } from '../channels/next-holdup.ts'
import { openLine, type OpenedLine } from '../channels/open-line.ts'
import { reportHoldup } from '../channels/report-holdup.ts'
import { reportLine } from '../channels/report-line.ts'
import type { Deps } from '../deps.ts'
import { attemptDelivery, filesAway } from './attempt-delivery.ts'
import { claimDeliveries, secondsToNext, type Claim } from './claim-deliveries.ts'
import { countOutcomes } from './count-outcomes.ts'
import { gatherAccepted } from './gather-accepted.ts'
import { openPace, type Pace } from './pace.ts'
import { recordAttempt } from './record-attempt.ts'
import { ringLater } from './ring-later.ts'

/** Then other channels have their turn. */
const turnMs = 15_000
/** A call that has lasted for so long may last until it is given up. */
const hangingMs = 2000
/** A turn goes on no longer than this while calls hang. */
const longestMs = 120_000
/** Ends within so many milliseconds count as one. */
const togetherMs = 5
/** Calls under way at a time, where the adapter does not say. */
const usuallyAtOnce = 16

/** However long a call hangs: so often it is looked whether something else may go meanwhile. */
const lookMs = 1000

/** Outcomes are counted together for so long. */
const countMs = 2000

/** Times an outcome is written down before it is given up: within some 25 seconds. */
const mostWrites = 7

type LineKey = { readonly workspaceId: number; readonly channelId: number }

/**
 * Sends what is queued on a channel: in order for each contact, several contacts at a time, as fast as the adapter says the
 * provider lets it. Each message is claimed in a commit of its own before the call and settled in another after it. A line
 * on which nothing gets through rests, and is then tried with one message alone (`nextHoldup`).
 */
export async function deliverMessages(deps: Deps, key: LineKey, signal: AbortSignal): Promise<void> {
  const end = Date.now() + turnMs
  const turn = openTurn(deps, key)
  try {
    while (!signal.aborted) {
      await turn.noted()
      await turn.count(false)
      const opened = await openLine(deps, key.workspaceId, key.channelId)
      if (opened?.paused === true) return
      const { atOnce, pace } = turn.limits(opened)
      const held = opened?.holdup ?? null
      const restSeconds = held === null ? 0 : (Date.parse(held.until) - deps.clock.now().getTime()) / 1000
      if (restSeconds > 0) {
        if (turn.size === 0) return ringLater(deps, 'deliver-messages', key, Math.ceil(restSeconds))
        await turn.untilOne(restSeconds * 1000)
        continue
      }
      // after a rest one goes ahead of the others, and what it meets is known before anything follows; what hangs since before it
      // is not waited for
      const isTried = held !== null && turn.begunSince(Date.parse(held.at)) > 0
      const room = held === null ? atOnce - turn.size : isTried ? 0 : 1
      const free = pace.take(room, Date.now())
      if (free === 0) {
        await turn.untilOne(room === 0 ? lookMs : pace.wait(Date.now()))
        continue
      }
      const contactSeconds = opened?.adapter.pace?.contactSeconds
      const claims = await claimDeliveries(deps, key, { most: free, contactSeconds, evenWaiting: held !== null })
      pace.giveBack(free - claims.length)
      for (const claim of claims) turn.send(opened, claim)
      if (turn.size === 0) {
        const seconds = await secondsToNext(deps, key, contactSeconds)
        return seconds === null ? undefined : ringLater(deps, 'deliver-messages', key, Math.max(1, seconds))
      }
      if (claims.length < free || turn.size >= atOnce) await turn.untilOne()
      // the end of a turn waits for what is under way: better goes on meanwhile than lets one that hangs stop everybody
      const isOver =
        Date.now() > end &&
        (turn.size === turn.begunSince(deps.clock.now().getTime() - hangingMs) || Date.now() > end + longestMs)
      if (isOver) return await deps.jobs.ring('deliver-messages', key)
    }
  } finally {
    await turn.untilAll()
    await turn.count(true)
  }
}

/** What is under way in one turn, and what it has met so far. */
function openTurn(deps: Deps, key: LineKey) {
  const underway = new Map<Promise<void>, number>()
  const accepted = gatherAccepted(deps)
  let failure: unknown = null
  let setbacks = 0
  let pace: Pace | null = null
  /** As this turn last wrote it down. */
  let isResting = false
  /** One after the other, so that what came later is what stands. */
  let noting: Promise<void> = Promise.resolve()
  const counts = { sent: 0, failed: 0, unknown: 0 }
  let countedAt = Date.now()

  async function sendOne(opened: OpenedLine | null, claim: Claim): Promise<void> {
    const begunAt = deps.clock.now()
    const attempt = await attemptOne(deps, opened, claim)
    await persist(() =>
      attempt.outcome === 'accepted'
        ? accepted.write({ delivery: claim, extId: attempt.extId })
        : recordAttempt(deps, claim, isLineFault(attempt) ? { ...attempt, outcome: 'retry' } : attempt),
    )
    if (opened === null || !isTried(claim) || isFilesAway(attempt)) return
    if (attempt.outcome === 'accepted') counts.sent += 1
    else if (attempt.outcome === 'unknown') counts.unknown += 1
    else if (attempt.outcome === 'failed' && !isLineFault(attempt)) counts.failed += 1
    const so = { setbacks, attempts: claim.attempts, begunAt, queuedAt: claim.queuedAt }
    const isSetback = (attempt.outcome === 'retry' && attempt.contactOnly !== true) || attempt.outcome === 'unknown'
    setbacks = isSetback ? setbacks + 1 : 0
    // most messages have nothing to say of their line
    if (!isSetback && !isLineFault(attempt) && !isResting && opened.holdup === null && !opened.broken) return
    const note = async () => void (isResting = (await noteLine(deps, key, attempt, so)) !== null)
    noting = noting.then(note, note)
    await noting
  }

  return {
    get size() {
      return underway.size
    },
    /** How many of those under way began after this moment (ms, as the database has it). */
    begunSince: (moment: number) => [...underway.values()].filter((begun) => begun > moment).length,
    limits(opened: OpenedLine | null): { atOnce: number; pace: Pace } {
      const said = opened?.adapter.pace
      pace ??= openPace(said?.perSecond, Date.now())
      return { atOnce: said?.atOnce ?? usuallyAtOnce, pace }
    },
    send(opened: OpenedLine | null, claim: Claim): void {
      const one = sendOne(opened, claim)
        .catch((error: unknown) => void (failure = error))
        .finally(() => underway.delete(one))
      underway.set(one, deps.clock.now().getTime())
    },
    /** Waits for one to end, or for so many milliseconds, `lookMs` at most. @throws what could not be written down */
    async untilOne(ms = lookMs): Promise<void> {
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, Math.min(ms, lookMs))))
      await Promise.race([...underway.keys(), late])
      clearTimeout(timer)
      // what ends together is followed together
      await pause(togetherMs)
      if (failure !== null) throw failure
    },
    /** Everything that has ended has said what it means for the line. */
    noted: () => noting,
    /** Writes down how many ended how, once in a while: figures for people, which hold nothing up. */
    async count(isLast: boolean): Promise<void> {
      if (!isLast && Date.now() - countedAt < countMs) return
      countedAt = Date.now()
      const so = { ...counts }
      Object.assign(counts, { sent: 0, failed: 0, unknown: 0 })
      await countOutcomes(deps.db, key, so).catch((error: unknown) => deps.log.warn({ err: error }, 'not counted'))
    },
    async untilAll(): Promise<void> {
      await Promise.all(underway.keys())
    },
  }
}

/** The line itself is at fault: the message is as good as before, and waits until somebody has put the line right. */
const isLineFault = (attempt: Attempt): attempt is Extract<Attempt, { outcome: 'failed' }> =>
  attempt.outcome === 'failed' && attempt.lineBroken === true

/** The outcome is known, and only the database may be away for a moment: giving up would leave the message in doubt. */
async function persist(write: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await write()
      return
    } catch (error) {
      if (attempt >= mostWrites) throw error
      await pause(200 * 2 ** attempt)
    }
  }
}

/** What is not sent at all says nothing of the line. */
const isTried = ({ blocked, removed, optedOut }: Claim) => !blocked && !removed && !optedOut

/** Nor does it when only our own files cannot be had: what has none goes on. */
const isFilesAway = (attempt: Attempt) => attempt.outcome === 'retry' && attempt.code === filesAway

async function attemptOne(deps: Deps, opened: OpenedLine | null, claim: Claim): Promise<Attempt> {
  if (claim.blocked) return { outcome: 'failed', code: 'blocked', detail: null }
  if (claim.removed) return { outcome: 'failed', code: 'not-on-channel', detail: null }
  // it may have asked so after this was queued
  if (claim.optedOut) return { outcome: 'failed', code: 'not-wanted', detail: null }
  if (opened === null) return { outcome: 'failed', code: 'channel-deleted', detail: null }
  return attemptDelivery(deps, opened, claim.messageId, claim.attempts)
}

/**
 * What an attempt says of its line: at fault, for everybody to see; at rest; or sending again, and with it what waited. One
 * that has sent is whole, unless it also listens and knows better.
 */
async function noteLine(
  deps: Deps,
  key: LineKey,
  attempt: Attempt,
  { queuedAt, ...so }: { setbacks: number; attempts: number; begunAt: Date; queuedAt: Date },
): Promise<Holdup | null> {
  const opened = await openLine(deps, key.workspaceId, key.channelId)
  if (opened === null) return null
  const { line, adapter, broken, lastOutAt, holdup: held } = opened
  const hasSentSince = lastOutAt !== null && lastOutAt > queuedAt
  if (isLineFault(attempt)) await reportLine(deps, line, attempt)
  if (attempt.outcome === 'accepted' && broken && adapter.listen === undefined) await reportLine(deps, line, null)
  const next = nextHoldup(held, attempt, { ...so, hasSentSince, now: deps.clock.now(), random: Math.random() })
  if (next === held) return next
  await reportHoldup(deps, line, next)
  if (next === null) await hastenLine(deps.db, key)
  return next
}
