import { ORPCError } from '@orpc/server'
import type { CustomKey } from '#contract/fields.ts'
import { createField } from '../fields/create-field.ts'
import { placeField } from '../fields/place-field.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { createStage } from '../lifecycle/create-stage.ts'
import { createSegment } from '../segments/create-segment.ts'
import { makeTag } from '../tags/make-tag.ts'
import {
  dueForCheck,
  fields,
  stages,
  tags,
  type SampleFieldKey,
  type SampleStage,
  type SampleTag,
} from './vocabulary.ts'

/** What there is of the sample company's tags, stages and fields, by name. */
export interface Vocabulary {
  readonly tags: ReadonlyMap<SampleTag, number>
  readonly stages: ReadonlyMap<SampleStage, number>
  readonly fields: ReadonlyMap<SampleFieldKey, CustomKey>
}

/** Makes the sample company's tags, stages, fields and segment. Where a name is taken already, the sample does without. */
export async function makeVocabulary(context: WriteContext): Promise<Vocabulary> {
  const made = {
    tags: new Map<SampleTag, number>(),
    stages: new Map<SampleStage, number>(),
    fields: new Map<SampleFieldKey, CustomKey>(),
  }
  for (const tag of tags) {
    const id = await makeTag(context, tag)
    if (id !== null) made.tags.set(tag.name, id)
  }
  for (const stage of stages) {
    const known = await unlessTaken(createStage(context, stage))
    if (known !== null) made.stages.set(stage.name, known.id)
  }
  for (const key of Object.keys(fields) as SampleFieldKey[]) {
    const { shown, ...field } = fields[key]
    const known = await unlessTaken(createField(context, { ...field, ...optionsOf(field) }))
    if (known === null) continue
    made.fields.set(key, `#${known.id}`)
    if (shown !== 'always') await placeField(context, { key: `#${known.id}`, shown })
    if (key === 'checked')
      await unlessTaken(createSegment(context, { name: dueForCheck.name, filter: dueForCheck.filter(known.id) }))
  }
  return made
}

const optionsOf = (field: object) => ('options' in field ? { options: [...(field.options as string[])] } : {})

/** What was made; null where the name is taken. */
export async function unlessTaken<Made>(making: Promise<Made>): Promise<Made | null> {
  try {
    return await making
  } catch (error) {
    if (error instanceof ORPCError && error.code === 'CONFLICT') return null
    throw error
  }
}
