import { parseArgs, type ParseArgsConfig } from 'node:util'
import { Refusal } from '../refusal.ts'

/** The options of a command; an unknown or incomplete one is refused in a sentence. */
export function readArgs<Options extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: Options) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new Refusal(error instanceof Error ? error.message : String(error))
  }
}

export function need(value: string | undefined, option: string): string {
  if (value === undefined || value === '') throw new Refusal(`${option} is missing.`)
  return value
}
