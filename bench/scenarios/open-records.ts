import { setTimeout as wait } from 'node:timers/promises'
import type { Caller } from '../measure/open-caller.ts'
import type { Stage } from '../stage/open-stage.ts'

/**
 * Somebody opens records, one after the other, so many times or until it is over.
 * @param every only contacts whose number is one more than a multiple of this
 * @returns the milliseconds of each
 */
export async function openRecords(
  caller: Caller,
  stage: Pick<Stage, 'contacts' | 'headers'>,
  times: number,
  isOver = () => false,
  every = 1,
): Promise<number[]> {
  const opened: number[] = []
  while (opened.length < times && !isOver()) {
    const contactId = 1 + every * Math.floor((Math.random() * stage.contacts) / every)
    opened.push(
      await caller.call(0, {
        method: 'POST',
        path: '/rpc/contacts/get',
        headers: { ...stage.headers, 'content-type': 'application/json' },
        body: JSON.stringify({ json: { contactId } }),
      }),
    )
    // a person's pace, so that opening is not what keeps the machine busy
    await wait(2)
  }
  return opened
}
