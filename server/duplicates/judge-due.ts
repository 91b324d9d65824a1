import { sql } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { Tx } from '../http/endpoint.ts'
import { judgePair } from '../identity/judge-pair.ts'
import { groupHolders, type KeyGroup } from '../identity/key-group.ts'
import { sharedClues } from '../identity/shared-clues.ts'
import { findDecisions } from './find-decisions.ts'
import { findGroups } from './find-groups.ts'
import { loadKnown, type Known } from './load-known.ts'
import { pairName, type Pair } from './pair.ts'
import { writeShared } from './write-shared.ts'
import { writeVerdicts, type Verdict } from './write-verdicts.ts'

export interface Due {
  readonly contactId: number
  readonly lostKeys: readonly string[]
}

/**
 * Judges anew every pair that these contacts have a say in: among all who hold a key that they have or had, every suggestion
 * that stands on such a key, every suggestion of theirs. Bounded per contact by its keys, whatever the workspace's size.
 * @returns the contacts whose suggestions are other ones now
 */
export async function judgeDue(tx: Tx, workspaceId: number, due: readonly Due[], now: Date): Promise<number[]> {
  if (due.length === 0) return []
  const keys = await keysConcerned(tx, workspaceId, due)
  const groups = await findGroups(tx, workspaceId, keys)
  await writeShared(tx, workspaceId, groups)
  const pairs = new Map<string, Pair>()
  const add = (a: number, b: number) => {
    const pair = { a: Math.min(a, b), b: Math.max(a, b) }
    pairs.set(pairName(pair), pair)
  }
  for (const holders of groups.values()) holders?.forEach((a, at) => holders.slice(at + 1).forEach((b) => add(a, b)))
  for (const { a, b } of await suggestedPairs(tx, workspaceId, keys, due)) add(a, b)
  const verdicts = await judgePairs(tx, workspaceId, [...pairs.values()], groups)
  return writeVerdicts(tx, workspaceId, verdicts, now)
}

async function keysConcerned(tx: Tx, workspaceId: number, due: readonly Due[]): Promise<string[]> {
  const ids = due.map(({ contactId }) => contactId)
  const { rows } = await sql<{ key: string }>`${prepared}
    select distinct k.key
    from contact asked
    join contact c on c.workspace_id = asked.workspace_id
      and (c.id = coalesce(asked.root_id, asked.id) or c.root_id = coalesce(asked.root_id, asked.id))
    join identity_key k on k.workspace_id = c.workspace_id and k.contact_id = c.id
    where asked.workspace_id = ${workspaceId} and asked.id = any(${ids}::bigint[])`.execute(tx)
  return [...new Set([...rows.map(({ key }) => key), ...due.flatMap(({ lostKeys }) => lostKeys)])]
}

async function suggestedPairs(
  tx: Tx,
  workspaceId: number,
  keys: readonly string[],
  due: readonly Due[],
): Promise<Pair[]> {
  const ids = due.map(({ contactId }) => contactId)
  const { rows } = await sql<Pair>`${prepared}
    with concerned as (
      select coalesce(root_id, id) as id from contact
      where workspace_id = ${workspaceId} and id = any(${ids}::bigint[])
      union select unnest(${ids}::bigint[])
    )
    select a, b from suggestion_key where workspace_id = ${workspaceId} and key = any(${keys}::text[])
    union select a, b from pair_suggestion
      where workspace_id = ${workspaceId} and a in (select id from concerned)
    union select a, b from pair_suggestion
      where workspace_id = ${workspaceId} and b in (select id from concerned)`.execute(tx)
  return rows
}

async function judgePairs(
  tx: Tx,
  workspaceId: number,
  pairs: readonly Pair[],
  groups: Map<string, number[] | null>,
): Promise<Verdict[]> {
  const known = await loadKnown(
    tx,
    workspaceId,
    pairs.flatMap(({ a, b }) => [a, b]),
  )
  const shared = pairs.map((pair) => {
    const [a, b] = [known.get(pair.a), known.get(pair.b)]
    return a === undefined || b === undefined ? null : { ...pair, of: [a, b] as const, keys: keysOfBoth(a, b) }
  })
  const further = [...new Set(shared.flatMap((pair) => pair?.keys ?? []))].filter((key) => !groups.has(key))
  for (const [key, holders] of await findGroups(tx, workspaceId, further)) groups.set(key, holders)
  const beside = shared.flatMap((pair) => (pair?.keys ?? []).flatMap((key) => groups.get(key) ?? []))
  const others = await loadKnown(
    tx,
    workspaceId,
    beside.filter((id) => !known.has(id)),
  )
  const groupOf = keyGroups(groups, (id) => known.get(id) ?? others.get(id))
  const decisions = await findDecisions(tx, workspaceId, known)
  return pairs.map((pair, at): Verdict => {
    const found = shared[at]
    const judgement = found == null ? null : judgePair(found.of[0].contact, found.of[1].contact, groupOf)
    const keys = (found?.keys ?? []).filter((key) => groupOf(key) !== null)
    return { ...pair, keys, judgement: isToldApart(decisions.get(pairName(pair)), keys) ? null : judgement }
  })
}

const keysOfBoth = (a: Known, b: Known) => [
  ...new Set(sharedClues(a.contact, b.contact).map(({ a: clue }) => clue.key)),
]

/** Somebody said that they are two people, and nothing is known now that was not known then. */
const isToldApart = (decided: ReadonlySet<string> | undefined, keys: readonly string[]) =>
  decided !== undefined && keys.every((key) => decided.has(key))

function keyGroups(
  groups: ReadonlyMap<string, number[] | null>,
  knownOf: (id: number) => Known | undefined,
): (key: string) => KeyGroup<number> | null {
  const made = new Map<string, KeyGroup<number> | null>()
  return (key) => {
    const before = made.get(key)
    if (before !== undefined) return before
    const holders = (groups.get(key) ?? []).flatMap((id) => {
      const contact = knownOf(id)?.contact
      const clue = contact?.clues.find((one) => one.key === key)
      return contact === undefined || clue === undefined ? [] : [{ contact, strength: clue.strength }]
    })
    const group = groups.get(key) == null ? null : groupHolders(key, holders)
    made.set(key, group)
    return group
  }
}
