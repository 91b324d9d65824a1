import { signature } from './whatsapp-webhooks.ts'

/** The ids stand for those of Meta's own examples, which show placeholders. */
export const page = { id: '1906385232743451', psid: '2345678901234567', name: 'Jasper’s Market' }

/** An Instagram account that is linked to the page, and a person there. */
export const account = { id: '17841405793187218', username: 'jaspers.market', igsid: '1234567890123456' }

export { signature }

/** A webhook's envelope around the events of one page. */
export const pageWebhook = (events: readonly unknown[], pageId: string = page.id, key = 'messaging') => ({
  object: 'page',
  entry: [{ id: pageId, time: 1_583_173_667_623, [key]: events }],
})

/** The same around the events of the Instagram account. */
export const instagramWebhook = (events: readonly unknown[], instagramId: string = account.id) => ({
  object: 'instagram',
  entry: [{ id: instagramId, time: 1_569_262_486_134, messaging: events }],
})

/** Events between a person and one of our accounts. */
const between = (personId: string, ourId: string) => {
  const fromPerson = { sender: { id: personId }, recipient: { id: ourId }, timestamp: 1_583_173_666_767 }
  return {
    /** A message of the person's. */
    said: (message: object, more: object = {}) => ({
      ...fromPerson,
      message: { mid: 'm_toDnmD0hpPtaPJ1Dt1uvWw', ...message },
      ...more,
    }),
    /** Another event of the person's. */
    did: (event: object) => ({ ...fromPerson, ...event }),
    /** A message of ours, sent by this or another app or by hand. */
    echoed: (message: object, more: object = {}) => ({
      sender: { id: ourId },
      recipient: { id: personId },
      timestamp: 1_583_173_668_000,
      message: { mid: 'm_echo', is_echo: true, ...message },
      ...more,
    }),
  }
}

export const { said, did, echoed } = between(page.psid, page.id)
export const onInstagram = between(account.igsid, account.id)
