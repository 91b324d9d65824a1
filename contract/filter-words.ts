/*
 * What filters can ask, apart from their shapes: the screen needs these words and no schema library.
 */
/** What a condition may ask; which of them a field takes is `operatorsOf` its kind. */
export const operators = [
  'isEqualTo',
  'isNotEqualTo',
  'isTimestampAfter',
  'isTimestampBefore',
  'isTimestampBetween',
  'exists',
  'doesNotExist',
  'isGreaterThan',
  'isLessThan',
  'isBetween',
  'hasAnyOf',
  'hasAllOf',
  'hasNoneOf',
] as const
export type Operator = (typeof operators)[number]

/** What can be asked of every contact. Custom fields are named `#` and their number: `#12`. */
export const filterFields = {
  /** The name shown, without regard to case and accents. */
  name: 'text',
  email: 'text',
  /** In any spelling with a country code. */
  phone: 'text',
  country: 'code',
  language: 'code',
  status: 'code',
  /** A member's number. */
  assignee: 'choice',
  /** The number of the assignee's team. */
  team: 'choice',
  created: 'moment',
  lastMessage: 'moment',
  tag: 'set',
  lifecycle: 'choice',
  /** The numbers of the workspace's channels by which the contact can be reached. */
  channel: 'set',
  /** The same by kind: `whatsapp`. */
  channelKind: 'kinds',
  /** The channel last written by, either way. */
  lastChannel: 'choice',
  /** Channels by which the contact does not want to be written to; who wants none at all has them all. */
  optOut: 'set',
  /** How long ago the contact last wrote: `45m`, `12h`, `3d`. Who never wrote has no such time. */
  sinceIncoming: 'age',
} as const
export type FilterField = keyof typeof filterFields
export type FieldKind = (typeof filterFields)[FilterField] | 'option' | 'checkbox' | 'number' | 'date' | 'time'

const compared = ['isEqualTo', 'isNotEqualTo'] as const
const listed = ['hasAnyOf', 'hasNoneOf'] as const
const present = ['exists', 'doesNotExist'] as const
const dated = ['isTimestampAfter', 'isTimestampBefore', 'isTimestampBetween'] as const
const ranged = ['isGreaterThan', 'isLessThan', 'isBetween'] as const

/** Negations hold for contacts without a value too. The first is what a new condition begins with. */
export const operatorsOf: Readonly<Record<FieldKind, readonly Operator[]>> = {
  text: [...compared, ...listed, ...present],
  code: [...compared, ...listed, ...present],
  choice: [...compared, ...listed, ...present],
  option: [...compared, ...listed, ...present],
  checkbox: [...compared, ...present],
  set: ['hasAnyOf', 'hasAllOf', 'hasNoneOf', ...present],
  kinds: ['hasAnyOf', 'hasAllOf', 'hasNoneOf', ...present],
  moment: [...dated, ...present],
  date: [...dated, ...compared, ...present],
  number: [...compared, ...ranged, ...present],
  time: [...compared, ...ranged, ...present],
  age: ['isLessThan', 'isGreaterThan', 'isBetween', ...present],
}

/** The kind of a custom field by its type. */
export const kindOfType = {
  text: 'text',
  email: 'text',
  url: 'text',
  list: 'option',
  checkbox: 'checkbox',
  number: 'number',
  date: 'date',
  time: 'time',
} as const satisfies Record<string, FieldKind>

/** In a whole filter. */
export const mostConditions = 20
