/** What other slices need of filters. */
export { FilterButton } from './filter-button.tsx'
export { default as FilterChips } from './filter-chips.tsx'
export { itemsOf, readFilter, writeFilter } from './filter-text.ts'
