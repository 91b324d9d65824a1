/** What a conversation tells of messages on their way and of what stood against them; it comes when it is first needed. */
export { DeliveryTrouble } from './delivery-trouble.tsx'
export { LineNote } from './line-note.tsx'
export { refusalWords } from './refusal-words.ts'
export { SegmentsNote } from './segments-note.tsx'
