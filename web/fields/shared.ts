/** What other slices show of fields, and how their values are typed. */
export { CustomText } from './custom-text.tsx'
export { iconOf, typeIcons } from './field-icons.ts'
export { readNumber, writeNumber } from './read-number.ts'
export { StageMark } from './stage-mark.tsx'
export { typeWords } from './type-words.ts'
export { useFieldName } from './use-field-name.ts'
export { useCustomField, useFields } from './use-fields.ts'
export { useValueWords } from './value-words.ts'
