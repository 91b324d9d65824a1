// pure
import type { AuditEvent } from '#contract/audit.ts'

type Parts = Readonly<Record<string, unknown>>
type Change = AuditEvent['changes'][number]

/** Which parts are another than before. */
export function showChanges(from: Parts = {}, to: Parts = {}): Change[] {
  const parts = [...new Set([...Object.keys(from), ...Object.keys(to)])]
  return parts
    .filter((part) => JSON.stringify(from[part]) !== JSON.stringify(to[part]))
    .map((what) => ({ what, from: showPart(from[what]), to: showPart(to[what]) }))
}

/** What is no plain value (a filter) is said to be another, and not shown. */
function showPart(part: unknown): Change['from'] {
  if (typeof part === 'string' || typeof part === 'number' || typeof part === 'boolean') return part
  return Array.isArray(part) && part.every((item) => typeof item === 'string') ? part : null
}
