/** What other slices do in conversations. */
export { beginMessage } from './drafts.ts'
export { wordsForType } from './snippet-words.ts'
