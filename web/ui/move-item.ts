interface Keyed<Key extends string> {
  readonly key: Key
}

/** The same list with one item elsewhere. */
export function moveItem<Key extends string, Item extends Keyed<Key>>(
  items: readonly Item[],
  key: Key,
  to: number,
): readonly Item[] {
  const item = items.find((one) => one.key === key)
  const rest = items.filter((one) => one.key !== key)
  return item === undefined ? items : [...rest.slice(0, to), item, ...rest.slice(to)]
}

/** The key of what follows an item; null for the last. */
export function followerOf<Key extends string>(items: readonly Keyed<Key>[], key: Key): Key | null {
  return items[items.findIndex((one) => one.key === key) + 1]?.key ?? null
}

/** What an item comes to stand before when it is moved by a step; null where it comes last. */
export function beforeAfter<Key extends string>(
  items: readonly Keyed<Key>[],
  key: Key,
  step: 'up' | 'down' | 'first' | 'last',
): Key | null {
  const at = items.findIndex((one) => one.key === key)
  const place = { up: at - 1, down: at + 2, first: 0, last: items.length }[step]
  return items[place]?.key ?? null
}
