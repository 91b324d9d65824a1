import type { Look } from './browser.ts'

/**
 * Of the languages, themes and widths in which a journey is to be seen: the last, and with FICHA_LOOKS=all, as
 * `npm run test:long` runs the journeys, every one.
 */
export const looks = (...all: readonly Look[]): Look[] =>
  process.env['FICHA_LOOKS'] === 'all' ? [...all] : all.slice(-1)
