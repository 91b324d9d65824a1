/** One message in the corner, with at most one action. */
export interface Toast {
  id: number
  text: string
  tone: 'plain' | 'ok' | 'error' | 'busy'
  action?: { label: string; run: () => void } | undefined
  /** How long it stays, in milliseconds; null stays until dismissed. */
  stay: number | null
}

let toasts: readonly Toast[] = []
let lastId = 0
const listeners = new Set<() => void>()

function set(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

/** The toasts now showing, oldest first. */
export const currentToasts = (): readonly Toast[] => toasts

/** Calls back whenever the toasts change; returns the way to stop. */
export function watchToasts(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Shows a message and returns its id. At most three stand at once; the oldest gives way. Not the only place of a fact. */
export function toast(text: string, options: Partial<Omit<Toast, 'id' | 'text'>> = {}): number {
  const tone = options.tone ?? 'plain'
  const stay = options.stay === undefined ? (tone === 'busy' ? null : 6000) : options.stay
  const one: Toast = { id: ++lastId, text, tone, action: options.action, stay }
  set([...toasts.slice(-2), one])
  return one.id
}

/** Takes a message away. */
export function dismissToast(id: number): void {
  set(toasts.filter((one) => one.id !== id))
}

/** Says what went wrong; read out at once. */
export function toastError(text: string, action?: Toast['action']): number {
  return toast(text, { tone: 'error', stay: 10_000, action })
}
