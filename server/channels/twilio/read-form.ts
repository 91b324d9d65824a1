import { cleanText } from '../read-json.ts'

/** A form as it came: names may stand in it more than once. Pure. */
export const readForm = (body: Buffer): URLSearchParams => new URLSearchParams(body.toString('utf8'))

/** The first value of each name, in a form that can be stored; names that are empty in the form are left out. */
export function valuesOf(form: URLSearchParams): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  for (const [name, value] of form) if (value !== '' && !values.has(name)) values.set(name, cleanText(value))
  return values
}
