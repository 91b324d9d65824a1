import { forMember, reading, writing } from '../http/endpoint.ts'
import { startAssigning } from './assign-many.ts'
import { cancelJob } from './cancel-job.ts'
import { listJobContacts } from './list-job-contacts.ts'
import { getJob, listJobs } from './list-jobs.ts'
import { startSettingField } from './set-field-of-many.ts'
import { startStaging } from './set-stage-of-many.ts'
import { startTagging } from './tag-many.ts'

export const bulkRoutes = {
  list: forMember.bulk.list.handler(reading(listJobs)),
  get: forMember.bulk.get.handler(reading(getJob)),
  contacts: forMember.bulk.contacts.handler(reading(listJobContacts)),
  tag: forMember.bulk.tag.handler(writing(startTagging)),
  assign: forMember.bulk.assign.handler(writing(startAssigning)),
  setStage: forMember.bulk.setStage.handler(writing(startStaging)),
  setField: forMember.bulk.setField.handler(writing(startSettingField)),
  cancel: forMember.bulk.cancel.handler(writing(cancelJob('tag', 'assign', 'lifecycle', 'field'))),
}
