import { z } from 'zod'
import { reads, writes } from './base.ts'
import { Id, Nothing, name, text } from './primitives.ts'
import { Emoji } from './tags.ts'

/** A stage as a contact shows it. `lost`: has left the journey. */
export const LifecycleMark = z.object({
  id: Id,
  name: z.string(),
  emoji: z.string().nullable(),
  kind: z.enum(['stage', 'lost']),
})
export type LifecycleMark = z.infer<typeof LifecycleMark>

/** A stage of the journey that a workspace sees its contacts on. */
export const LifecycleStage = LifecycleMark.extend({
  description: z.string(),
  /** New contacts begin in it. */
  isDefault: z.boolean(),
})
export type LifecycleStage = z.infer<typeof LifecycleStage>

/** Null takes the emoji off. */
const StageValues = z.object({
  name: name(50),
  emoji: Emoji.nullable().optional(),
  description: text(255).trim().optional(),
  kind: z.enum(['stage', 'lost']).optional(),
})

const stage = z.object({ stageId: Id })
const all = z.object({ items: z.array(LifecycleStage) })

export const lifecycle = {
  /** Every stage in the order of the journey. */
  list: reads('contacts.view', '/lifecycle').output(all),
  /** How many contacts stand in it, exactly: what deleting it asks for. */
  count: reads('settings.lifecycle', '/lifecycle/{stageId}/count')
    .input(stage)
    .output(z.object({ contacts: z.number().int() })),
  /** At most 20 a workspace; it stands last, and the first one made is the one new contacts begin in. CONFLICT `name-taken`, `too-many`. */
  create: writes('settings.lifecycle', '/lifecycle').input(StageValues).output(LifecycleStage),
  /** What is not named stays as it is; `isDefault` is handed over, never taken off. CONFLICT `name-taken`. */
  edit: writes('settings.lifecycle', '/lifecycle/{stageId}', 'PATCH')
    .input(
      StageValues.partial()
        .extend(stage.shape)
        .extend({ isDefault: z.literal(true).optional() }),
    )
    .output(LifecycleStage),
  /** Puts a stage right before another, or last where `before` is null. Answers the whole order. */
  move: writes('settings.lifecycle', '/lifecycle/{stageId}/place', 'PUT')
    .input(stage.extend({ before: Id.nullable() }))
    .output(all),
  /**
   * Takes the stage off every contact, for good: they then stand in none. `contacts` is how many stand in it: another number is
   * refused (STALE) with the present one. CONFLICT `default` while new contacts begin in it and there are others.
   */
  remove: writes('settings.lifecycle', '/lifecycle/{stageId}', 'DELETE')
    .input(stage.extend({ contacts: z.number().int().min(0) }))
    .output(Nothing),
}
