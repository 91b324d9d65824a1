/** What a conversation tells of a channel that does not send. */
export { lineTrouble } from './line-trouble.ts'
