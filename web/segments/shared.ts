/** What the Contacts page needs of segments. */
export { NarrowBar } from './narrow-bar.tsx'
export { default as SegmentLinks } from './segment-links.tsx'
export { useNarrowing } from './use-narrowing.ts'
