/** The number of the workspace a page address belongs to; null outside of any. */
export function workspaceInUrl(path: string): number | null {
  const found = /^\/w\/(\d{1,15})(?:\/|$)/.exec(path)
  return found ? Number(found[1]) : null
}
