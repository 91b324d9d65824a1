/** What other slices show of who does not want to be written to. */
export { NoteOptOut } from './note-opt-out.tsx'
export { OptOutBanner } from './opt-out-banner.tsx'
