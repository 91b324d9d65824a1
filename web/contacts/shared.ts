/** What other slices say of contacts in the words of the record. */
export { channelName } from './channel-name.ts'
export { languageCodes } from './language-codes.ts'
export { problemWords } from './problem-words.ts'
export { sourceWords } from './source-words.ts'
