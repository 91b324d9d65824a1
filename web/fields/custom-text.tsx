import type { FieldType, FieldValue } from '#contract/fields.ts'
import { useValueWords } from './value-words.ts'

/** A value of a custom field as it is read; `value` may also be what the history keeps of it, as text. */
export function CustomText({ type, value }: { type: FieldType; value: FieldValue }) {
  const words = useValueWords()
  return <bdi>{words(type, value)}</bdi>
}
