/** What other slices show of blocking. */
export { BlockBanner } from './block-banner.tsx'
export { BlockedPlace } from './blocked-place.tsx'
export { BlockContact } from './block-contact.tsx'
export { useUnblocking } from './use-unblocking.tsx'
