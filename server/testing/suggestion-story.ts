import { sql } from 'kysely'
import * as fc from 'fast-check'
import { rebuildSuggestions, startRebuild } from '../duplicates/rebuild-suggestions.ts'
import { suggestDuplicates } from '../duplicates/suggest-duplicates.ts'
import { givenCrowd, type Crowd } from '../duplicates/testing.ts'
import { mostHolders } from '../identity/key-group.ts'
import type { TestServer } from './test-server.ts'

const who = fc.nat(40)
const phone = fc.constantFrom('+34600000142', '+525512345678', null)
const email = fc.constantFrom('lucia@talleres-vidal.es', 'info@talleres-vidal.es', 'jorge.vidal@gmail.com', null)
const firstName = fc.constantFrom('Lucía', 'Lu', 'Jorge', null)
const lastName = fc.constantFrom('Romero', 'Vidal', null)
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('add' as const),
      values: fc
        .record({ firstName, lastName, phone, email })
        .map((values) => (Object.values(values).some(Boolean) ? values : { ...values, firstName: 'Lucía' })),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('edit' as const),
      who,
      values: fc.record({ firstName, phone, email }, { requiredKeys: [] }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('crowd' as const), phone }) },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constantFrom('merge', 'apart', 'together' as const),
      who,
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('block', 'unblock', 'undo' as const), who }) },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constantFrom('share', 'own' as const), value: fc.oneof(phone, email) }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('compare' as const) }) },
)
export type SuggestionStep = typeof step extends fc.Arbitrary<infer Value> ? Value : never

/** Everything that bears on what is suggested, over so few values that much of it meets. */
export const suggestionStories = (length: { min: number; max: number }): fc.Arbitrary<SuggestionStep[]> =>
  fc.array(step, { minLength: length.min, maxLength: length.max, size: 'max' })

/**
 * Lives through a story in a workspace of its own and then has everybody compared anew.
 * @returns what the one says and the other does not, with the story as sentences; null where they say the same
 */
export async function findStaleSuggestion(
  server: TestServer,
  steps: readonly SuggestionStep[],
): Promise<string | null> {
  const crowd = await givenCrowd(server)
  const story: string[] = []
  const ids: number[] = []
  const merges: number[] = []
  for (const what of steps) await live(crowd, what, ids, merges, story)
  await crowd.compare()
  const found = await suggestions(server, crowd.id)
  await startRebuild(server.deps.db, crowd.id)
  await rebuildSuggestions(server.deps, { workspaceId: crowd.id }, new AbortController().signal)
  await suggestDuplicates(server.deps, { workspaceId: crowd.id }, new AbortController().signal)
  const anew = await suggestions(server, crowd.id)
  const only = (these: readonly string[], not: readonly string[]) => these.filter((one) => !not.includes(one))
  const [stale, missing] = [only(found, anew), only(anew, found)]
  if (stale.length + missing.length === 0) return null
  return [
    ...stale.map((one) => `only step by step: ${one}`),
    ...missing.map((one) => `only anew: ${one}`),
    'The story:',
    ...story.map((line, at) => `${at + 1}. ${line}`),
  ].join('\n')
}

async function live(
  crowd: Crowd,
  what: SuggestionStep,
  ids: number[],
  merges: number[],
  story: string[],
): Promise<void> {
  const { duplicates, merging } = crowd.owner.client
  const id = 'who' in what ? ids[what.who % Math.max(ids.length, 1)] : undefined
  if (what.does === 'add') {
    ids.push(await crowd.add(what.values))
    story.push(`${ids.at(-1)} is added: ${JSON.stringify(what.values)}`)
  } else if (what.does === 'crowd') {
    // with one more or less the key is a hub, or no longer one
    const added = await Promise.all(
      Array.from({ length: mostHolders - 1 }, () => crowd.add({ firstName: 'Lucía', phone: what.phone })),
    )
    ids.push(...added)
    story.push(`${added.length} are added: Lucía, ${what.phone}`)
  } else if (what.does === 'compare') await crowd.compare()
  else if (what.does === 'share' && what.value !== null) {
    story.push(`${what.value} is called shared`)
    await unlessRefused(duplicates.blockValue({ value: what.value }))
  } else if (what.does === 'own') {
    const { items } = await duplicates.sharedIdentifiers({})
    for (const { key, because } of items) if (because === 'blocked') await duplicates.unblockValue({ key })
    story.push('no value is called shared any more')
  } else if (what.does === 'undo') {
    const mergeId = merges.pop()
    if (mergeId === undefined) return
    story.push(`merge ${mergeId} is undone`)
    await merging.undo({ mergeId })
  } else if (id !== undefined) await liveOf(crowd, what, id, merges, story)
}

async function liveOf(
  crowd: Crowd,
  what: SuggestionStep,
  id: number,
  merges: number[],
  story: string[],
): Promise<void> {
  const { duplicates, merging } = crowd.owner.client
  if (what.does === 'edit') {
    story.push(`${id} becomes ${JSON.stringify(what.values)}`)
    await crowd.edit(id, what.values)
  } else if (what.does === 'block' || what.does === 'unblock') {
    story.push(`${id}: ${what.does}`)
    await crowd.block(id, what.does === 'block')
  } else if (what.does === 'merge' || what.does === 'apart' || what.does === 'together') {
    await crowd.compare()
    const { items } = await duplicates.ofContact({ contactId: id })
    const pair = items[0]
    if (what.does === 'together') {
      const { items: apart } = await duplicates.dismissed({})
      if (apart[0] === undefined) return
      story.push(`${apart[0].a.id} and ${apart[0].b.id} may be one after all`)
      await duplicates.reopen({ a: apart[0].a.id, b: apart[0].b.id })
    } else if (pair !== undefined && what.does === 'apart') {
      story.push(`${pair.a.id} and ${pair.b.id} are told apart`)
      await duplicates.dismiss({ a: pair.a.id, b: pair.b.id })
    } else if (pair !== undefined) {
      story.push(`${pair.a.id} and ${pair.b.id} are merged`)
      merges.push((await merging.merge({ contactIds: [pair.a.id, pair.b.id] })).mergeId)
    }
  }
}

const unlessRefused = (act: Promise<unknown>) =>
  act.catch((error: unknown) => {
    if ((error as { code?: string }).code !== 'INVALID') throw error
  })

async function suggestions({ deps }: TestServer, workspaceId: number): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    select format('%s–%s %s %s %s %s', p.a, p.b, p.tier, p.score, p.reasons, array(select key from suggestion_key k
      where k.workspace_id = p.workspace_id and k.a = p.a and k.b = p.b order by key)) as line
    from pair_suggestion p where p.workspace_id = ${workspaceId}
    union all select format('%s is of %s, %s', k.key, k.contact_id, k.strength) from identity_key k
    where k.workspace_id = ${workspaceId} order by line`.execute(deps.db)
  return rows.map(({ line }) => line)
}
