import { refuse } from '../http/fail.ts'
import { signInAddress } from './sign-in-address.ts'

/** The address in its one spelling; refuses what is none. */
export const needAddress = (typed: string): string =>
  signInAddress(typed) ??
  refuse('email', 'email', 'Write a plain e-mail address, like ana@example.com, without accents before the @.')
