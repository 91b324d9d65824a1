import type { ImapFlow } from 'imapflow'
import { mailboxHeaders } from './event-headers.ts'

/** Larger mails are shown as such, with their head; whoever wants one opens it in the mailbox. */
export const largestMail = 30 * 1024 * 1024

/** How often one mail may take the connection down with it before the others are no longer kept waiting. */
const mostStumbles = 3

export interface FetchedMail {
  readonly headers: Record<string, string>
  readonly body: Buffer
}

/** Which mail the connection broke at, and how often in a row. */
export interface Stumbles {
  uid: number
  times: number
}

/**
 * Fetches one mail as it is stored. Null: it is no longer there. What the server will not give out is answered as such, so
 * that it is seen and the others go on. @throws when the connection is lost
 */
export async function fetchMail(
  client: ImapFlow,
  { host, mailbox, uidValidity }: { host: string; mailbox: string; uidValidity: string },
  uid: number,
  stumbles: Stumbles,
): Promise<FetchedMail | null> {
  const unfetched = (reason: string): FetchedMail => ({
    headers: mailboxHeaders(host, { unfetched: reason }),
    body: Buffer.from(`${mailbox} ${uidValidity} ${uid}\r\n`),
  })
  if (stumbles.uid === uid && stumbles.times >= mostStumbles) return unfetched('the connection breaks at this mail')
  stumbles.times = stumbles.uid === uid ? stumbles.times + 1 : 1
  stumbles.uid = uid
  try {
    // by itself, and not with the list: a mail that the server cannot read would break the list of all
    const listed = await client.fetchOne(String(uid), { size: true }, { uid: true })
    const size = listed === false ? 0 : (listed.size ?? 0)
    const whole = size <= largestMail
    const found = await client.fetchOne(String(uid), whole ? { source: true } : { headers: true }, { uid: true })
    stumbles.times = 0
    if (found === false) return null
    const body = whole ? found.source : found.headers
    if (body === undefined) return unfetched('the server gave nothing')
    return { headers: mailboxHeaders(host, whole ? {} : { size }), body }
  } catch (error) {
    const { responseStatus, responseText } = error as { responseStatus?: string; responseText?: string }
    // the server said no to this one mail, and goes on
    if (!client.usable || responseStatus === undefined) throw error
    stumbles.times = 0
    return unfetched(responseText ?? 'refused by the server')
  }
}
