import { forMember, reading, writing } from '../http/endpoint.ts'
import { createSegment } from './create-segment.ts'
import { editSegment } from './edit-segment.ts'
import { listSegments } from './list-segments.ts'
import { removeSegment } from './remove-segment.ts'

export const segmentRoutes = {
  list: forMember.segments.list.handler(reading(listSegments)),
  create: forMember.segments.create.handler(writing(createSegment)),
  edit: forMember.segments.edit.handler(writing(editSegment)),
  remove: forMember.segments.remove.handler(writing(removeSegment)),
}
