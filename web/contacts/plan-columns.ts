import type { Column, ColumnKey, ContactSort } from '#contract/contacts.ts'
import { sorts } from '#contract/field-words.ts'

/** What everybody begins with. */
const usual = [
  'name',
  'channels',
  'phone',
  'email',
  'tags',
  'lifecycle',
  'country',
  'language',
  'status',
  'assignee',
  'lastMessage',
  'added',
] as const satisfies readonly ColumnKey[]

/**
 * What a column takes of the room where nobody has said how wide it is: so much (px), a share of what is left, and how readily it
 * gives way where there is too little.
 */
const shapes: Record<(typeof usual)[number], readonly [basis: number, share: number, gives: number]> = {
  name: [184, 2, 0.4],
  channels: [66, 0, 0],
  phone: [142, 0, 0],
  email: [132, 2, 1],
  tags: [104, 1, 0.6],
  lifecycle: [104, 1, 0.3],
  country: [48, 1, 0.3],
  language: [78, 0, 0],
  status: [90, 0, 0],
  assignee: [118, 1, 0.7],
  lastMessage: [114, 0, 0],
  added: [88, 0, 0],
}
const custom = [120, 1, 1] as const
const gap = 12

export interface PlannedColumn extends Column {
  isShown: boolean
}

const shapeOf = (key: ColumnKey) => (key in shapes ? shapes[key as keyof typeof shapes] : custom)

/**
 * Every column there is: those that are shown, in their order, then the others. `own` is what the member has chosen, null
 * for nothing; `known` are the custom fields of now, as keys. Pure.
 */
export function planColumns(
  own: readonly Column[] | null,
  known: readonly ColumnKey[],
  hasStages: boolean,
): PlannedColumn[] {
  const possible = [...usual.filter((key) => key !== 'lifecycle' || hasStages), ...known]
  const isPossible = new Set<ColumnKey>(possible)
  const shown = (own ?? usual.map((key) => ({ key, width: null }))).filter(({ key }) => isPossible.has(key))
  const isChosen = new Set(shown.map(({ key }) => key))
  return [
    ...shown.map((one) => ({ ...one, isShown: true })),
    ...possible.filter((key) => !isChosen.has(key)).map((key) => ({ key, width: null, isShown: false })),
  ]
}

/** How a column shares in the room of its row, as CSS. Pure. */
export function flexOf({ key, width }: Column): string {
  const [basis, share, gives] = shapeOf(key)
  return width === null ? `${share} ${gives} ${basis}px` : `0 0 ${width}px`
}

/** The least that a row of these takes (px). Pure. */
export const widthOf = (columns: readonly Column[]): number =>
  columns.reduce((sum, { key, width }) => sum + gap + (width ?? shapeOf(key)[0]), 0)

/** What the table can be sorted by, of its columns. Pure. */
export function sortOf(key: ColumnKey): ContactSort | null {
  return key.startsWith('#') || sorts.some((sort) => sort === key) ? (key as ContactSort) : null
}

/** Unless somebody turns it round, the newest comes first and all else from A to Z. Pure. */
export const usualOrder = (sort: ContactSort): 'asc' | 'desc' =>
  sort === 'lastMessage' || sort === 'added' ? 'desc' : 'asc'
