import { forMember, reading, writing } from '../http/endpoint.ts'
import { startAssigning } from './assign-many.ts'
import { cancelJob } from './cancel-job.ts'
import { listJobContacts } from './list-job-contacts.ts'
import { getJob, listJobs } from './list-jobs.ts'
import { startTagging } from './tag-many.ts'

export const bulkRoutes = {
  list: forMember.bulk.list.handler(reading(listJobs)),
  get: forMember.bulk.get.handler(reading(getJob)),
  contacts: forMember.bulk.contacts.handler(reading(listJobContacts)),
  tag: forMember.bulk.tag.handler(writing(startTagging)),
  assign: forMember.bulk.assign.handler(writing(startAssigning)),
  cancel: forMember.bulk.cancel.handler(writing(cancelJob('tag', 'assign'))),
}
