// pure
import { pairName, pairOf, type Pair } from './pair.ts'

/** A merged contact of more members is looked at by somebody first. */
const mostMembers = 10

/**
 * A group around a contact in which every two are linked; never what hangs together only through others, since that is how
 * strangers become one. Greedy in the order of `near`, surest first.
 * @param links the pairs suggested as A or B whose names do not contradict
 */
export function findClique(contactId: number, near: readonly number[], links: readonly Pair[]): number[] {
  const linked = new Set(links.map(pairName))
  const group = [contactId]
  for (const id of near) {
    if (group.length === mostMembers) break
    if (group.every((member) => linked.has(pairName(pairOf(member, id))))) group.push(id)
  }
  return group
}
