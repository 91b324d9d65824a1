/** What other slices show of what happened. */
export { ActivityTab } from './activity-tab.tsx'
export { ChangeList } from './change-list.tsx'
