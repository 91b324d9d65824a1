// pure
import type { MemberLink } from './load-trees.ts'

export interface Profile {
  readonly name: string | null
  readonly pictureUrl: string | null
}

/** Name and picture as the channel last heard from gives them; a channel taken off speaks only where no other does. */
export function profileOf(links: readonly MemberLink[], otherwise: Profile): Profile {
  const heard = links.toSorted(
    (a, b) => Number(a.removed) - Number(b.removed) || timeOf(b.lastInAt) - timeOf(a.lastInAt),
  )
  return {
    name: heard.find(({ profileName }) => profileName !== null)?.profileName ?? otherwise.name,
    pictureUrl: heard.find(({ pictureUrl }) => pictureUrl !== null)?.pictureUrl ?? otherwise.pictureUrl,
  }
}

const timeOf = (at: string | null) => (at === null ? 0 : Date.parse(at))
