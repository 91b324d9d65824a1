/** What other slices show of what happened. */
export { ActivityTab } from './activity-tab.tsx'
