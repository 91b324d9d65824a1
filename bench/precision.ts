import { readContacts } from '../server/cli/read-contacts.ts'
import { readCsv } from '../server/cli/read-csv.ts'
import { findDuplicates } from '../server/identity/find-duplicates.ts'
import type { Tier } from '../server/identity/score-evidence.ts'
import { Refusal } from '../server/refusal.ts'
import { explainAndExit } from '../server/start-ficha.ts'

/**
 * `npm run precision -- CONTACTS.csv TRUTH.csv`: how many of the suggested pairs are one person, and how many of those that
 * can be found are suggested. CONTACTS.csv as `ficha duplicates` reads it; TRUTH.csv says per id `person`, and `true_phone`
 * and `true_email` as they stood behind the noisy values. A pair can be found when both are one person and really share one
 * of them.
 */
async function measurePrecision([contactsPath, truthPath]: string[]): Promise<void> {
  if (contactsPath === undefined || truthPath === undefined)
    throw new Refusal('Give two files: npm run precision -- CONTACTS.csv TRUTH.csv')
  const truth = new Map<string, Truth>()
  for await (const { record } of readCsv(truthPath, ['id', 'person', 'true_phone', 'true_email']))
    truth.set(record['id']!, { person: record['person']!, values: valuesOf(record) })
  const resolvable = countResolvable([...truth.values()])
  const found: Record<Tier, { same: number; resolvable: number; all: number }> = {
    A: { same: 0, resolvable: 0, all: 0 },
    B: { same: 0, resolvable: 0, all: 0 },
    C: { same: 0, resolvable: 0, all: 0 },
  }
  const contacts = await readContacts(contactsPath, null)
  for (const { a, b, judgement } of findDuplicates(contacts)) {
    const [one, other] = [truth.get(a.id), truth.get(b.id)]
    if (one === undefined || other === undefined) throw new Refusal(`${truthPath} does not know ${a.id} or ${b.id}.`)
    const tally = found[judgement.tier]
    tally.all++
    if (one.person !== other.person) continue
    tally.same++
    if (one.values.some((value) => other.values.includes(value))) tally.resolvable++
  }
  console.log(`${contacts.length} contacts, ${resolvable} pairs that can be found\n`)
  const line = (cells: readonly string[]) => console.log(cells.map((cell) => cell.padStart(12)).join(''))
  line(['list', 'suggested', 'one person', 'precision', 'recall'])
  for (const list of [['A'], ['A', 'B'], ['A', 'B', 'C']] as const) {
    const sum = (of: 'same' | 'resolvable' | 'all') => list.reduce((total, tier) => total + found[tier][of], 0)
    const precision = sum('same') / sum('all')
    const recall = sum('resolvable') / resolvable
    line([list.join(''), String(sum('all')), String(sum('same')), precision.toFixed(4), recall.toFixed(4)])
  }
  console.log('\nThe list that is shown first is AB; it aims at a precision of 0.992 at a recall of 0.93.')
}

interface Truth {
  readonly person: string
  readonly values: readonly string[]
}

const valuesOf = (record: Record<string, string>) =>
  [record['true_phone'], record['true_email']].filter((value) => value !== undefined && value !== '') as string[]

function countResolvable(all: readonly Truth[]): number {
  let count = 0
  for (const cluster of Map.groupBy(all, ({ person }) => person).values())
    for (const [at, one] of cluster.entries())
      for (const other of cluster.slice(at + 1)) if (one.values.some((value) => other.values.includes(value))) count++
  return count
}

await measurePrecision(process.argv.slice(2)).catch(explainAndExit)
