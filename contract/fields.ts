import { z } from 'zod'
import { reads, writes } from './base.ts'
import { fieldTypes, recordFields } from './field-words.ts'
import { Id, Nothing, name, text } from './primitives.ts'

export const FieldType = z.enum(fieldTypes)
export type FieldType = z.infer<typeof FieldType>

/** A custom field, by `#` and its number. */
export const CustomKey = z.templateLiteral(['#', Id])
export type CustomKey = z.infer<typeof CustomKey>

/** Any field of the record: one that every record has, or `#` and the number of a custom one. */
export const FieldKey = z.enum(recordFields).or(CustomKey)
export type FieldKey = z.infer<typeof FieldKey>

/**
 * What a custom field holds. Text, e-mail, one of a list's options, address of a page: text; checkbox: true or false; date:
 * `2026-05-03`; time: `14:30`.
 */
export const FieldValue = z.union([text(1000), z.number(), z.boolean()])
export type FieldValue = z.infer<typeof FieldValue>

/** Values of custom fields by number; null or '' empties one. */
export const CustomValues = z.record(z.string().regex(/^[1-9]\d{0,14}$/), FieldValue.nullable())

/** Whether the record shows a field: whatever it holds, only with a value, or not at all. */
export const FieldShown = z.enum(['always', 'filled', 'never'])
export type FieldShown = z.infer<typeof FieldShown>

/** A field of the workspace's own. */
export const CustomField = z.object({
  id: Id,
  /** What callers and files name it by. */
  slug: z.string(),
  name: z.string(),
  type: FieldType,
  description: z.string(),
  /** Of a list: what may be chosen, in order. */
  options: z.array(z.string()),
  /** Contacts are found by what they hold in it, as far as that is text, an option, an e-mail or an address. */
  searchable: z.boolean(),
})
export type CustomField = z.infer<typeof CustomField>

/** A field at its place in the record. */
export const PlacedField = z.object({ key: FieldKey, shown: FieldShown, custom: CustomField.nullable() })
export type PlacedField = z.infer<typeof PlacedField>

/** Letters, digits and `_`, kept in lower case. */
const Slug = text(50).regex(/^[A-Za-z0-9_]+$/)

const FieldName = name(50)
const Options = z.array(name(255)).min(1).max(200)
const Description = text(255).trim()

const field = z.object({ fieldId: Id })

export const fields = {
  /** Every field of the record in its order, which is the same for everybody. */
  list: reads('contacts.view', '/fields').output(z.object({ items: z.array(PlacedField) })),
  /** How many contacts hold a value in it, exactly: what deleting it asks for. */
  count: reads('fields.delete', '/fields/{fieldId}/count')
    .input(field)
    .output(z.object({ contacts: z.number().int() })),
  /**
   * At most 500 a workspace; it stands last until it is moved. `slug` is made from the name where it is not given. CONFLICT
   * `name-taken`, `slug-taken`, `too-many`.
   */
  create: writes('settings.fields', '/fields')
    .input(
      z.object({
        name: FieldName,
        slug: Slug.optional(),
        type: FieldType,
        description: Description.optional(),
        options: Options.optional(),
        searchable: z.boolean().optional(),
      }),
    )
    .output(CustomField),
  /**
   * What is not named stays as it is; number, slug and type always do. Contacts keep a value that is no longer among the
   * options. Who is found by what they hold follows in the background. CONFLICT `name-taken`.
   */
  edit: writes('settings.fields', '/fields/{fieldId}', 'PATCH')
    .input(
      field.extend({
        name: FieldName.optional(),
        description: Description.optional(),
        options: Options.optional(),
        searchable: z.boolean().optional(),
      }),
    )
    .output(CustomField),
  /** Puts a field right before another, or last where `before` is null, and says when it is shown. Answers the whole order. */
  place: writes('settings.fields', '/fields/{key}/place', 'PUT')
    .input(z.object({ key: FieldKey, before: FieldKey.nullable().optional(), shown: FieldShown.optional() }))
    .output(z.object({ items: z.array(PlacedField) })),
  /**
   * Takes the field and its values off every contact, for good. `contacts` is how many hold one: another number is refused
   * (STALE) with the present one.
   */
  remove: writes('fields.delete', '/fields/{fieldId}', 'DELETE')
    .input(field.extend({ contacts: z.number().int().min(0) }))
    .output(Nothing),
}
