import type { OutgoingBody } from '#contract/conversations.ts'
import type { Line } from '../channels/adapter.ts'
// pure

type Known = { readonly [Key in 'name' | 'language' | 'category' | 'body']?: unknown }

/** The template that is to be sent, from the list the line last saw; undefined where it is not known, or it is none. */
export function findTemplate(progress: Line['progress'], body: OutgoingBody): Known | undefined {
  if (body.type !== 'template' || !Array.isArray(progress['templates'])) return undefined
  return (progress['templates'] as Known[]).find(
    ({ name, language }) => name === body.name && language === body.language,
  )
}
