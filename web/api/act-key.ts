const keys = new WeakMap<object, string>()

/**
 * The key under which the server recognises a repeated act. The same input object is the same act, so a retry after a
 * lost answer repeats the key; `endAct` is called once the server has answered, after which the same object is a new act.
 */
export function actKey(input: unknown): string {
  if (typeof input !== 'object' || input === null) return crypto.randomUUID()
  const known = keys.get(input)
  if (known) return known
  const key = crypto.randomUUID()
  keys.set(input, key)
  return key
}

/** The act is done, or refused for good. */
export function endAct(input: unknown): void {
  if (typeof input === 'object' && input !== null) keys.delete(input)
}
