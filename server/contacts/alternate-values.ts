// pure
import type { CustomKey, FieldValue } from '#contract/fields.ts'
import { emailKey } from '../identity/email-key.ts'
import { phoneKey } from '../identity/phone-key.ts'
import { foldText } from './fold-text.ts'
import { fieldsOf, ownIn, type GoldenValues, type Held, type OwnValues } from './golden-values.ts'
import { isCustom, type CustomFields } from './provenance.ts'

export interface AlternateValue extends Held {
  readonly field: 'phone' | 'email'
  readonly value: string
  /** The contact that says it. */
  readonly contactId: number
}

/** The same for what is said in a custom field. */
export interface CustomAlternate extends Held {
  readonly field: CustomKey
  readonly value: FieldValue
  readonly contactId: number
}

/** What two spellings of a phone or an e-mail have in common. */
export function valueKey(field: 'phone' | 'email', value: string): string {
  return (field === 'phone' ? phoneKey(value).key : emailKey(value).key) ?? value.toLowerCase()
}

/** What two spellings of a value in a custom field have in common. */
export const customKey = (value: FieldValue): FieldValue => (typeof value === 'string' ? foldText(value) : value)

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

/** What members of a merged contact say in custom fields and what it does not show, each once. A check box says no more than one thing. */
export function customAlternates(
  shown: CustomFields,
  members: readonly { readonly id: number; readonly own: OwnValues }[],
): CustomAlternate[] {
  return fieldsOf(members.map(({ own }) => own)).flatMap((field) => {
    if (!isCustom(field)) return []
    const primary = shown[field.slice(1)]
    const seen = new Set(primary === undefined ? [] : [customKey(primary)])
    return members.flatMap(({ id, own }) => {
      const { value, origin } = ownIn(own, field)
      if (value === null || typeof value === 'boolean' || seen.has(customKey(value))) return []
      seen.add(customKey(value))
      return [{ field, value, origin, contactId: id }]
    })
  })
}
