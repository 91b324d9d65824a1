/** What other slices do in conversations. */
export { beginMessage } from './drafts.ts'
export { useContactName } from './use-contact-name.ts'
export { wordsForType } from './snippet-words.ts'
