import type { Look } from './browser.ts'

/**
 * Of the languages, themes and widths in which a journey is to be seen: the last, and with FICHA_THOROUGH=yes, as
 * `npm run test:long` runs the journeys, every one.
 */
export const looks = (...all: readonly Look[]): Look[] =>
  process.env['FICHA_THOROUGH'] === 'yes' || process.env['FICHA_TESTS'] === 'long' ? [...all] : all.slice(-1)
