import { forMember, reading } from '../http/endpoint.ts'
import { listJobContacts } from './list-job-contacts.ts'
import { getJob, listJobs } from './list-jobs.ts'

export const bulkRoutes = {
  list: forMember.bulk.list.handler(reading(listJobs)),
  get: forMember.bulk.get.handler(reading(getJob)),
  contacts: forMember.bulk.contacts.handler(reading(listJobContacts)),
}
