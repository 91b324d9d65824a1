import type { FieldProblem } from '#contract/errors.ts'
import type { ImportOutcome } from '#contract/import-words.ts'
import { madeOf } from '../contacts/plan-restore.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import type { HeldTag } from '../tags/hold-tags.ts'
import { findOptOuts } from '../opt-outs/find-opt-outs.ts'
import { writeOptOuts, type OptOutAsked } from '../opt-outs/write-opt-out.ts'
import { giveTogether, type Given } from '../bulk/give-together.ts'
import { takingBreaths } from '../jobs/taking-breaths.ts'
import { findHolders } from './find-holders.ts'
import { findOwners, type Owner } from './find-owners.ts'
import { judgeRow, type Verdict } from './judge-row.ts'
import { loadPeople, writePeople } from './load-people.ts'
import { keysOfRow, matchRow, precedes, type Holder, type Match } from './match-row.ts'
import { editPerson, personMade, tagPerson, type Before, type Person, type Writing } from './person.ts'
import type { NextRow } from './read-ahead.ts'
import type { RowContext } from './read-row.ts'

export interface RowDone {
  readonly place: number
  readonly outcome: ImportOutcome
  readonly reasons: readonly FieldProblem[]
  readonly contactId: number | null
  readonly before: Before | null
}

export interface Batch extends RowContext, Writing {
  readonly tx: Tx
  readonly deps: Deps
  /** Those that every contact of the import gets. */
  readonly common: readonly HeldTag[]
  readonly tagOf: (name: string) => HeldTag | undefined
  /** Waits for whoever may change somebody whom these rows are about; answers whether there was one. */
  readonly catchUp: () => Promise<boolean>
  /** Told when all is decided, and the database begins to write: the keys by which these rows are known. */
  readonly onWriting: (keys: ReadonlySet<string>) => void
}

/**
 * Carries out rows as if one after the other, but looks, locks and writes for all of them at once. Stops before a row that asks
 * for a key which an earlier one took off somebody: whoever has it then is to be looked for anew.
 * @returns what became of the first rows, of one at least
 */
export async function writeBatch(batch: Batch, rows: readonly NextRow[]): Promise<RowDone[]> {
  const { tx, deps, wish, workspaceId } = batch
  const find = () =>
    findHolders(tx, workspaceId, {
      ids: rows.flatMap(({ contactId }) => contactId ?? []),
      keys: rows.flatMap(({ keys }) => keys),
    })
  let found = await find()
  if (found.byId.size + found.byKey.size > 0 && (await batch.catchUp())) found = await find()
  const expected = rows.map((row) => judgeRow(row, matchRow(row, found), wish.mode))
  const roots = expected.flatMap((verdict) => (verdict.act === 'update' ? [verdict.contactId] : []))
  const there = await loadPeople(tx, workspaceId, [...new Set(roots)])
  const added = expected.filter(({ act }) => act === 'add').length
  let number = added === 0 ? 0 : await deps.numbers.next(workspaceId, 'contact', added)

  const people = new Map(there.people)
  const holders = { byId: new Map<number, Match>(found.byId), byKey: new Map<string, Holder>(found.byKey) }
  const silent = rows.some(({ optOuts }) => optOuts.length > 0)
    ? await findOptOuts(tx, workspaceId, [...people.keys()])
    : new Map<number, Set<number | null>>()
  const asked: OptOutAsked[] = []
  const owners = rows.some(({ assignee }) => assignee !== null)
    ? await findOwners(tx, workspaceId, [...people.keys()])
    : new Map<number, Owner>()
  /** By contact, from whoever had it when the batch began to whom the last of its rows gives it. */
  const given = new Map<number, Given>()
  const taken = new Set<string>()
  const done: RowDone[] = []
  const breath = takingBreaths()
  for (const row of rows) {
    if (breath.isDue()) await breath.take()
    if (row.keys.some((key) => taken.has(key))) break
    const verdict = judgeRow(row, matchRow(row, holders), wish.mode)
    if (verdict.act === 'add') {
      const person = personMade(number, row.values, batch, row.createdAt)
      people.set(number, tagPerson(person, tagsOf(batch, row), batch).person)
      noteOptOuts(number, row)
      give(number, row)
      hold(
        holders,
        { contactId: number, blocked: false, createdAt: person.write.after.created_at.getTime() },
        keysSaid(person),
      )
      done.push({ ...nothing(row), outcome: 'added', contactId: number, before: { added: true } })
      number++
    } else done.push(verdict.act === 'leave' ? left(row, verdict) : update(row, verdict.contactId))
  }
  // who is there already and keeps its keys is found by them, and waited for
  if (done.length === rows.length)
    batch.onWriting(new Set([...rows.flatMap(({ keys }) => keys), ...holders.byKey.keys()]))
  await writePeople(tx, deps, workspaceId, [...people.values()])
  const { importId } = batch
  await giveTogether(tx, deps, workspaceId, [...given.values()], { type: 'import', id: importId })
  await writeOptOuts(tx, deps, workspaceId, asked, {
    source: 'import',
    by: importId,
    reason: null,
    actor: { type: 'import', id: importId },
  })
  return done

  /** What is not noted yet; an import never lifts it. */
  function noteOptOuts(contactId: number, { optOuts }: NextRow): (number | null)[] {
    const known = silent.get(contactId) ?? new Set()
    const news = optOuts.filter((channelId) => !known.has(channelId))
    silent.set(contactId, new Set([...known, ...news]))
    asked.push(...news.map((channelId) => ({ contactId, channelId })))
    return news
  }

  /** Gives the contact to whom the row names; answers who had it, null where that is no change. */
  function give(contactId: number, { assignee }: NextRow): { from: number | null; to: number } | null {
    const owner = owners.get(contactId) ?? { assigneeId: null, conversationId: null }
    const from = given.get(contactId)?.to?.memberId ?? owner.assigneeId
    if (assignee === null || assignee === from || (wish.keepExisting && from !== null)) return null
    const { name, teamId } = batch.members.find(({ id }) => id === assignee)!
    const { assigneeId, conversationId } = owner
    if (assignee === assigneeId) given.delete(contactId)
    else given.set(contactId, { contactId, conversationId, from: assigneeId, to: { memberId: assignee, name, teamId } })
    return { from, to: assignee }
  }

  function update(row: NextRow, asked: number): RowDone {
    const id = there.rootOf.get(asked) ?? asked
    const known = people.get(id)
    if (known === undefined) return nobody(row, 'skipped', 'gone', 'The contact has just been deleted.')
    if (known.write.after.blocked_at !== null) return nobody(row, 'blocked', 'blocked', 'The contact is blocked.')
    const { provenance, after } = known.write
    const { person, changes } = editPerson(known, row.values, wish.keepExisting, batch, batch)
    const { person: now, added: tags } = tagPerson(person, tagsOf(batch, row), batch)
    people.set(id, now)
    if (now.write.reached) {
      const [had, has] = [keysSaid(known), keysSaid(now)]
      for (const key of had) if (!has.includes(key)) taken.add(key)
      hold(holders, { contactId: id, blocked: false, createdAt: after.created_at.getTime() }, has)
    }
    const optOuts = noteOptOuts(id, row)
    const assignee = give(id, row)
    // the tag of the import alone is no change of what is known
    const common = new Set(batch.common)
    const isChanged =
      changes.length > 0 || optOuts.length > 0 || assignee !== null || tags.some((one) => !common.has(one))
    return {
      ...nothing(row),
      outcome: isChanged ? 'updated' : 'unchanged',
      contactId: id,
      before:
        changes.length === 0 && tags.length === 0 && optOuts.length === 0 && assignee === null
          ? null
          : {
              changes: changes.map((change) => madeOf(change, after, provenance)),
              tags: tags.map((tag) => tag.id),
              optOuts,
              ...(assignee === null ? {} : { assignee }),
              phoneUnverified: after.phone_unverified,
            },
    }
  }
}

const nothing = ({ place }: NextRow) => ({ place, reasons: [], contactId: null, before: null })

const nobody = (row: NextRow, outcome: ImportOutcome, reason: string, message: string): RowDone => ({
  ...nothing(row),
  outcome,
  reasons: [{ path: 'row', reason, message }],
})

const left = (row: NextRow, { outcome, reasons, contactId }: Extract<Verdict, { act: 'leave' }>): RowDone => ({
  ...nothing(row),
  outcome,
  reasons,
  contactId,
})

const tagsOf = ({ common, tagOf }: Batch, { tags }: NextRow): HeldTag[] => [
  ...new Set([...common, ...tags.flatMap((name) => tagOf(name) ?? [])]),
]

/** The keys of what a contact says itself, by which rows recognise it. */
const keysSaid = ({ write }: Person): string[] => keysOfRow({ values: write.says }, ['phone', 'email'])

function hold(
  { byId, byKey }: { byId: Map<number, Match>; byKey: Map<string, Holder> },
  holder: Holder,
  keys: readonly string[],
): void {
  byId.set(holder.contactId, holder)
  for (const key of keys) {
    const known = byKey.get(key)
    if (known === undefined || precedes(holder, known)) byKey.set(key, holder)
  }
}
