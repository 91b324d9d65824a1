/** What other slices do with merges. */
export { AbsorbedList } from './absorbed-list.tsx'
export { explainMerge } from './explain-merge.ts'
export { MergeWith } from './merge-with.tsx'
export { useMerge } from './use-merge.tsx'
