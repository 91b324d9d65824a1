import type { Tx } from '../http/endpoint.ts'
import { goldenValues, type GoldenValues } from './golden-values.ts'
import { loadTrees, type TreeMember, type Trees } from './load-trees.ts'
import { writeGolden } from './write-golden.ts'

/** Has everybody in a tree who has absorbed others say anew what follows from what each says alone. Answers what the root says. */
export async function restoreGolden(tx: Tx, workspaceId: number, rootId: number): Promise<GoldenValues> {
  const trees = await loadTrees(tx, workspaceId, [rootId])
  const golden = goldenValues(trees.members, trees.ops)
  for (const member of trees.members.filter(({ row }) => row.own !== null))
    await writeGolden(tx, {
      member,
      golden: golden.get(member.id)!,
      own: member.own,
      profile: { name: member.row.profile_name, pictureUrl: member.row.picture_url },
      others: trees.members.filter((other) => other.id !== member.id && isBelow(trees, other, member.id)),
      live: member.id === rootId,
    })
  return golden.get(rootId)!
}

function isBelow(trees: Trees, member: TreeMember, id: number): boolean {
  const survivorId = trees.ops.find(({ childIds }) => childIds.includes(member.id))?.survivorId
  const survivor = trees.members.find((other) => other.id === survivorId)
  return survivor !== undefined && (survivor.id === id || isBelow(trees, survivor, id))
}
