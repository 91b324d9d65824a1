import { signature } from './whatsapp-webhooks.ts'

/** The ids stand for those of Meta's own examples, which show placeholders. */
export const page = { id: '1906385232743451', psid: '2345678901234567', name: 'Jasper’s Market' }

export { signature }

/** A webhook's envelope around the events of one page. */
export const pageWebhook = (events: readonly unknown[], pageId: string = page.id, key = 'messaging') => ({
  object: 'page',
  entry: [{ id: pageId, time: 1_583_173_667_623, [key]: events }],
})

const fromPerson = { sender: { id: page.psid }, recipient: { id: page.id }, timestamp: 1_583_173_666_767 }

/** A message of the person's. */
export const said = (message: object, more: object = {}) => ({
  ...fromPerson,
  message: { mid: 'm_toDnmD0hpPtaPJ1Dt1uvWw', ...message },
  ...more,
})

/** Another event of the person's. */
export const did = (event: object) => ({ ...fromPerson, ...event })

/** A message of the page's, sent by this or another app or by hand. */
export const echoed = (message: object, more: object = {}) => ({
  sender: { id: page.id },
  recipient: { id: page.psid },
  timestamp: 1_583_173_668_000,
  message: { mid: 'm_echo', is_echo: true, app_id: 1517776481860111, ...message },
  ...more,
})
