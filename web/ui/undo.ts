import { dismissToast, toast } from './toast-store.ts'

interface Undoable {
  run: () => void
}

const stack: Undoable[] = []

interface Words {
  done: string
  undo: string
  undoing: string
  undone?: string
}

/** The place of an act among those that can be taken back. */
export interface UndoPlace {
  /**
   * The act is done: says so and offers to take it back, from the toast and by the undo key. Words come from the caller:
   * `done` ("Tag removed"), `undo` ("Undo"), `undoing` ("Undoing…"), `undone` ("Tag restored"). `revert` calls the server;
   * when it fails, the caller's own error handling speaks.
   */
  offer: (words: Words, revert: () => Promise<unknown>, stay?: number) => void
  /** The same without saying so: what was done is seen where it was done, and only the undo key takes it back. */
  keep: (words: Omit<Words, 'done' | 'undo'>, revert: () => Promise<unknown>) => void
  /** The act came to nothing: there is nothing to take back. */
  leave: () => void
}

/**
 * Takes the place when an act begins, so that the newest is the one begun last, in whatever order the server answers. Taken
 * back before it is done, an act is undone as soon as it is.
 */
export function holdUndo(): UndoPlace {
  let isWanted = false
  const entry: Undoable = { run: () => void (isWanted = leave()) }
  stack.push(entry)
  if (stack.length > 20) stack.shift()
  const leave = () => {
    const at = stack.indexOf(entry)
    if (at >= 0) stack.splice(at, 1)
    return at >= 0
  }
  /** Answers whether it can be taken back from now on: it may be on its way back already. */
  const arm = (words: Omit<Words, 'done' | 'undo'>, revert: () => Promise<unknown>, onUndo = () => {}): boolean => {
    const undo = async () => {
      const busy = toast(words.undoing, { tone: 'busy' })
      try {
        await revert()
        if (words.undone) toast(words.undone, { tone: 'ok' })
      } catch {
        // why has been said by the caller's own error handling
      } finally {
        dismissToast(busy)
      }
    }
    entry.run = () => {
      if (!leave()) return
      onUndo()
      void undo()
    }
    if (isWanted) void undo()
    return !isWanted
  }
  const offer: UndoPlace['offer'] = (words, revert, stay = 6000) => {
    let shown: number | undefined
    const isArmed = arm(words, revert, () => shown !== undefined && dismissToast(shown))
    if (isArmed) shown = toast(words.done, { tone: 'ok', stay, action: { label: words.undo, run: entry.run } })
  }
  return { offer, keep: (words, revert) => void arm(words, revert), leave: () => void leave() }
}

/** Says what was done and offers to take it back, for an act that took no place when it began. */
export const offerUndo: UndoPlace['offer'] = (...given) => holdUndo().offer(...given)

/** Takes back the newest act that can be; false when there is none. */
export function undoNewest(): boolean {
  const entry = stack.at(-1)
  entry?.run()
  return entry !== undefined
}
