import type { FieldProblem } from '#contract/errors.ts'
import type { MetaKeys } from './graph.ts'

/** What is wrong with the keys of a line: missing, or pasted with a line break or a space. */
export const refuseKeys = (keys: MetaKeys): FieldProblem[] =>
  (['accessToken', 'appSecret'] as const).flatMap((path): FieldProblem[] => {
    if (keys[path] === '') return [{ path, reason: 'required', message: 'This is needed.' }]
    // Meta would refuse it without a word about it
    if (/\s/.test(keys[path])) return [{ path, reason: 'spaces', message: 'There is a space or a line break in it.' }]
    return []
  })
