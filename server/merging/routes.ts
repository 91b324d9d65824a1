import { forMember, reading, writing } from '../http/endpoint.ts'
import { countMerges, listMerges } from './list-merges.ts'
import { mergeContacts } from './merge-contacts.ts'
import { previewMerge } from './preview-merge.ts'
import { previewUndo } from './preview-undo.ts'
import { undoMerge } from './undo-merge.ts'

const { merging } = forMember

export const mergingRoutes = {
  plan: merging.plan.handler(reading(previewMerge)),
  merge: merging.merge.handler(writing(mergeContacts)),
  undoPlan: merging.undoPlan.handler(reading(previewUndo)),
  undo: merging.undo.handler(writing(undoMerge)),
  history: merging.history.handler(reading(listMerges)),
  counts: merging.counts.handler(reading(countMerges)),
}
