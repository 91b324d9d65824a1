/**
 * Several batches of an import are under way at once, in the order of the file: while the database writes the one, the next is
 * read, decided and begins to be written. It follows so closely only where it can have nothing to do with those before it; else it
 * waits until these are committed, and always commits after them.
 */
export interface Turn {
  /** Rows of the file before it; known when it has begun. */
  from: number
  /** More rows come after it. */
  hasNext: boolean
  /** The one before it, while that one is under way. */
  before: Turn | null
  /** By which keys its rows are known: whoever follows may begin. */
  readonly decided: Promise<ReadonlySet<string>>
  decide(keys: ReadonlySet<string>): void
  /** It begins anew: who has followed it closely does too. */
  readonly stumbled: Promise<void>
  stumble(): void
  /** Whether there was anything left to do; committed then. */
  done: Promise<boolean>
}

/** What a batch meets that has followed another too closely: it has done nothing, and begins anew. */
export const overtaken = new Error('the batch before it has begun anew')

export function openTurn(before: Turn | null): Turn {
  const decided = Promise.withResolvers<ReadonlySet<string>>()
  const stumbled = Promise.withResolvers<void>()
  return {
    from: 0,
    hasNext: false,
    before,
    decided: decided.promise,
    decide: decided.resolve,
    stumbled: stumbled.promise,
    stumble: stumbled.resolve,
    done: Promise.resolve(false),
  }
}

/** Waits until the one before is committed; answers whether there was one. @throws `overtaken`; what became of the one before */
export async function catchUp(turn: Turn): Promise<boolean> {
  const { before } = turn
  if (before === null) return false
  const isOvertaken = await Promise.race([before.done.then(() => false), before.stumbled.then(() => true)])
  if (isOvertaken) throw overtaken
  turn.before = null
  return true
}

/** Waits until those before have decided, and where these rows may have to do with them until they are committed. */
export async function keepDistance(
  turn: Turn,
  rows: readonly { readonly contactId: number | null; readonly keys: readonly string[] }[],
): Promise<void> {
  for (let { before } = turn; before !== null; before = before.before) {
    const theirs = await Promise.race([before.decided, before.done.then(() => null)])
    // the first contact of a workspace says when that began; and a number may be one that is being given just now
    const isClose =
      before.from === 0 ||
      rows.some(({ contactId, keys }) => contactId !== null || keys.some((key) => theirs?.has(key)))
    if (theirs !== null && !isClose) continue
    await catchUp(turn)
    return
  }
}
