type Path = readonly (string | number)[]

/** Every place in a JSON value where a value stands, the whole first. */
export function placesOf(input: unknown, path: Path = []): Path[] {
  if (input === null || typeof input !== 'object') return [path]
  return [path, ...Object.entries(input).flatMap(([key, value]) => placesOf(value, [...path, key]))]
}

/** A copy with another value in one place. */
export function withValue(input: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value
  const copy: Record<string, unknown> | unknown[] = Array.isArray(input) ? [...input] : { ...(input as object) }
  ;(copy as Record<string, unknown>)[key] = withValue((input as Record<string, unknown>)[key], rest, value)
  return copy
}
