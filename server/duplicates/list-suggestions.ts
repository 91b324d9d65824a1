import { sql } from 'kysely'
import type { Suggestion } from '#contract/suggestion.ts'
import { showSuggestions, type SuggestionRow } from '../contacts/show-suggestions.ts'
import { readCursor, writeCursor } from '../db/page-cursor.ts'
import type { ReadContext } from '../http/endpoint.ts'
import type { ParsedInput } from './parsed-input.ts'

/** The open suggestions of the workspace, surest first, then newest. */
export async function listSuggestions(
  { db, actor }: ReadContext,
  input: ParsedInput<'list'>,
): Promise<{ items: Suggestion[]; next: string | null }> {
  const { workspaceId } = actor
  const list = `suggestions:${workspaceId}:${input.tiers.toSorted().join('')}`
  const place = readCursor(list, input.cursor)
  const [score, at, a, b] = place ?? []
  // newest first within a score and lowest number first: rows do not compare that way, so it is spelt out
  const after =
    place === null
      ? sql`true`
      : sql`p.score <= ${score}::real and (p.score < ${score}::real or p.found_at < ${at}::timestamptz
          or (p.found_at = ${at}::timestamptz and (p.a, p.b) > (${a}::bigint, ${b}::bigint)))`
  const { rows } = await sql<SuggestionRow & { place: [string, string, string, string] }>`
    select p.a, p.b, p.tier, p.score, p.reasons, p.found_at,
      array[p.score::text, p.found_at::text, p.a::text, p.b::text] as place
    from pair_suggestion p
    join contact a on a.workspace_id = p.workspace_id and a.id = p.a and a.root_id is null and a.blocked_at is null
    join contact b on b.workspace_id = p.workspace_id and b.id = p.b and b.root_id is null and b.blocked_at is null
    where p.workspace_id = ${workspaceId} and p.tier = any(${input.tiers}::text[]) and ${after}
    order by p.score desc, p.found_at desc, p.a, p.b limit ${input.limit + 1}`.execute(db)
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  return {
    items: await showSuggestions(db, actor, page),
    next: rows.length > input.limit && last !== undefined ? writeCursor(list, last.place) : null,
  }
}
