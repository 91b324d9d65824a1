import { forMember, reading, writing } from '../http/endpoint.ts'
import { countTag } from './count-tag.ts'
import { createTag } from './create-tag.ts'
import { editTag } from './edit-tag.ts'
import { listTags } from './list-tags.ts'
import { mergeTags } from './merge-tags.ts'
import { removeTag } from './remove-tag.ts'

export const tagRoutes = {
  list: forMember.tags.list.handler(reading(listTags)),
  count: forMember.tags.count.handler(reading(countTag)),
  create: forMember.tags.create.handler(writing(createTag)),
  edit: forMember.tags.edit.handler(writing(editTag)),
  merge: forMember.tags.merge.handler(writing(mergeTags)),
  remove: forMember.tags.remove.handler(writing(removeTag)),
}
