import type { FoundPair } from '../identity/find-duplicates.ts'
import type { Reason } from '../identity/judge-pair.ts'
import type { RepairRule } from '../identity/repair-phone.ts'

const rules: Record<RepairRule, string> = {
  'mx-dial-prefix': "Mexico's old dialling prefix",
  'br-ninth-digit': "Brazil's ninth digit",
  'ar-9': "Argentina's 9 of mobiles",
  'ci-2021': 'Ivory Coast before 2021',
  'bj-2024': 'Benin before December 2024',
  'vn-2018': 'Vietnam before 2018',
  'cm-2014': 'Cameroon before 2014',
  'it-leading-zero': "a landline's zero, Italy",
  'bare-international': 'a country code without plus',
}

const strengths = {
  exact: 'the same',
  repaired: 'the same, written in another way',
  unverified: 'the same digits, of no known number',
  'other-reading': 'the same, if one is read as the other number it can be',
  typo: 'the same, if the provider is misspelt',
  role: "the same inbox of a task, not a person's",
  sibling: 'probably the same mailbox',
  ending: 'the same last eight digits',
  near: 'one slip apart',
}

const relations = {
  agree: 'agree',
  partial: 'agree as far as both tell',
  unknown: 'cannot be compared',
  conflict: 'differ',
}

const limits = {
  phones: 'phones',
  emails: 'e-mails',
  members: 'contacts',
  channels: 'accounts on one channel',
  'external-ids': 'ids elsewhere',
}

/** A pair and its reasons in a few lines for a terminal. */
export function tellPair({ a, b, judgement }: FoundPair<string>): string {
  const head = `${judgement.score.toFixed(2)}  ${tellContact(a)}  =  ${tellContact(b)}`
  return [head, ...judgement.reasons.map((reason) => `        ${tellReason(reason)}`)].map(plain).join('\n')
}

function tellContact({ id, name }: { id: string; name: string | null }): string {
  return `${id} ${name ?? '(no name)'}`
}

function tellReason(reason: Reason<string>): string {
  switch (reason.kind) {
    case 'name':
      return `names ${relations[reason.strength]}`
    case 'dispute':
      return `but ${tellOthers(reason.others)} on ${reason.values[0]} under other names`
    case 'limit':
      return `but together they would have ${reason.count} ${limits[reason.strength]}`
    case 'phone':
    case 'email':
    case 'channel': {
      const [one, other] = reason.values
      const why = [...new Set(reason.rules.flatMap((rule) => (rule === null ? [] : [rules[rule]])))]
      const values = one === other ? one : `${one} and ${other}`
      return `${reason.kind} ${values}: ${[strengths[reason.strength], ...why].join(', ')}`
    }
  }
}

function tellOthers(others: { id: string }[]): string {
  const ids = others.slice(0, 3).map(({ id }) => id)
  const more = others.length > 3 ? ` and ${others.length - 3} more` : ''
  return `${ids.join(', ')}${more} ${others.length === 1 ? 'is' : 'are'}`
}

/** What a file says may not steer the terminal. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, ' ')
}
