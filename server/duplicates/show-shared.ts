import { formatPhone } from '../identity/phone-key.ts'

export interface SharedRow {
  readonly key: string
  readonly holders: number
  readonly blocked_at: Date | null
  readonly blocked_by: string | null
}

/** A value as a person writes it, made from its key. */
export function showShared({ key, holders, blocked_at, blocked_by }: SharedRow) {
  const value = key.slice(2)
  const isEmail = key.startsWith('e:')
  return {
    key,
    kind: isEmail ? ('email' as const) : ('phone' as const),
    value: isEmail ? value : formatPhone(value),
    holders,
    because: blocked_at === null ? ('many' as const) : ('blocked' as const),
    blockedBy: blocked_by,
    blockedAt: blocked_at?.toISOString() ?? null,
  }
}
