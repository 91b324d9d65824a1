// pure
import type { z } from 'zod'
import type { ContactValues } from '#contract/contacts.ts'
import type { FieldProblem } from '#contract/errors.ts'
import type { CustomField, FieldValue } from '#contract/fields.ts'
import type { ImportWish } from '#contract/imports.ts'
import { dayNamed, momentIn } from '../contacts/filter/local-moment.ts'
import { checkValues, isCountry, isLanguage } from '../contacts/check-values.ts'
import type { FieldValues } from '../contacts/plan-edit.ts'
import { isCustom } from '../contacts/provenance.ts'
import { rearm } from '../exports/csv-text.ts'
import { checkPhone } from '../identity/check-phone.ts'
import { remembering } from '../identity/remembering.ts'
import type { Target } from './guess-columns.ts'

export interface ReadRow {
  readonly contactId: number | null
  readonly values: FieldValues
  readonly tags: readonly string[]
  /** Channels by which the contact does not want to be written to; null: by none. */
  readonly optOuts: readonly (number | null)[]
  /** To whom the contact is given. */
  readonly assignee: number | null
  /** When the contact was made, of one that is made now; milliseconds. */
  readonly createdAt: number | null
  readonly problems: readonly FieldProblem[]
}

export interface RowContext {
  readonly wish: ImportWish
  readonly customs: readonly CustomField[]
  /** The workspace's, for phones without a country code. */
  readonly country: string | null
  readonly channels: readonly { readonly id: number; readonly name: string }[]
  /** Empty where no column needs them. */
  readonly stages: readonly { readonly id: number; readonly name: string }[]
  readonly members: readonly Recipient[]
  readonly timeZone: string
  /** No contact was made after this day: its midnight in UTC, by the workspace's clock. */
  readonly today: number
}

/** A member to whom contacts may be given. */
export interface Recipient {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly teamId: number | null
  /** Would see what they are given. */
  readonly sees: boolean
}

/** What a row says, as it would be kept, with every reason for which it cannot be. Blank cells say nothing. */
export function readRow(cells: readonly string[], context: RowContext): ReadRow {
  const { wish, customs, country, channels } = context
  const said = new Map<Target, string>()
  for (const [at, target] of wish.columns.entries()) {
    const cell = rearm(cells[at] ?? '').trim()
    if (target !== null && cell !== '') said.set(target, cell)
  }
  const problems: FieldProblem[] = []
  const refuse = (path: string, reason: string, message: string) => problems.push({ path, reason, message })
  if (cells.length > wish.columns.length)
    refuse('row', 'too-many-cells', 'The row has more values than the file has columns.')
  const typed: { -readonly [Key in keyof z.infer<typeof ContactValues>]: z.infer<typeof ContactValues>[Key] } = {}
  const [first, ...rest] = said.get('name')?.split(/\s+/) ?? []
  typed.firstName = limit(said.get('firstName') ?? (said.has('lastName') ? undefined : first), 100)
  typed.lastName = limit(said.get('lastName') ?? (said.has('firstName') ? undefined : rest.join(' ')), 100)
  typed.email = limit(said.get('email'), 300)
  typed.phone = limit(said.get('phone'), 100)
  const place = said.get('country')
  if (place !== undefined) {
    typed.country = countryOf(place)
    if (typed.country === undefined)
      refuse('values.country', 'unknown-country', `No country is called “${limit(place, 60)}”.`)
  }
  const tongue = said.get('language')
  if (tongue !== undefined) {
    typed.language = languageOf(tongue)
    if (typed.language === undefined)
      refuse('values.language', 'unknown-language', `No language is called “${limit(tongue, 60)}”.`)
  }
  // with a plus it names its country itself
  if (wish.completePhones && typed.phone != null && !typed.phone.startsWith('+')) {
    const checked = checkPhone(typed.phone, typed.country || country)
    if (!checked.ok && checked.reason === 'missing-country-code' && checked.suggestion !== null)
      typed.phone = checked.suggestion
  }
  let custom: Record<string, FieldValue> | null = null
  for (const [target, cell] of said) {
    if (!isCustom(target)) continue
    const id = Number(target.slice(1))
    const field = customs.find((one) => one.id === id)
    custom ??= {}
    custom[target.slice(1)] = field === undefined ? cell : valueOf(field, cell)
  }
  if (custom !== null) typed.custom = custom
  const checked = checkValues(typed, typed.country || country, customs)
  const silence = said.get('optOuts')
  const optOuts = silence === undefined ? [] : readOptOuts(silence, channels)
  if (optOuts === null)
    refuse('optOuts', 'unknown-channel', 'Name a channel of the workspace, several apart by |, or write all.')
  const take = (read: Taken, path: string): number | null => {
    if (typeof read === 'number') return read
    if (read !== null) refuse(path, read.reason, read.message)
    return null
  }
  const lifecycle = take(readStage(said.get('lifecycle'), context), 'values.lifecycle')
  const assignee = take(readAssignee(said.get('assignee'), context), 'assignee')
  const createdAt = take(readDay(said.get('createdAt'), context), 'createdAt')
  const id = said.get('id')
  if (id !== undefined && !/^[1-9]\d{0,14}$/.test(id)) refuse('id', 'format', 'This is no contact ID.')
  return {
    contactId: id !== undefined && /^[1-9]\d{0,14}$/.test(id) ? Number(id) : null,
    values: lifecycle === null ? checked.values : { ...checked.values, lifecycle },
    tags: tagsIn(said.get('tags')),
    optOuts: optOuts ?? [],
    assignee,
    createdAt,
    problems: [...problems, ...checked.problems],
  }
}

const noTags: readonly string[] = []
function tagsIn(cell: string | undefined): readonly string[] {
  if (cell === undefined) return noTags
  return cell.length > 200 ? tagsNamed(cell) : tagsKnown(cell)
}
const tagsNamed = (cell: string): readonly string[] =>
  [...new Set(cell.split(/\s*[|;,]\s*/).filter((name) => name !== '' && name.length <= 100))].slice(0, 20)
/** Most rows of a file name the same ones. */
const tagsKnown = remembering(tagsNamed)

/** Names of channels, or a word for all of them; null where one is unknown: whoever asked for silence is not written to by mistake. */
function readOptOuts(cell: string, channels: RowContext['channels']): (number | null)[] | null {
  const words = cell.split(/\s*\|\s*/).filter((word) => word !== '' && !/^(?:no|n|0|false|falso)$/i.test(word))
  const read = words.map((word) =>
    /^(?:all|todos?|\*|yes|y|sí|si|s|1|x|true|verdadero)$/i.test(word)
      ? [null]
      : channels.filter(({ name }) => folded(name) === folded(word)).map((channel) => channel.id),
  )
  return read.some((ids) => ids.length === 0) ? null : [...new Set(read.flat())]
}

type Taken = number | null | { readonly reason: string; readonly message: string }

/** A stage by its name. */
function readStage(cell: string | undefined, { stages }: RowContext): Taken {
  if (cell === undefined) return null
  const stage = stages.find(({ name }) => folded(name) === folded(cell))
  if (stage !== undefined) return stage.id
  const message = `No lifecycle stage is called “${limit(cell, 60)}”: write one of the workspace's, or make it in the settings.`
  return { reason: 'unknown-stage', message }
}

/** A member by e-mail, or by a name that only one has. */
function readAssignee(cell: string | undefined, { members }: RowContext): Taken {
  if (cell === undefined) return null
  const byEmail = members.filter(({ email }) => email.toLowerCase() === cell.toLowerCase())
  const [member, other] = byEmail.length > 0 ? byEmail : members.filter(({ name }) => folded(name) === folded(cell))
  const who = limit(cell, 60)
  if (member === undefined)
    return {
      reason: 'unknown-member',
      message: `No member is called “${who}”: write the e-mail of one, or their name.`,
    }
  if (other !== undefined)
    return { reason: 'several-members', message: `Several members are called “${who}”: write the e-mail.` }
  if (!member.sees)
    return {
      reason: 'cannot-see',
      message: `“${who}” would not see the contact: they may see their team only, and have none.`,
    }
  return member.id
}

const dayShape = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/i

/** A day, or a moment, by the workspace's clock where it names no other. */
function readDay(cell: string | undefined, { timeZone, today }: RowContext): Taken {
  if (cell === undefined) return null
  const [, dayPart = '', time = '00:00', seconds = '00', zone] = dayShape.exec(cell) ?? []
  const midnight = dayNamed(dayPart, 0)
  const wall = midnight === null ? Number.NaN : Date.parse(`${dayPart}T${time}:${seconds}Z`)
  if (Number.isNaN(wall))
    return { reason: 'created-date', message: 'Write the day as 2026-05-03, or with a time as 2026-05-03 14:30.' }
  const exact = zone === undefined ? momentIn(timeZone, wall) : Date.parse(cell.replace(' ', 'T'))
  if (wall >= today + 2 * 86_400_000)
    return { reason: 'future', message: 'The day is still to come: write the one on which the contact was made.' }
  return exact
}

const limit = (text: string | undefined, most: number) =>
  text === undefined || text === '' ? undefined : text.slice(0, most)

/** As spreadsheets and people write what fields hold. */
function valueOf({ type }: CustomField, cell: string): FieldValue {
  if (type === 'checkbox') {
    if (/^(?:true|yes|y|1|x|sí|si|s|verdadero)$/i.test(cell)) return true
    if (/^(?:false|no|n|0|falso)$/i.test(cell)) return false
  }
  if (type === 'number' && /^-?\d+,\d+$/.test(cell)) return cell.replace(',', '.')
  if (type === 'time') return cell.replace(/^(\d):/, '0$1:').replace(/^(\d\d:\d\d):00$/, '$1')
  return cell.slice(0, 1000)
}

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

function namesOf(type: 'region' | 'language', is: (code: string) => boolean): ReadonlyMap<string, string> {
  const codes = letters
    .flatMap((a) => letters.map((b) => a + b))
    .map((code) => (type === 'region' ? code : code.toLowerCase()))
  const names = ['en', 'es'].map((tag) => new Intl.DisplayNames(tag, { type }))
  return new Map(
    codes.filter(is).flatMap((code) => names.map((name) => [folded(name.of(code) ?? code), code] as const)),
  )
}
const countries = namesOf('region', isCountry)
const languages = namesOf('language', isLanguage)

const countryOf = (text: string) => (isCountry(text.toUpperCase()) ? text.toUpperCase() : countries.get(folded(text)))
function languageOf(text: string): string | undefined {
  const [tongue = '', region] = text.split(/[-_]/)
  const tag = region === undefined ? tongue.toLowerCase() : `${tongue.toLowerCase()}-${region.toUpperCase()}`
  return isLanguage(tag) ? tag : languages.get(folded(text))
}
