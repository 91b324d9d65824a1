import type { Reason, Suggestion } from '#contract/suggestion.ts'
import type { Actor, Reader, Tx } from '../http/endpoint.ts'
import { formatPhone } from '../identity/phone-key.ts'
import type { Reason as FoundReason } from '../identity/judge-pair.ts'
import { displayName } from './display-name.ts'
import { loadSummaries } from './load-summaries.ts'
import { visibleContacts } from './visible-contacts.ts'

/** A suggestion as it is kept. */
export interface SuggestionRow {
  readonly a: number
  readonly b: number
  readonly tier: Suggestion['tier']
  readonly score: number
  readonly reasons: readonly FoundReason<number>[]
  readonly found_at: Date
}

/** Others with a value, at most, who are named as contradicting. */
const mostNamed = 3

/** Suggestions as a member sees them: the older contact first, and of further contacts only those that they may see. */
export async function showSuggestions(
  db: Reader | Tx,
  actor: Actor,
  rows: readonly SuggestionRow[],
): Promise<Suggestion[]> {
  if (rows.length === 0) return []
  const contacts = await loadSummaries(
    db,
    actor.workspaceId,
    rows.flatMap(({ a, b }) => [a, b]),
  )
  const further = await findFurther(db, actor, rows)
  return rows.flatMap((row) => {
    const [a, b] = [contacts.get(row.a), contacts.get(row.b)]
    if (a === undefined || b === undefined) return []
    const turned = Date.parse(b.createdAt) < Date.parse(a.createdAt)
    const [older, younger] = turned ? [b, a] : [a, b]
    return [
      {
        a: older,
        b: younger,
        tier: row.tier,
        // kept with seven digits
        score: Number(row.score.toFixed(4)),
        reasons: row.reasons.flatMap((reason) => showReason(reason, turned, further)),
        foundAt: row.found_at.toISOString(),
      },
    ]
  })
}

interface Further {
  readonly names: ReadonlyMap<number, string | null>
  readonly lines: ReadonlyMap<string, string>
}

function showReason(reason: FoundReason<number>, turned: boolean, { names, lines }: Further): Reason[] {
  const both = <T>([one, other]: readonly [T, T]): [T, T] => (turned ? [other, one] : [one, other])
  switch (reason.kind) {
    case 'name':
      return [{ kind: 'name', strength: reason.strength, values: both(reason.values) }]
    case 'limit':
      return [{ ...reason, scope: reason.scope === null ? null : (lines.get(reason.scope) ?? null) }]
    case 'dispute': {
      const others = reason.others
        .flatMap(({ id }) => (names.has(id) ? [{ contactId: id, displayName: names.get(id) ?? null }] : []))
        .slice(0, mostNamed)
      return [
        {
          kind: 'dispute',
          strength: reason.strength,
          values: both(reason.values.map(readable) as [string, string]),
          others,
        },
      ]
    }
    case 'phone':
    case 'email':
    case 'channel':
      return [
        {
          kind: reason.kind,
          strength: reason.strength,
          fields: both(reason.fields),
          values: both(reason.values.map(readable) as [string, string]),
          rules: both(reason.rules),
          holders: reason.holders,
        },
      ]
  }
}

/** Phones are kept as E.164 and read with spaces. */
const readable = (value: string) => (value.startsWith('+') ? formatPhone(value) : value)

async function findFurther(db: Reader | Tx, actor: Actor, rows: readonly SuggestionRow[]): Promise<Further> {
  const reasons = rows.flatMap((row) => row.reasons)
  const ids = reasons.flatMap((reason) => (reason.kind === 'dispute' ? reason.others.map(({ id }) => id) : []))
  const scopes = reasons.flatMap((reason) =>
    reason.kind === 'limit' && reason.scope !== null ? [Number(reason.scope)] : [],
  )
  const contacts =
    ids.length === 0
      ? []
      : await db
          .selectFrom('contact as c')
          .innerJoin('contact_state as s', (join) =>
            join.onRef('s.workspace_id', '=', 'c.workspace_id').onRef('s.contact_id', '=', 'c.id'),
          )
          .select(['c.id', 'c.first_name', 'c.last_name', 'c.profile_name', 'c.email', 'c.phone'])
          .where('c.workspace_id', '=', actor.workspaceId)
          .where('c.id', 'in', [...new Set(ids)])
          .where('c.root_id', 'is', null)
          .where(visibleContacts(actor))
          .execute()
  const lines =
    scopes.length === 0
      ? []
      : await db
          .selectFrom('channel')
          .select(['id', 'name'])
          .where('workspace_id', '=', actor.workspaceId)
          .where('id', 'in', [...new Set(scopes)])
          .execute()
  return {
    names: new Map(contacts.map((contact) => [contact.id, displayName(contact)])),
    lines: new Map(lines.map(({ id, name }) => [String(id), name])),
  }
}
