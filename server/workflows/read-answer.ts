// pure
import type { MessageBody } from '#contract/conversations.ts'
import { foldText } from '../contacts/fold-text.ts'
import { checkEmail } from '../identity/check-email.ts'
import { checkPhone } from '../identity/check-phone.ts'
import type { StepOf } from './stepping.ts'

/** More is no answer to a question. */
const longest = 1000

/** What a message says; '' where it says nothing in words. */
export function wordsOf(body: MessageBody): string {
  if (body.type === 'buttons' && body.chosen !== null) return body.chosen.trim()
  return 'text' in body && body.type !== 'note' ? (body.text ?? '').trim() : ''
}

/**
 * What a message answers to a question, as it is kept; null where it is not of the kind that was asked for. Choices may be
 * given by their number; days as 2026-05-03 or, day first, as 3/5/2026.
 */
export function readAnswer(
  { answer, choices }: Pick<StepOf<'ask'>, 'answer' | 'choices'>,
  words: string,
  country: string | null,
): string | null {
  if (words === '') return null
  switch (answer) {
    case 'text':
      return words.slice(0, longest)
    case 'choice': {
      const fold = (text: string) => foldText(text).trim()
      const named = choices.find((choice) => fold(choice) === fold(words))
      return named ?? choices[/^\d{1,2}[.)]?$/.test(words) ? Number.parseInt(words, 10) - 1 : -1] ?? null
    }
    case 'number':
      return /^[-+]?\d{1,15}([.,]\d{1,10})?$/.test(words) ? String(Number(words.replace(',', '.'))) : null
    case 'email': {
      const email = checkEmail(words)
      return email.ok ? email.email : null
    }
    case 'phone': {
      const phone = checkPhone(words, country)
      return phone.ok ? phone.e164 : null
    }
    case 'date':
      return readDay(words)
  }
}

function readDay(words: string): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(words)
  const spoken = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(words)
  const [year, month, day] = iso?.slice(1).map(Number) ?? spoken?.slice(1).map(Number).toReversed() ?? []
  if (year === undefined || month === undefined || day === undefined) return null
  // a month beyond December can only be a day
  const [m, d] = month > 12 ? [day, month] : [month, day]
  const at = new Date(Date.UTC(year, m - 1, d))
  const isThere = at.getUTCFullYear() === year && at.getUTCMonth() === m - 1 && at.getUTCDate() === d
  return isThere && year >= 1900 && year <= 2100 ? at.toISOString().slice(0, 10) : null
}
