/** What other slices show of custom fields, and how they are typed. */
export { CustomText } from './custom-text.tsx'
export { readNumber, writeNumber } from './read-number.ts'
export { typeIcons } from './type-icons.ts'
export { useCustomField, useFields } from './use-fields.ts'
export { useValueWords } from './value-words.ts'
