import { forMember, reading, writing } from '../http/endpoint.ts'
import { countField } from './count-field.ts'
import { createField } from './create-field.ts'
import { editField } from './edit-field.ts'
import { listFields } from './list-fields.ts'
import { placeField } from './place-field.ts'
import { removeField } from './remove-field.ts'

export const fieldRoutes = {
  list: forMember.fields.list.handler(reading(listFields)),
  count: forMember.fields.count.handler(reading(countField)),
  create: forMember.fields.create.handler(writing(createField)),
  edit: forMember.fields.edit.handler(writing(editField)),
  place: forMember.fields.place.handler(writing(placeField)),
  remove: forMember.fields.remove.handler(writing(removeField)),
}
