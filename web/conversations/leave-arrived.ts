import type { Message, ThreadItem } from '#contract/conversations.ts'
import type { Sending } from './use-sending.ts'

type OnItsWay = Pick<Sending, 'draft' | 'after'>

/**
 * Of what is on its way, oldest first, that which the thread does not show yet: the news of a message may be here before the
 * answer to its own request, and nobody should see it twice. Pure.
 */
export function leaveArrived<Entry extends { sending: OnItsWay }>(
  sending: readonly Entry[],
  items: readonly ThreadItem[],
): Entry[] {
  const arrived = items.flatMap((item) =>
    item.type === 'message' && item.message.direction === 'out' ? [item.message] : [],
  )
  const taken = new Set<number>()
  return sending.filter(({ sending: { draft, after } }) => {
    const words = (draft.isNote ? draft.note : draft.text).trim()
    const found = arrived.findLast(
      (message) =>
        message.id > after && !taken.has(message.id) && isNote(message) === draft.isNote && wordsOf(message) === words,
    )
    if (found) taken.add(found.id)
    return !found
  })
}

const isNote = ({ body }: Message) => body.type === 'note'
const wordsOf = ({ body }: Message) => ('text' in body ? (body.text ?? '') : '')
