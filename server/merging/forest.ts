// pure

/** The merges that stand, as edges from those absorbed to who absorbed them. */
interface Edges {
  readonly id: number
  readonly survivorId: number
  readonly childIds: readonly number[]
}

const parentOf = (ops: readonly Edges[], id: number): Edges | undefined =>
  ops.find(({ childIds }) => childIds.includes(id))

/** The merges on the way up from a contact to its live root, the nearest first. */
export function pathUp<Op extends Edges>(ops: readonly Op[], id: number): Op[] {
  const op = parentOf(ops, id) as Op | undefined
  return op === undefined ? [] : [op, ...pathUp(ops, op.survivorId)]
}

/** A contact with everybody below it, itself first. */
export function subtree(ops: readonly Edges[], id: number): number[] {
  const children = ops.filter(({ survivorId }) => survivorId === id).flatMap(({ childIds }) => childIds)
  return [id, ...children.flatMap((child) => subtree(ops, child))]
}
