import type { Message, ThreadItem } from '#contract/conversations.ts'

export type ThreadEntry =
  | { type: 'day'; key: string; at: string }
  | { type: 'event'; key: string; event: Extract<ThreadItem, { type: 'event' }>['event'] }
  | { type: 'message'; key: string; message: Message; endsRun: boolean; isLastOut: boolean; isNewSubject: boolean }

/** Messages of one sender this close together share one line of time and name (ms). */
const runGap = 3 * 60_000

/**
 * Lays out a thread for reading: oldest first, a line where a day begins, runs of one sender marked at their end, subjects where they change. `items`
 * come newest first, as the server gives them; days are those of the browser's time zone. Pure.
 */
export function planThread(items: readonly ThreadItem[]): ThreadEntry[] {
  const entries: ThreadEntry[] = []
  const ordered = items.toReversed()
  const lastOut = ordered.findLast((item) => item.type === 'message' && isOut(item.message))
  let day = ''
  let subject: string | null = null
  for (const [index, item] of ordered.entries()) {
    const at = item.type === 'message' ? item.message.at : item.event.at
    const thisDay = new Date(at).toDateString()
    if (thisDay !== day) entries.push({ type: 'day', key: `day ${thisDay}`, at })
    day = thisDay
    if (item.type === 'event') {
      entries.push({ type: 'event', key: `event ${item.event.id}`, event: item.event })
      continue
    }
    const next = ordered[index + 1]
    const thisSubject = subjectOf(item.message)
    const goesOn = next?.type === 'message' && isSameRun(item.message, next.message)
    entries.push({
      type: 'message',
      key: `message ${item.message.id}`,
      message: item.message,
      endsRun: !goesOn,
      isLastOut: item === lastOut,
      isNewSubject: thisSubject !== null && thisSubject !== subject,
    })
    subject = thisSubject ?? subject
  }
  return entries
}

const isOut = (message: Message) => message.direction === 'out' && message.body.type !== 'note'

const answered = /^(?:(?:re|rv|fw|fwd|aw|wg|tr|sv|antw)\s*:\s*)+/i

/** A mail's subject without the marks of answering; '' where an incoming one has none, null where it goes on as before. */
function subjectOf({ body, direction }: Message): string | null {
  if (body.type !== 'email') return null
  return body.subject?.replace(answered, '').trim() ?? (direction === 'in' ? '' : null)
}

function isSameRun(one: Message, next: Message): boolean {
  const [from, to] = [new Date(one.at), new Date(next.at)]
  return (
    one.direction === next.direction &&
    one.status === next.status &&
    one.channelId === next.channelId &&
    (one.body.type === 'note') === (next.body.type === 'note') &&
    one.sender.type === next.sender.type &&
    one.sender.memberId === next.sender.memberId &&
    to.getTime() - from.getTime() < runGap &&
    from.toDateString() === to.toDateString()
  )
}
