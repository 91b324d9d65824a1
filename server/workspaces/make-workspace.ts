import type { UiLanguage } from '#contract/primitives.ts'
import type { Numbers } from '../db/numbers.ts'
import type { Tx } from '../http/endpoint.ts'
import { keyVersion } from '../identity/key-version.ts'
import { defaultClosingNotes } from './default-closing-notes.ts'
import { firstSegments } from './first-segments.ts'

export interface NewWorkspace {
  readonly name: string
  readonly defaultCountry: string | null
  readonly timeZone: string
  readonly language: UiLanguage
}

/** A workspace nobody belongs to yet, with closing notes and segments in its language. Answers its number. */
export async function makeWorkspace(tx: Tx, numbers: Numbers, input: NewWorkspace): Promise<number> {
  const { id } = await tx
    .insertInto('workspace')
    .values({
      name: input.name,
      default_country: input.defaultCountry,
      time_zone: input.timeZone,
      language: input.language,
      key_version: keyVersion,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await tx.insertInto('billing_day').values({ workspace_id: id, since: '0001-01-01', day: 1 }).execute()
  const notes = defaultClosingNotes[input.language]
  const first = await numbers.next(id, 'closingNote', notes.length)
  await tx
    .insertInto('closing_note')
    .values(notes.map((category, at) => ({ workspace_id: id, id: first + at, category })))
    .execute()
  const firstSegment = await numbers.next(id, 'segment', firstSegments.length)
  await tx
    .insertInto('segment')
    .values(
      firstSegments.map(({ name, filter }, at) => ({
        workspace_id: id,
        id: firstSegment + at,
        name: name[input.language],
        name_key: name[input.language].toLowerCase(),
        filter: JSON.stringify(filter),
      })),
    )
    .execute()
  return id
}
