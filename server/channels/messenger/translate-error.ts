import { openTranslate } from '../meta/translate-error.ts'
import { busy, down, type Meaning } from '../provider-error.ts'

const closed: Meaning = { code: 'window-closed' }
const unreachable: Meaning = { code: 'undeliverable' }
const tester: Meaning = { code: 'recipient-not-allowed' }
const media: Meaning = { code: 'media-rejected' }

/**
 * Codes of the Messenger Platform, which carries Instagram's messages too, beside those of the Graph API beneath it.
 * Source: developers.facebook.com/documentation/business-messaging/messenger-platform/error-codes
 */
export const translateError = openTranslate({
  // sent outside of the allowed window; the last is Instagram's
  '10/2018278': closed,
  '10/2018065': closed,
  '10/2534022': closed,
  // this person is not receiving messages from the business right now
  '10/2018108': unreachable,
  '200/1545041': unreachable,
  551: unreachable,
  // the page may not send for some time
  '10/1893063': { code: 'account-restricted', lineBroken: true },
  // no matching user: an id of another page, or somebody whose account is gone
  '100/2018001': unreachable,
  '100/2018218': unreachable,
  '100/2534014': unreachable,
  110: unreachable,
  // an app that is not live, or without pages_messaging, may write to its own people only
  '200/2018028': tester,
  '10/2018028': tester,
  230: { code: 'not-permitted', lineBroken: true },
  '100/2018008': media,
  '100/2018047': media,
  '100/2018074': media,
  '100/2018109': { code: 'too-large' },
  9: busy,
  17: busy,
  32: busy,
  613: { ...busy, afterSeconds: 30 },
  80001: busy,
  80002: busy,
  80006: busy,
  1200: down,
})
