import { useState } from 'react'
import type { Narrowing, Selection } from '#contract/filter.ts'

/** More are chosen by what they match, not one by one. */
const mostIds = 1000

type Chosen =
  | { readonly kind: 'ids'; readonly ids: ReadonlySet<number> }
  | { readonly kind: 'matching'; readonly except: ReadonlySet<number> }
  | { readonly kind: 'everyone' }

const nobody: Chosen = { kind: 'ids', ids: new Set() }

/** Which contacts of a list are chosen, and the ways to choose others. */
export interface ListSelection {
  readonly kind: Chosen['kind']
  /** The numbers, where they were chosen one by one. */
  readonly ids: readonly number[]
  /** How many; null where that is for the server to count. */
  readonly count: number | null
  readonly has: (id: number) => boolean
  readonly toggle: (id: number) => void
  /** Chooses these, or none of them where all are chosen. */
  readonly togglePage: (ids: readonly number[]) => void
  readonly chooseMatching: () => void
  readonly chooseEveryone: () => void
  readonly clear: () => void
  /** As an act on many contacts takes it. */
  readonly selection: Selection
}

/**
 * The selection of a list that is narrowed like this. `total`: how many the list holds, where that is known. It starts anew when
 * the list is narrowed to something else: whoever is no longer shown is no longer chosen.
 */
export function useSelection(narrowing: Narrowing, total: number | null): ListSelection {
  const list = JSON.stringify(narrowing)
  const [state, setState] = useState<{ list: string; chosen: Chosen }>({ list, chosen: nobody })
  const chosen = state.list === list ? state.chosen : nobody
  const choose = (next: Chosen) => setState({ list, chosen: next })
  const has = (id: number) =>
    chosen.kind === 'ids' ? chosen.ids.has(id) : chosen.kind === 'everyone' || !chosen.except.has(id)
  const withIds = (old: ReadonlySet<number>, ids: readonly number[], are: boolean) =>
    new Set(are ? [...new Set([...old, ...ids])].slice(0, mostIds) : [...old].filter((one) => !ids.includes(one)))
  const put = (ids: readonly number[], are: boolean) =>
    chosen.kind === 'matching'
      ? choose({ kind: 'matching', except: withIds(chosen.except, ids, !are) })
      : choose({ kind: 'ids', ids: withIds(chosen.kind === 'ids' ? chosen.ids : new Set(), ids, are) })
  return {
    kind: chosen.kind,
    ids: chosen.kind === 'ids' ? [...chosen.ids] : [],
    count:
      chosen.kind === 'ids'
        ? chosen.ids.size
        : chosen.kind === 'matching' && total !== null
          ? total - chosen.except.size
          : null,
    has,
    toggle: (id) => put([id], !has(id)),
    togglePage: (ids) => put(ids, !ids.every(has)),
    chooseMatching: () => choose({ kind: 'matching', except: new Set() }),
    chooseEveryone: () => choose({ kind: 'everyone' }),
    clear: () => choose(nobody),
    selection:
      chosen.kind === 'ids'
        ? { kind: 'ids', ids: [...chosen.ids] }
        : chosen.kind === 'matching'
          ? { kind: 'matching', ...narrowing, except: [...chosen.except] }
          : { kind: 'everyone' },
  }
}
