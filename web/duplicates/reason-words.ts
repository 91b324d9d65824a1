import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Reason } from '#contract/suggestion.ts'

type Of<Kind extends Reason['kind']> = Extract<Reason, { kind: Kind }>
type Shared = Extract<Reason, { holders: number }>

/** One sentence of the evidence: for two contacts being one person, against it, or neither. */
export interface ReasonWords {
  tone: 'for' | 'against' | 'plain'
  text: string
}

/** Why two writings are one number: the repair by which they became equal. */
const repairs: Record<string, MessageDescriptor> = {
  'mx-dial-prefix': msg`Mexico's old mobile prefix`,
  'br-ninth-digit': msg`Brazil's ninth digit`,
  'ar-9': msg`the 9 of Argentina's mobiles`,
  'ci-2021': msg`Ivory Coast's numbers of 2021`,
  'bj-2024': msg`Benin's numbers of 2024`,
  'vn-2018': msg`Vietnam's prefixes of 2018`,
  'cm-2014': msg`Cameroon's numbers of 2014`,
  'it-leading-zero': msg`the zero of Italy's landlines`,
  'bare-international': msg`only the plus sign is missing`,
}

/** Is there more to say than that a value stands on both sides, which a mark beside the value shows? */
export const saysMore = (reason: Reason): boolean =>
  !(reason.kind === 'phone' || reason.kind === 'email') ||
  reason.strength !== 'exact' ||
  reason.holders > 2 ||
  reason.values[0].toLowerCase() !== reason.values[1].toLowerCase()

/**
 * Everything that speaks for and against, in sentences. `spell` writes a value as it is read; phones come as they are
 * stored.
 */
export function reasonWords(reasons: readonly Reason[], i18n: I18n, spell: (value: string) => string): ReasonWords[] {
  return reasons.flatMap((stored): ReasonWords[] => {
    const reason = spelt(stored, spell)
    switch (reason.kind) {
      case 'phone':
        return [
          { tone: isWeak(reason.strength) ? 'plain' : 'for', text: holders(reason, phoneWords(reason, i18n), i18n) },
        ]
      case 'email':
        return [
          { tone: isWeak(reason.strength) ? 'plain' : 'for', text: holders(reason, emailWords(reason, i18n), i18n) },
        ]
      case 'channel': {
        const channel = reason.fields[0]
        return [{ tone: 'for', text: i18n._(msg`Same account on ${channel}`) }]
      }
      case 'name':
        return nameWords(reason, i18n)
      case 'dispute':
        return [{ tone: 'against', text: disputeWords(reason, i18n) }]
      case 'limit':
        return [{ tone: 'against', text: limitWords(reason, i18n) }]
    }
  })
}

/** The same reason with its values as they are read. */
function spelt(reason: Reason, spell: (value: string) => string): Reason {
  if (reason.kind !== 'phone' && reason.kind !== 'email' && reason.kind !== 'dispute') return reason
  const [one, other] = reason.values
  return { ...reason, values: [spell(one), spell(other)] }
}

/** Only resembles: it would not link two contacts by itself. */
const isWeak = (strength: string) => ['role', 'sibling', 'ending', 'near', 'typo'].includes(strength)

/** A value that more than these two have says so. */
function holders(reason: Shared, sentence: string, i18n: I18n): string {
  const { holders } = reason
  return holders <= 2 ? sentence : i18n._(msg`${sentence} (${holders} contacts have it)`)
}

function phoneWords({ strength, values: [one, other], rules }: Shared, i18n: I18n): string {
  switch (strength) {
    case 'ending':
      return i18n._(msg`${one} and ${other} end in the same digits`)
    case 'near':
      return i18n._(msg`${one} and ${other} are one slip apart`)
    case 'other-reading':
      return i18n._(msg`${one} and ${other} can be read as the same phone`)
    case 'unverified':
      return i18n._(msg`Same phone, of a range that is not known: ${one}`)
  }
  if (one === other) return i18n._(msg`Same phone: ${one}`)
  const repair = repairs[rules.find((rule) => rule !== null) ?? '']
  if (repair === undefined) return i18n._(msg`${one} and ${other} are the same phone`)
  const why = i18n._(repair)
  return i18n._(msg`${one} and ${other} are the same phone: ${why}`)
}

function emailWords({ strength, values: [one, other] }: Shared, i18n: I18n): string {
  switch (strength) {
    case 'role':
      return i18n._(msg`Same inbox of a team: ${one}`)
    case 'sibling':
      return i18n._(msg`${one} and ${other} are probably one mailbox`)
    case 'typo':
      return i18n._(msg`${one} and ${other} differ by a slip in the provider's name`)
    case 'near':
      return i18n._(msg`${one} and ${other} are one slip apart`)
  }
  if (one.toLowerCase() === other.toLowerCase()) return i18n._(msg`Same email: ${one}`)
  return [one, other].every((address) => /@(gmail|googlemail)\.com$/i.test(address))
    ? i18n._(msg`${one} and ${other} are the same mailbox: Gmail ignores dots and what follows a plus`)
    : i18n._(msg`${one} and ${other} are the same mailbox`)
}

function nameWords({ strength, values }: Of<'name'>, i18n: I18n): ReasonWords[] {
  const [one = '', other = ''] = values.map((name) => name ?? '')
  switch (strength) {
    case 'agree':
      return [{ tone: 'for', text: i18n._(msg`The names agree`) }]
    case 'partial':
      return [{ tone: 'plain', text: i18n._(msg`The names go together`) }]
    case 'unknown':
      return [{ tone: 'plain', text: i18n._(msg`There are no two names to compare`) }]
    case 'conflict':
      return [{ tone: 'against', text: i18n._(msg`The names contradict each other: ${one} and ${other}`) }]
  }
}

function disputeWords({ values: [value], others }: Of<'dispute'>, i18n: I18n): string {
  const names = others.flatMap(({ displayName }) => (displayName === null ? [] : [displayName]))
  if (names.length === 0) return i18n._(msg`Others with ${value} have other names`)
  const list = names.join(', ')
  return names.length === 1
    ? i18n._(msg`Another contact with ${value} is called ${list}`)
    : i18n._(msg`Other contacts with ${value} are called ${list}`)
}

function limitWords({ strength, count, scope }: Of<'limit'>, i18n: I18n): string {
  const channel = scope ?? ''
  switch (strength) {
    case 'phones':
      return i18n._(msg`Together they would have ${count} phones`)
    case 'emails':
      return i18n._(msg`Together they would have ${count} emails`)
    case 'members':
      return i18n._(msg`They would be ${count} contacts in one`)
    case 'channels':
      return i18n._(msg`They use different accounts on ${channel}`)
    case 'external-ids':
      return i18n._(msg`They have different ids in another system`)
  }
}
