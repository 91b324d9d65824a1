/**
 * Does a request that carries a cookie come from our own pages? Browsers name the origin on every request that changes
 * something; programs without a browser name none. `own` is what the request itself says it was sent to.
 */
export function isOwnOrigin(origin: string | undefined, own: string, publicUrl: string | null): boolean {
  if (origin === undefined) return true
  return origin === own || (publicUrl !== null && origin === new URL(publicUrl).origin)
}
