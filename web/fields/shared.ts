/** What other slices show of custom fields. */
export { CustomText } from './custom-text.tsx'
export { useCustomField } from './use-fields.ts'
