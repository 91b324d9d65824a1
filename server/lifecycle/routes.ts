import { forMember, reading, writing } from '../http/endpoint.ts'
import { countStage } from './count-stage.ts'
import { createStage } from './create-stage.ts'
import { editStage } from './edit-stage.ts'
import { listStages } from './list-stages.ts'
import { moveStage } from './move-stage.ts'
import { removeStage } from './remove-stage.ts'

export const lifecycleRoutes = {
  list: forMember.lifecycle.list.handler(reading(listStages)),
  count: forMember.lifecycle.count.handler(reading(countStage)),
  create: forMember.lifecycle.create.handler(writing(createStage)),
  edit: forMember.lifecycle.edit.handler(writing(editStage)),
  move: forMember.lifecycle.move.handler(writing(moveStage)),
  remove: forMember.lifecycle.remove.handler(writing(removeStage)),
}
