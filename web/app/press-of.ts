type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> & {
  getModifierState?: (key: string) => boolean
}

/**
 * A key press as commands write it: `k`, `shift+x`, `mod+k` (⌘ on a Mac, Ctrl elsewhere), `?`. By what the key types, not
 * where it lies, so it holds on every layout; null for AltGr, which types characters on many.
 */
export function pressOf(event: Pressed, isMac: boolean): string | null {
  if (event.getModifierState?.('AltGraph') || event.altKey) return null
  if (isMac ? event.ctrlKey : event.metaKey) return null
  const isMod = isMac ? event.metaKey : event.ctrlKey
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase()
  const isSymbol = key.length === 1 && key.toUpperCase() === key.toLowerCase()
  return [isMod && 'mod', event.shiftKey && !isSymbol && 'shift', key].filter(Boolean).join('+')
}

/** What keys mean so far: the first press of a pair (`g i`) waits a second for the other. */
export interface Waiting {
  press: string
  /** Milliseconds. */
  since: number
}

/** Which binding a press completes, and what now waits. A completed pair hides the meaning its second key has alone. */
export function nextPress(
  waiting: Waiting | null,
  press: string,
  now: number,
  bindings: ReadonlySet<string>,
): { run: string | null; waiting: Waiting | null } {
  const pair = waiting && now - waiting.since < 1000 ? `${waiting.press} ${press}` : null
  if (pair && bindings.has(pair)) return { run: pair, waiting: null }
  const begins = [...bindings].some((keys) => keys.startsWith(`${press} `))
  return { run: bindings.has(press) ? press : null, waiting: begins ? { press, since: now } : null }
}
