// pure
import type { Trees } from '../contacts/load-trees.ts'
import { profileOf, type Profile } from '../contacts/profile-of.ts'

/** Name and picture of a contact that will stand for these members: as their channels say, else as before its first merge. */
export function profileAfter(contactId: number, memberIds: readonly number[], { members, ops }: Trees): Profile {
  const first = ops.filter(({ survivorId }) => survivorId === contactId).toSorted((a, b) => a.id - b.id)[0]
  const row = members.find(({ id }) => id === contactId)?.row
  const links = members.flatMap((member) => (memberIds.includes(member.id) ? member.links : []))
  return profileOf(
    links,
    first?.before.profile ?? { name: row?.profile_name ?? null, pictureUrl: row?.picture_url ?? null },
  )
}
