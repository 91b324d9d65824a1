import { openTranslate, permission } from '../meta/translate-error.ts'
import { busy, down, type Meaning } from '../provider-error.ts'

const restricted: Meaning = { code: 'account-restricted', lineBroken: true }
const unregistered: Meaning = { code: 'number-not-registered', lineBroken: true }
const mismatch: Meaning = { code: 'template-mismatch' }
const paused: Meaning = { code: 'template-paused' }
const invalid: Meaning = { code: 'message-invalid' }

/**
 * Codes of the Cloud API, beside those of the Graph API beneath it.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
 */
export const translateError = openTranslate({
  131005: permission,
  131000: down,
  131016: down,
  131057: down,
  133004: down,
  80007: busy,
  130429: busy,
  // one message in six seconds to the same person, with a burst before it
  131056: { ...busy, afterSeconds: 6, contactOnly: true },
  131031: restricted,
  // too many people blocked or reported what this number sent
  131048: { code: 'account-restricted' },
  130497: { code: 'country-restricted' },
  131037: unregistered,
  131045: unregistered,
  133000: unregistered,
  133010: unregistered,
  33: { code: 'number-unknown', lineBroken: true },
  131008: invalid,
  131009: invalid,
  131051: invalid,
  135000: invalid,
  131021: { code: 'same-number' },
  131026: { code: 'undeliverable' },
  131030: { code: 'recipient-not-allowed' },
  131042: { code: 'payment-problem' },
  131047: { code: 'window-closed' },
  130472: { code: 'marketing-limited' },
  131049: { code: 'marketing-limited' },
  131050: { code: 'marketing-stopped' },
  131052: { code: 'media-rejected' },
  131053: { code: 'media-rejected' },
  131062: { code: 'phone-needed' },
  132000: mismatch,
  132012: mismatch,
  132018: mismatch,
  132001: { code: 'template-missing' },
  132005: { code: 'template-too-long' },
  132007: { code: 'template-rejected' },
  132015: paused,
  132016: paused,
  132068: paused,
  132069: paused,
})
