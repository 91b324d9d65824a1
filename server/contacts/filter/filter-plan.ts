/** What a condition comes to once names, spellings and dates are resolved; read by the evaluator and by the SQL alike. */
export type Atom =
  | { readonly of: ScalarSource; readonly test: In | Present; readonly not: boolean }
  | { readonly of: SetSource; readonly test: In | All | Present; readonly not: boolean }
  | { readonly of: RangedSource; readonly test: Range | In | Present; readonly not: boolean }

export type ScalarSource =
  | 'name'
  | 'email'
  | 'phone'
  | 'country'
  | 'language'
  | 'status'
  | 'assignee'
  | 'team'
  | 'lifecycle'
  | 'lastChannel'
  | { readonly fieldId: number; readonly as: 'folded' | 'option' | 'checkbox' }
export type SetSource = 'tag' | 'channel' | 'channelKind' | 'optOut'
export type RangedSource =
  | 'created'
  | 'lastMessage'
  | 'lastIncoming'
  | { readonly fieldId: number; readonly as: 'number' | 'date' | 'time' }

interface In {
  readonly is: 'in'
  readonly values: readonly (string | number | boolean)[]
}
/** Of each group one. */
interface All {
  readonly is: 'all'
  readonly groups: readonly (readonly (string | number)[])[]
}
interface Present {
  readonly is: 'present'
}
/** Ends are strict unless they are among it. Moments in milliseconds; dates and times as they are written. */
export interface Range {
  readonly is: 'range'
  readonly from?: { readonly at: number | string; readonly included: boolean } | undefined
  readonly to?: { readonly at: number | string; readonly included: boolean } | undefined
}

export type Plan = Atom | { readonly all: readonly Plan[] } | { readonly any: readonly Plan[] }

/** What a filter needs to know of its workspace. */
export interface FilterContext {
  readonly timeZone: string
  readonly now: Date
  /** Of the custom fields, by number. */
  readonly types: ReadonlyMap<number, string>
  /** Further numbers under which contacts still carry a tag. */
  readonly tagAliases: ReadonlyMap<number, readonly number[]>
}
