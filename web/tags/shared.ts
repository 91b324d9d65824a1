/** What other slices show and say of tags. */
export { explainTags } from './explain-tags.ts'
export { findTags } from './find-tags.ts'
export { FirstTag, TagDot, TagMark } from './tag-mark.tsx'
export { TagSection } from './tag-section.tsx'
export { TagPopover } from './tag-popover.tsx'
