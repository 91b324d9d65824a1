/** What other slices need of filters. */
export { FilterButton } from './filter-button.tsx'
export { default as FilterChips } from './filter-chips.tsx'
export { default as FilterEditor } from './filter-panel.tsx'
export { itemsOf, readFilter, writeFilter } from './filter-text.ts'
