type Settings = Readonly<Record<string, unknown>>

/** Settings without their secrets (each replaced by ''), and the secrets apart, by dotted path. */
export function takeSecrets(
  settings: Settings,
  paths: readonly string[],
): { settings: Record<string, unknown>; secrets: Record<string, string> } {
  const secrets: Record<string, string> = {}
  let open: Record<string, unknown> = structuredClone({ ...settings })
  for (const path of paths) {
    const value = at(open, path)
    if (typeof value !== 'string') continue
    secrets[path] = value
    open = withValue(open, path, '')
  }
  return { settings: open, secrets }
}

/** Puts secrets back in their places. One whose place no longer exists (a part of the settings is null) is left out. */
export function putSecrets(settings: Settings, secrets: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.entries(secrets).reduce<Record<string, unknown>>(
    (whole, [path, secret]) => (typeof at(whole, path) === 'string' ? withValue(whole, path, secret) : whole),
    { ...settings },
  )
}

/** An edit of settings: what it names is replaced, part by part; a secret sent as '' stays as it is. */
export function mergeSettings(
  before: Settings,
  edit: Settings,
  secretPaths: readonly string[],
  prefix = '',
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...before }
  for (const [key, value] of Object.entries(edit)) {
    const path = `${prefix}${key}`
    const earlier = before[key]
    if (value === '' && secretPaths.includes(path) && typeof earlier === 'string') continue
    merged[key] = isPart(value) && isPart(earlier) ? mergeSettings(earlier, value, secretPaths, `${path}.`) : value
  }
  return merged
}

const isPart = (value: unknown): value is Settings =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const at = (settings: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((part, key) => (isPart(part) && Object.hasOwn(part, key) ? part[key] : undefined), settings)

function withValue(settings: Settings, path: string, value: string): Record<string, unknown> {
  const [key = '', ...rest] = path.split('.')
  return { ...settings, [key]: rest.length === 0 ? value : withValue(settings[key] as Settings, rest.join('.'), value) }
}
