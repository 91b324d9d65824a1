import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Channel } from '#contract/channels.ts'
import { explainProblem } from './problem-words.ts'

/** Why nothing goes out by a channel now. */
export interface LineTrouble {
  readonly kind: 'paused' | 'broken' | 'resting'
  readonly what: string
  /** What a person who manages channels can do about it. */
  readonly remedy: string
  /** What becomes of what is written meanwhile. */
  readonly meanwhile: string
  readonly detail: string | null
  /** When it is tried next; null where that is up to somebody. */
  readonly nextTry: string | null
}

/** What stands against sending by a channel, in words; null where nothing does. */
export function lineTrouble({ state, problem, holdup }: Channel, i18n: I18n): LineTrouble | null {
  const waits = i18n._(msg`What you write waits and goes out by itself. Nothing is lost.`)
  if (state === 'paused')
    return {
      kind: 'paused',
      what: i18n._(msg`This channel is paused.`),
      remedy: i18n._(msg`Nothing comes in and nothing goes out until somebody goes on below.`),
      meanwhile: i18n._(msg`Nothing can be sent by it until an owner lets it go on.`),
      detail: null,
      nextTry: null,
    }
  if (state === 'broken' && problem !== null) {
    const { what, remedy } = explainProblem(problem.code, i18n)
    const meanwhile = i18n._(msg`What you write waits until an owner has put it right. Nothing is lost.`)
    return { kind: 'broken', what, remedy, meanwhile, detail: problem.detail, nextTry: holdup?.until ?? null }
  }
  if (holdup === null) return null
  const { detail, until } = holdup
  return { kind: 'resting', ...restWords(holdup.code, i18n), meanwhile: waits, detail, nextTry: until }
}

function restWords(code: string, i18n: I18n): { what: string; remedy: string } {
  const passes = i18n._(msg`It is tried again by itself. You need not do anything.`)
  switch (code) {
    case 'rate-limited':
      return { what: i18n._(msg`The provider takes no more messages for the moment.`), remedy: passes }
    case 'no-answer':
      return {
        what: i18n._(msg`The provider doesn't answer.`),
        remedy: i18n._(msg`It is tried again by itself. What was under way may have been sent: see the undelivered.`),
      }
    case 'provider-unavailable':
    case 'unreachable':
    case 'tls-failed':
    case 'answer-strange':
      return {
        what: i18n._(msg`The provider can't be reached at the moment.`),
        remedy: i18n._(msg`It is tried again by itself. If it lasts, see whether the provider reports an outage.`),
      }
    default:
      return explainProblem(code, i18n)
  }
}
