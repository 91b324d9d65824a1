/** What other slices show of suggestions: the card of a record, its marks, and the evidence in words. */
export { findMatches, type Matches } from './find-matches.ts'
export { PossibleLine } from './possible-line.tsx'
export { ReasonList } from './reason-list.tsx'
export { reasonSummary } from './reason-summary.ts'
export { SuggestionCard } from './suggestion-card.tsx'
export { SuggestionsPanel } from './suggestions-panel.tsx'
export { useDismissal } from './use-dismissal.ts'
