import { findDuplicates } from '../identity/find-duplicates.ts'
import type { FoundPair } from '../identity/find-duplicates.ts'
import { knownCountry } from '../identity/read-phone.ts'
import { Refusal } from '../refusal.ts'
import { need, readArgs } from './read-args.ts'
import { readContacts } from './read-contacts.ts'
import { tellPair } from './tell-pair.ts'

const tiers = { A: 'certain', B: 'likely', C: 'possible' }

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

  // Whoever reads may have seen enough: `… | head`.
  process.stdout.on('error', () => process.exit(0))
  const print = (line: string) => process.stdout.write(`${line}\n`)
  if (values.json === true) {
    for (const { a, b, judgement } of findDuplicates(contacts)) {
      const { tier, score, reasons } = judgement
      print(JSON.stringify({ a: a.id, b: b.id, tier, score, reasons }))
    }
    return
  }
  const found = Object.groupBy(findDuplicates(contacts), ({ judgement }) => judgement.tier)
  for (const [tier, word] of Object.entries(tiers) as [keyof typeof tiers, string][]) {
    const pairs = (found[tier] ?? []).sort((one, other) => other.judgement.score - one.judgement.score)
    if (pairs.length > 0) print(`${tier}, ${word}\n\n${pairs.map(tellPair).join('\n')}\n`)
  }
  const count = (tier: keyof typeof tiers, word: string) =>
    `${(found[tier] ?? ([] as FoundPair<string>[])).length} ${word}`
  print(
    `${contacts.length} contacts. Pairs: ${Object.entries(tiers)
      .map(([tier, word]) => count(tier as 'A', word))
      .join(', ')}.`,
  )
}
