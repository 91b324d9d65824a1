import { sql } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { Tx } from '../http/endpoint.ts'
import type { Known } from './load-known.ts'
import { pairName, pairOf } from './pair.ts'

/** What was known when somebody told two of these contacts apart, or any of the contacts they consist of: keys by pair. */
export async function findDecisions(
  tx: Tx,
  workspaceId: number,
  known: ReadonlyMap<number, Known>,
): Promise<Map<string, Set<string>>> {
  const rootOf = new Map([...known].flatMap(([id, { memberIds }]) => memberIds.map((member) => [member, id] as const)))
  const ids = [...rootOf.keys()]
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ a: number; b: number; keys: string[] }>`${prepared}
    select a, b, keys from identity_decision
    where workspace_id = ${workspaceId} and a = any(${ids}::bigint[]) and b = any(${ids}::bigint[])`.execute(tx)
  const decisions = new Map<string, Set<string>>()
  for (const { a, b, keys } of rows) {
    const name = pairName(pairOf(rootOf.get(a)!, rootOf.get(b)!))
    decisions.set(name, new Set([...(decisions.get(name) ?? []), ...keys]))
  }
  return decisions
}
