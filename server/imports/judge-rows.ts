import { sql, type Selectable } from 'kysely'
import type { FieldProblem } from '#contract/errors.ts'
import type { ImportOutcome } from '#contract/import-words.ts'
import type { OwnValues } from '../contacts/golden-values.ts'
import type { Contact } from '../db/tables.ts'
import type { Reader, Tx } from '../http/endpoint.ts'
import { findOptOuts } from '../opt-outs/find-opt-outs.ts'
import { tagNameKey } from '../tags/tag-name.ts'
import { ownStrengths } from '../identity/index-keys.ts'
import { findHolders } from './find-holders.ts'
import { findOwners } from './find-owners.ts'
import { judgeRow } from './judge-row.ts'
import { keysOfRow, matchRow, precedes, type Holder, type Match } from './match-row.ts'
import { editPerson, personMade, personThere, type Person, type Writing } from './person.ts'
import type { NextRow } from './read-ahead.ts'
import type { RowContext } from './read-row.ts'

export interface JudgedRow {
  readonly place: number
  readonly outcome: ImportOutcome
  readonly reasons: readonly FieldProblem[]
  /** The contact it is about by number, or minus the place of the row which makes it. */
  readonly about: number | null
}

/** Who has a key by then: a contact by number, whom a row makes by minus its place, or nobody any more. */
export type KeysToCome = ReadonlyMap<string, number | null>

/** A contact as the rows judged so far would leave it. */
interface Foreseen {
  person: Person
  /** Keys of those whom it has absorbed: it answers to them whatever it says itself. */
  absorbed: ReadonlySet<string>
  tags: Set<string>
  assignee: number | null
  optOuts: Set<number | null>
}

/**
 * What would become of rows, one after the other, without writing anything: by the same rules as `writeBatch`. `earlier`: what the
 * rows before them would make of keys; `recall`: those of them that would make or change people, in the order of the file.
 */
export async function judgeRows(
  db: Reader | Tx,
  writing: Writing,
  context: RowContext,
  {
    rows,
    earlier,
    recall,
  }: {
    rows: readonly NextRow[]
    earlier: KeysToCome
    recall: (people: readonly number[]) => Promise<readonly { readonly about: number; readonly row: NextRow }[]>
  },
): Promise<{ judged: JudgedRow[]; keys: KeysToCome }> {
  const { workspaceId } = writing
  const { wish } = context
  const found = await findHolders(db, workspaceId, {
    ids: [
      ...rows.flatMap(({ contactId }) => contactId ?? []),
      ...[...earlier.values()].flatMap((id) => (id !== null && id > 0 ? [id] : [])),
    ],
    keys: rows.flatMap(({ keys }) => keys),
  })
  const holders = { byId: new Map<number, Match>(found.byId), byKey: new Map<string, Holder>(found.byKey) }
  for (const [key, id] of earlier) {
    const there = id !== null && id > 0 ? found.byId.get(id) : undefined
    if (there !== undefined) holders.byKey.set(key, { ...there, createdAt: 0 })
    else if (id !== null && id < 0) holders.byKey.set(key, toCome(-id))
    else holders.byKey.delete(key)
  }
  const met = [...holders.byId.values(), ...holders.byKey.values()].map(({ contactId }) => contactId)
  const foreseen = await foresee(db, workspaceId, met)
  for (const { about, row } of await recall([...new Set(met)])) {
    const before = foreseen.get(about)
    if (row.place === -about) foreseen.set(about, made(row))
    else if (before !== undefined) foreseen.set(about, change(before, row).after)
  }
  const keys = new Map<string, number | null>()
  const judged = rows.map((row): JudgedRow => {
    const verdict = judgeRow(row, matchRow(row, holders), wish.mode)
    const { place } = row
    if (verdict.act === 'leave') {
      const { outcome, reasons, contactId } = verdict
      return { place, outcome, reasons, about: contactId }
    }
    if (verdict.act === 'add') {
      foreseen.set(-place, made(row))
      hold(toCome(place, row.createdAt), keysSaid(foreseen.get(-place)!.person))
      return { place, outcome: 'added', reasons: [], about: null }
    }
    const { contactId } = verdict
    const before = foreseen.get(contactId)
    // whoever has gone since, or whom a row makes that cannot be read any more
    if (before === undefined) return { place, outcome: 'updated', reasons: [], about: contactId }
    const { after, any } = change(before, row)
    const [had, has] = [keysSaid(before.person), keysSaid(after.person)]
    for (const key of had)
      if (!has.includes(key) && !before.absorbed.has(key) && holders.byKey.get(key)?.contactId === contactId) {
        holders.byKey.delete(key)
        keys.set(key, null)
      }
    foreseen.set(contactId, after)
    const createdAt = before.person.write.after.created_at.getTime()
    hold({ contactId, blocked: false, createdAt }, has)
    return { place, outcome: any ? 'updated' : 'unchanged', reasons: [], about: contactId }
  })
  return { judged, keys }

  function made(row: NextRow): Foreseen {
    const person = personMade(-row.place, row.values, writing, row.createdAt)
    return {
      person,
      absorbed: new Set(),
      tags: new Set(row.tags.map(tagNameKey)),
      assignee: row.assignee,
      optOuts: new Set(row.optOuts),
    }
  }

  function change(before: Foreseen, row: NextRow): { after: Foreseen; any: boolean } {
    const { person, changes } = editPerson(before.person, row.values, wish.keepExisting, context, writing)
    const tags = new Set([...before.tags, ...row.tags.map(tagNameKey)])
    const optOuts = new Set([...before.optOuts, ...row.optOuts])
    const isKept = row.assignee === null || (wish.keepExisting && before.assignee !== null)
    const assignee = isKept ? before.assignee : row.assignee
    const any =
      changes.length > 0 ||
      tags.size > before.tags.size ||
      optOuts.size > before.optOuts.size ||
      assignee !== before.assignee
    return { after: { ...before, person, tags, optOuts, assignee }, any }
  }

  function hold(holder: Holder, said: readonly string[]): void {
    holders.byId.set(holder.contactId, holder)
    for (const key of said) {
      const there = holders.byKey.get(key)
      if (there !== undefined && !precedes(holder, there)) continue
      holders.byKey.set(key, holder)
      if (found.byKey.get(key)?.contactId !== holder.contactId) keys.set(key, holder.contactId)
    }
  }
}

/** Whom a row makes: after all who are there, in the order of the file, but for whoever was made elsewhere before. */
const toCome = (place: number, createdAt: number | null = null): Holder => ({
  contactId: -place,
  blocked: false,
  createdAt: createdAt ?? latest + place,
})
const latest = 8.64e15

/** The keys of what a contact says itself, whatever it shows of those it has absorbed. */
function keysSaid({ write: { after } }: Person): string[] {
  const own = after.own as OwnValues | null
  const values = own === null ? after : { phone: own.phone.value, email: own.email.value }
  return keysOfRow({ values: { phone: values.phone, email: values.email } }, ['phone', 'email'])
}

/** Those who are met, as they stand now. */
async function foresee(db: Reader | Tx, workspaceId: number, met: readonly number[]): Promise<Map<number, Foreseen>> {
  const ids = [...new Set(met.filter((id) => id > 0))]
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Selectable<Contact> & { tag_names: string[] }>`
    select c.*, array(select shown.name from tag t join tag shown on shown.workspace_id = t.workspace_id
        and shown.id = coalesce(t.merged_into, t.id)
      where t.workspace_id = c.workspace_id and t.id = any(c.tags)) as tag_names
    from contact c where c.workspace_id = ${workspaceId} and c.id = any(${ids}::bigint[])`.execute(db)
  const owners = await findOwners(db, workspaceId, ids)
  const silent = await findOptOuts(db, workspaceId, ids)
  const absorbed = await keysAbsorbed(
    db,
    workspaceId,
    rows.flatMap(({ id, own }) => (own === null ? [] : [id])),
  )
  return new Map(
    rows.map(({ tag_names: names, ...row }) => [
      row.id,
      {
        person: personThere(row, {}, []),
        absorbed: new Set(absorbed.get(row.id)),
        tags: new Set(names.map(tagNameKey)),
        assignee: owners.get(row.id)?.assigneeId ?? null,
        optOuts: silent.get(row.id) ?? new Set<number | null>(),
      },
    ]),
  )
}

async function keysAbsorbed(
  db: Reader | Tx,
  workspaceId: number,
  rootIds: readonly number[],
): Promise<Map<number, string[]>> {
  if (rootIds.length === 0) return new Map()
  const { rows } = await sql<{ id: number; keys: string[] }>`
    select c.root_id as id, array_agg(k.key) as keys from contact c
    join identity_key k on k.workspace_id = c.workspace_id and k.contact_id = c.id and k.strength = any(${ownStrengths}::text[])
    where c.workspace_id = ${workspaceId} and c.root_id = any(${rootIds}::bigint[]) group by c.root_id`.execute(db)
  return new Map(rows.map(({ id, keys }) => [id, keys]))
}
