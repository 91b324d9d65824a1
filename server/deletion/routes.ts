import { forMember, reading, writing } from '../http/endpoint.ts'
import { cancelJob } from '../bulk/cancel-job.ts'
import { previewDeletion } from './preview-deletion.ts'
import { startDeletion } from './start-deletion.ts'

export const deletionRoutes = {
  preview: forMember.deletion.preview.handler(reading(previewDeletion)),
  start: forMember.deletion.start.handler(writing(startDeletion)),
  cancel: forMember.deletion.cancel.handler(writing(cancelJob('delete'))),
}
