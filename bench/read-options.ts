import { need, readArgs } from '../server/cli/read-args.ts'
import { Refusal } from '../server/refusal.ts'

export interface BenchOptions {
  readonly names: readonly string[]
  readonly contacts: readonly number[]
  /** The file to write the figures to. */
  readonly json: string | null
}

/** @throws Refusal in a sentence, for what cannot be run */
export function readOptions(args: string[], known: readonly string[]): BenchOptions {
  const { values } = readArgs(args, {
    scenario: { type: 'string', default: known.join(',') },
    contacts: { type: 'string', default: '1000' },
    json: { type: 'string' },
  })
  const names = listOf(values.scenario, '--scenario NAME')
  for (const name of names)
    if (!known.includes(name)) throw new Refusal(`There is no scenario ${name}. There are: ${known.join(', ')}.`)
  const contacts = listOf(values.contacts, '--contacts N').map(Number)
  if (contacts.some((count) => !Number.isSafeInteger(count) || count < 1 || count > 50_000_000))
    throw new Refusal('--contacts takes whole numbers, such as 1000,100000.')
  return { names, contacts, json: values.json ?? null }
}

const listOf = (value: string | undefined, option: string): string[] => [
  ...new Set(
    need(value, option)
      .split(',')
      .map((item) => item.trim()),
  ),
]
