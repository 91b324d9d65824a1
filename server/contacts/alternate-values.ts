// pure
import { emailKey } from '../identity/email-key.ts'
import { phoneKey } from '../identity/phone-key.ts'
import type { GoldenValues, Held, OwnValues } from './golden-values.ts'

export interface AlternateValue extends Held {
  readonly field: 'phone' | 'email'
  readonly value: string
  /** The contact that says it. */
  readonly contactId: number
}

/** What two spellings of a phone or an e-mail have in common. */
export function valueKey(field: 'phone' | 'email', value: string): string {
  return (field === 'phone' ? phoneKey(value).key : emailKey(value).key) ?? value.toLowerCase()
}

/** The phones and e-mails that members of a merged contact say and that are not its primary ones, each once. */
export function alternateValues(
  golden: Pick<GoldenValues, 'phone' | 'email'>,
  members: readonly { readonly id: number; readonly own: Pick<OwnValues, 'phone' | 'email'> }[],
): AlternateValue[] {
  return (['phone', 'email'] as const).flatMap((field) => {
    const primary = golden[field].value
    const seen = new Set(primary === null ? [] : [valueKey(field, primary)])
    return members.flatMap(({ id, own }) => {
      const { value, origin } = own[field]
      if (value === null) return []
      const key = valueKey(field, value)
      if (seen.has(key)) return []
      seen.add(key)
      return [{ field, value, origin, contactId: id }]
    })
  })
}
