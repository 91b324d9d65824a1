import type { AttemptLimit } from './throttle.ts'

const quarter = 15 * 60

/** Guesses at one address's password. Ten in a quarter of an hour, from wherever they come. */
export const accountLimit = (address: string): AttemptLimit => ({
  key: `account ${address}`,
  limit: 10,
  seconds: quarter,
  forgiving: true,
})

/** The same for a browser that has signed in to this account before: a stranger's guessing does not lock its owner out. */
export const knownBrowserLimit = (address: string, browser: string): AttemptLimit => ({
  key: `account ${address} browser ${browser}`,
  limit: 10,
  seconds: quarter,
  forgiving: true,
})

/** Guesses at the password of whoever is signed in: a session left open must not become a password. */
export const personLimit = (personId: string): AttemptLimit => ({
  key: `person ${personId}`,
  limit: 10,
  seconds: quarter,
  forgiving: true,
})

/** Everything of this kind from one network; offices behind one address are networks too. */
export const networkLimit = (network: string): AttemptLimit => ({
  key: `network ${network}`,
  limit: 100,
  seconds: quarter,
  forgiving: false,
})

/** Mails with a link to one address. */
export const mailLimit = (address: string): AttemptLimit => ({
  key: `mail ${address}`,
  limit: 5,
  seconds: 3600,
  forgiving: false,
})
