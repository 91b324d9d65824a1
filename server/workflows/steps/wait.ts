import { done, type StepAct } from '../stepping.ts'

const minutesOf = { minutes: 1, hours: 60, days: 24 * 60 } as const

/** Lets time pass: until then there is nothing but the run's row. */
export const wait: StepAct<'wait'> = {
  async carryOut({ run, now }, { amount, unit }, stop) {
    if (run.state === 'waiting') return done(stop)
    const until = new Date(now.getTime() + amount * minutesOf[unit] * 60_000)
    return { over: false, state: 'waiting', until, data: { until: until.toISOString() } }
  },
}
