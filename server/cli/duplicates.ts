import { findDuplicates } from '../identity/find-duplicates.ts'
import type { FoundPair } from '../identity/find-duplicates.ts'
import { knownCountry } from '../identity/read-phone.ts'
import { Refusal } from '../refusal.ts'
import { need, readArgs } from './read-args.ts'
import { readContacts } from './read-contacts.ts'
import { tellPair } from './tell-pair.ts'

const tiers = [
  { tier: 'A', word: 'certain' },
  { tier: 'B', word: 'likely' },
  { tier: 'C', word: 'possible' },
] as const

/**
 * Prints the pairs of a CSV file's contacts that may be one person. With `--json` one object a line, `{a, b, tier, score,
 * reasons}`, in the order of the file; otherwise by tier for reading.
 */
export async function duplicates(args: string[]): Promise<void> {
  const { values, positionals } = readArgs(args, { country: { type: 'string' }, json: { type: 'boolean' } })
  const path = need(positionals[0], 'FILE.csv')
  if (positionals.length > 1) throw new Refusal('Give one file.')
  if (values.country !== undefined && knownCountry(values.country) === undefined)
    throw new Refusal(`--country ${values.country} is no country. Give two letters, such as MX.`)
  const contacts = await readContacts(path, values.country ?? null)

  if (values.json === true) print(linesOf(findDuplicates(contacts)))
  else print(tellAll(contacts.length, findDuplicates(contacts)))
}

function* linesOf(pairs: Iterable<FoundPair<string>>): Generator<string> {
  for (const { a, b, judgement } of pairs) {
    const { tier, score, reasons } = judgement
    yield JSON.stringify({ a: a.id, b: b.id, tier, score, reasons })
  }
}

/** Surest first, with the counts at the end, where a terminal stops. */
function* tellAll(contacts: number, pairs: Iterable<FoundPair<string>>): Generator<string> {
  const found = Object.groupBy(pairs, ({ judgement }) => judgement.tier)
  const counts: string[] = []
  for (const { tier, word } of tiers) {
    const some = (found[tier] ?? []).sort((one, other) => other.judgement.score - one.judgement.score)
    counts.push(`${some.length} ${word} (${tier})`)
    if (some.length === 0) continue
    yield `${tier}, ${word}\n`
    for (const pair of some) yield tellPair(pair)
    yield ''
  }
  yield `${contacts} contacts. Pairs: ${counts.join(', ')}.`
}

/** Many lines at a time: one at a time takes longer than finding them. */
function print(lines: Iterable<string>): void {
  // Whoever reads may have seen enough: `… | head`.
  process.stdout.on('error', () => process.exit(0))
  let text = ''
  for (const line of lines) {
    text += `${line}\n`
    if (text.length < 65_536) continue
    process.stdout.write(text)
    text = ''
  }
  process.stdout.write(text)
}
