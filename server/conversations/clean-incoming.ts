import type { Incoming } from '../channels/adapter.ts'

/**
 * What strangers send may hold NULs and broken surrogates, which neither the database's text nor its JSON takes: a mark
 * stands in their place, the rest stays. Bytes are left alone.
 */
export function cleanIncoming<Item extends Incoming>(item: Item): Item {
  return clean(item) as Item
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.includes('\u0000') || !value.isWellFormed() ? cleanText(value) : value
  if (Array.isArray(value)) return value.map(clean)
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value) || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [cleanText(key), clean(part)]))
}

const cleanText = (text: string) => text.replaceAll('\u0000', '\ufffd').toWellFormed()
