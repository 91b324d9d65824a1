import { ChannelSettings } from '#contract/channels.ts'
import type { FieldProblem } from '#contract/errors.ts'
import type { Deps } from '../deps.ts'
import { fail } from '../http/fail.ts'
import type { ChannelAdapter } from './adapter.ts'
import { findAdapter } from './find-adapter.ts'

/**
 * The adapter for settings that hold together; every field that is wrong is named.
 * @throws BAD_REQUEST
 */
export function checkSettings(
  deps: Pick<Deps, 'adapters'>,
  given: unknown,
): { settings: ChannelSettings; adapter: ChannelAdapter } {
  const parsed = ChannelSettings.safeParse(given)
  if (!parsed.success)
    return refuseFields(
      parsed.error.issues.map(({ path, code, message }) => ({ path: path.join('.'), reason: code, message })),
    )
  const settings = parsed.data
  const adapter = findAdapter(deps.adapters, settings.kind, settings)
  if (adapter === undefined)
    return refuseFields([{ path: 'kind', reason: 'unknown', message: 'There is no such channel here.' }])
  const problems = adapter.refusesSettings?.(settings) ?? []
  return problems.length > 0 ? refuseFields(problems) : { settings, adapter }
}

const refuseFields = (fields: readonly FieldProblem[]): never =>
  fail('BAD_REQUEST', {
    fields: fields.map((field) => ({ ...field, path: field.path === '' ? 'settings' : `settings.${field.path}` })),
  })
