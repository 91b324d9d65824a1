// pure

/** The same data without the names of these contacts: wherever `contactId` stands beside a `name`. */
export function forgetNames(data: unknown, contactIds: ReadonlySet<number>): unknown {
  if (Array.isArray(data)) return data.map((item) => forgetNames(item, contactIds))
  if (typeof data !== 'object' || data === null) return data
  const said = data as Readonly<Record<string, unknown>>
  if (typeof said['contactId'] === 'number' && contactIds.has(said['contactId']) && 'name' in said)
    return { ...said, name: null }
  return Object.fromEntries(Object.entries(said).map(([key, value]) => [key, forgetNames(value, contactIds)]))
}
