import type { FieldValue } from '#contract/fields.ts'
import type { MergeEntry } from '#contract/merging.ts'
import { displayName } from '../contacts/display-name.ts'
import { heldIn, type GoldenField } from '../contacts/golden-values.ts'
import { namesOf } from '../contacts/write-golden.ts'
import { searchText } from '../contacts/search-text.ts'
import type { TreeMember } from '../contacts/load-trees.ts'
import { silentFields } from '../fields/silent-fields.ts'
import type { Reader, Tx } from '../http/endpoint.ts'
import { formatPhone } from '../identity/phone-key.ts'
import { countMoves } from './count-moves.ts'
import { findNames } from '../contacts/find-names.ts'
import { meansTheSame, type MergeDecision } from './plan-merge.ts'

/** What the history shows of a merge, as it was then: kept in `merge_op.shown`. */
export type ShownMerge = Pick<MergeEntry, 'survivorName' | 'absorbed' | 'discarded' | 'moved' | 'channelKinds'> & {
  /** Merges of before this was kept have none. */
  readonly runsStopped?: MergeEntry['runsStopped']
}

/** Puts a merge into the words the history keeps. Reads what moves: call it before it does. */
export async function describeMerge(
  db: Reader | Tx,
  workspaceId: number,
  decision: MergeDecision,
  runsStopped: MergeEntry['runsStopped'],
): Promise<{ shown: ShownMerge; txt: string }> {
  const { survivor, absorbed, said } = decision
  const absorbedIds = absorbed.map(({ id }) => id)
  const assignees = said.flatMap(({ values }) =>
    values.assignee.value === null ? [] : [Number(values.assignee.value)],
  )
  const stages = new Set(said.map(({ values }) => values.lifecycle.value))
  const names = assignees.length < 2 && stages.size < 2 ? null : await findNames(db, workspaceId, assignees, [])
  const show = (field: GoldenField, value: FieldValue) => {
    if (field === 'assignee') return names?.member(Number(value)) ?? ''
    if (field === 'lifecycle') return names?.stage(Number(value)) ?? ''
    return field === 'phone' ? formatPhone(String(value)) : String(value)
  }
  const moved = { channels: 0, conversations: 0, messages: 0, notes: 0 }
  for (const moves of await countMoves(db, workspaceId, absorbedIds))
    for (const key of ['channels', 'conversations', 'messages', 'notes'] as const)
      moved[key] = Math.min(1000, moved[key] + moves[key])
  const ids = [survivor.id, ...absorbedIds].map((id) => ` ${id}`)
  return {
    shown: {
      survivorName: displayName(survivor.row),
      absorbed: absorbed.map(({ id, row }) => ({ contactId: id, displayName: displayName(row) })),
      discarded: discardedValues(decision, show),
      moved,
      channelKinds: [...new Set(absorbed.flatMap(kindsOf))],
      runsStopped,
    },
    txt:
      searchText(survivor.row, await silentFields(db, workspaceId), [survivor, ...absorbed].flatMap(namesOf)) +
      ids.join(''),
  }
}

function discardedValues(
  { fields, said, golden }: MergeDecision,
  show: (field: GoldenField, value: FieldValue) => string,
): ShownMerge['discarded'] {
  return fields.flatMap((field) => {
    const kept = heldIn(golden, field).value
    const others = said.flatMap(({ values }) => {
      const { value } = heldIn(values, field)
      return value === null || meansTheSame(field, [kept, value]) ? [] : [show(field, value)]
    })
    return others.length === 0
      ? []
      : [{ field, from: [...new Set(others)], to: kept === null ? null : show(field, kept) }]
  })
}

const kindsOf = ({ links }: TreeMember) => links.flatMap(({ kind, removed }) => (removed ? [] : [kind]))
