import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** International spacing of an E.164 number; anything else comes back as it is. */
export function phoneFormat(e164: string): string {
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164
}
