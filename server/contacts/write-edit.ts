import { recordActivity, type ActivityActor, type ActivityEntry } from '../activity/record-activity.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import type { Change, EditPlan } from './plan-edit.ts'
import { actorOf } from './provenance.ts'
import { writeContacts } from './write-contacts.ts'

/** How a change is told of beyond from and to. */
export type InWords = (change: Change) => Readonly<Record<string, unknown>>

/** Carries out a planned edit of a contact that stands for itself, and records who changed what. */
export async function writeEdit(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  plan: EditPlan,
  inWords: InWords = () => ({}),
  by?: ActivityActor,
): Promise<void> {
  await writeEdits(tx, deps, [plan], inWords, by)
}

/** The same for several contacts, at the cost of few. */
export async function writeEdits(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  plans: readonly EditPlan[],
  inWords: InWords,
  by?: ActivityActor,
): Promise<void> {
  if (plans.length === 0) return
  const { workspace_id } = plans[0]!.after
  await writeContacts(tx, workspace_id, plans)
  const entries = plans.flatMap((plan) => whatHappened(plan, inWords))
  const theirs = by === undefined ? entries : entries.map((entry) => ({ ...entry, actor: by }))
  await recordActivity(tx, deps.clock, workspace_id, theirs)
}

/** Who changed what, from → to; `inWords` adds what the numbers in it were called. */
export const whatHappened = ({ changes, after: { id } }: EditPlan, inWords: InWords): ActivityEntry[] =>
  changes.map((change) => {
    const { field, from, to, origin } = change
    const data = { field, from, to, source: origin.source, by: origin.by, ...inWords(change) }
    return { contactId: id, kind: 'fieldChanged', actor: actorOf(origin.source, origin.by, id), data }
  })
