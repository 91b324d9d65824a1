/** Loaded before a server (`NODE_OPTIONS=--import=…`): everything in it believes that it is `FICHA_CLOCK_MS` later. */
const by = Number(process.env['FICHA_CLOCK_MS'])
const { now } = Date
const origin = performance.timeOrigin
const OwnDate = Date

class ShiftedDate extends OwnDate {
  constructor(...given: [] | [value: number | string | Date]) {
    if (given.length === 0) super(now() + by)
    else super(...(given as [number]))
  }
  static override now(): number {
    return now() + by
  }
}
globalThis.Date = ShiftedDate as DateConstructor
Object.defineProperty(performance, 'timeOrigin', { value: origin + by })
