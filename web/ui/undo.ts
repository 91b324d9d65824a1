import { dismissToast, toast } from './toast-store.ts'

interface Undoable {
  run: () => void
}

const stack: Undoable[] = []

/**
 * Says what was done and offers to take it back, from the toast and by the undo key. Words come from the caller:
 * `done` ("Tag removed"), `undo` ("Undo"), `undoing` ("Undoing…"), `undone` ("Tag restored"). `revert` calls the server;
 * when it fails, the caller's own error handling speaks.
 */
export function offerUndo(
  words: { done: string; undo: string; undoing: string; undone?: string },
  revert: () => Promise<unknown>,
  stay = 6000,
): void {
  const entry: Undoable = { run: () => void undo() }
  stack.push(entry)
  if (stack.length > 20) stack.shift()
  const shown = toast(words.done, { tone: 'ok', stay, action: { label: words.undo, run: entry.run } })

  async function undo() {
    const at = stack.indexOf(entry)
    if (at < 0) return
    stack.splice(at, 1)
    dismissToast(shown)
    const busy = toast(words.undoing, { tone: 'busy' })
    try {
      await revert()
      if (words.undone) toast(words.undone, { tone: 'ok' })
    } finally {
      dismissToast(busy)
    }
  }
}

/** Takes back the newest act that can be; false when there is none. */
export function undoNewest(): boolean {
  const entry = stack.at(-1)
  entry?.run()
  return entry !== undefined
}
