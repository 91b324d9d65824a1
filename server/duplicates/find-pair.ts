import { findVisibleContact } from '../conversations/find-visible-contact.ts'
import type { Actor, Tx } from '../http/endpoint.ts'
import { refuse } from '../http/fail.ts'
import { pairOf, type Pair } from './pair.ts'

/** The two live contacts behind two ids, for a member who sees both; 404 for everybody else, 400 where they are one. */
export async function findPair(tx: Tx, actor: Actor, asked: { a: number; b: number }): Promise<Pair> {
  const { contactId: one } = await findVisibleContact(tx, actor, asked.a)
  const { contactId: other } = await findVisibleContact(tx, actor, asked.b)
  if (one === other) return refuse('b', 'same-contact', 'Name two contacts that are not one already.')
  return pairOf(one, other)
}
