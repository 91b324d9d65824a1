import { forMember, reading, writing } from '../http/endpoint.ts'
import { blockValue } from './block-value.ts'
import { countSuggestions } from './count-suggestions.ts'
import { dismissSuggestion } from './dismiss-suggestion.ts'
import { listDismissed } from './list-dismissed.ts'
import { listShared } from './list-shared.ts'
import { listSuggestions } from './list-suggestions.ts'
import { reopenSuggestion } from './reopen-suggestion.ts'
import { suggestionsOfContact } from './suggestions-of-contact.ts'
import { unblockValue } from './unblock-value.ts'

const { duplicates } = forMember

export const duplicateRoutes = {
  ofContact: duplicates.ofContact.handler(reading(suggestionsOfContact)),
  list: duplicates.list.handler(reading(listSuggestions)),
  counts: duplicates.counts.handler(reading(countSuggestions)),
  dismiss: duplicates.dismiss.handler(writing(dismissSuggestion)),
  reopen: duplicates.reopen.handler(writing(reopenSuggestion)),
  dismissed: duplicates.dismissed.handler(reading(listDismissed)),
  sharedIdentifiers: duplicates.sharedIdentifiers.handler(reading(listShared)),
  blockValue: duplicates.blockValue.handler(writing(blockValue)),
  unblockValue: duplicates.unblockValue.handler(writing(unblockValue)),
}
