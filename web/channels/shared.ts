/** What other slices show of channels: the way back to all of them, and what a conversation tells of one that does not send. */
export { BackToChannels } from './back-to-channels.tsx'
export { lineTrouble } from './line-trouble.ts'
