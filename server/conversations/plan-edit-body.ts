import type { StoredBody } from './outgoing-body.ts'

/** How often a message's earlier words are kept; providers allow few edits, and a thread's rows stay small. */
const mostEarlier = 5

/** What is kept in a body of its having been written anew. */
export interface StoredEdits {
  readonly revision: number
  readonly at: string
  /** What it said before, newest first. */
  readonly earlier: readonly string[]
}

export const editsOf = (body: StoredBody): StoredEdits | null => (body['edits'] as StoredEdits | undefined) ?? null

/**
 * A body with other words, which remembers the ones before: whoever answered has answered those. Null where there is
 * nothing to change: an edit that is older than what stands, a body without words of the person's.
 */
export function planEditBody(
  body: StoredBody,
  edit: { text: string; revision: number; at: Date },
): (StoredBody & { edits: StoredEdits }) | null {
  const before = editsOf(body)
  if (body.type !== 'text' && body.type !== 'attachment') return null
  if (before !== null && edit.revision <= before.revision) return null
  if (edit.text === (body.text ?? '')) return null
  const earlier = [...(body.text ? [body.text] : []), ...(before?.earlier ?? [])].slice(0, mostEarlier)
  const text = body.type === 'attachment' && edit.text === '' ? null : edit.text
  const edits = { revision: edit.revision, at: edit.at.toISOString(), earlier }
  return { ...body, text, edits } as StoredBody & { edits: StoredEdits }
}
