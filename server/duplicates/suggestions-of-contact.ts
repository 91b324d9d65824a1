import type { Suggestion } from '#contract/suggestion.ts'
import { loadSuggestions } from '../contacts/load-suggestions.ts'
import { findVisibleContact } from '../conversations/find-visible-contact.ts'
import { showSuggestions } from '../contacts/show-suggestions.ts'
import type { ReadContext } from '../http/endpoint.ts'
import { findClique } from './find-clique.ts'
import { linksAmong } from './links-among.ts'

/** Every suggestion of a contact, and the largest group of them that can only be one person. */
export async function suggestionsOfContact(
  { db, actor }: ReadContext,
  { contactId: asked }: { contactId: number },
): Promise<{ items: Suggestion[]; group: { contactIds: number[] } | null }> {
  const { contactId } = await findVisibleContact(db, actor, asked)
  const rows = await loadSuggestions(db, actor, contactId)
  const near = rows.filter(({ tier }) => tier !== 'C').map(({ a, b }) => a + b - contactId)
  const links = near.length < 2 ? [] : await linksAmong(db, actor.workspaceId, [contactId, ...near])
  const contactIds = findClique(contactId, near, links)
  return {
    items: await showSuggestions(db, actor, rows),
    group: contactIds.length < 3 ? null : { contactIds },
  }
}
