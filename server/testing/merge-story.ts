import { sql } from 'kysely'
import * as fc from 'fast-check'
import { runJob } from '../bulk/run-job.ts'
import { deletion as deleting } from '../deletion/deletion.ts'
import { rebuildSuggestions, startRebuild } from '../duplicates/rebuild-suggestions.ts'
import { suggestDuplicates } from '../duplicates/suggest-duplicates.ts'
import { releaseHeld } from '../conversations/release-held.ts'
import { givenShop, words, type Shop } from '../conversations/testing.ts'
import type { CustomDouble } from './custom-double.ts'
import { brokenLaws } from './merge-laws.ts'
import type { TestServer } from './test-server.ts'

/** Whom a step is about: the so-manieth of those who stand for themselves, round and round. */
const who = fc.nat(11)
/** The custom ones are of text, and of numbers. */
const field = fc.constantFrom('firstName', 'lastName', 'email', 'lifecycle', 'custom text', 'custom number' as const)
const alone = {
  /** `pesters`: by somebody blocked, if anybody is. */
  hear: fc.record({ does: fc.constant('hear' as const), address: fc.nat(4), pesters: fc.boolean() }),
  add: fc.record({ does: fc.constant('add' as const), name: fc.nat(2), email: fc.option(fc.nat(2)) }),
  edit: fc.record({ does: fc.constant('edit' as const), who, field }),
  note: fc.record({ does: fc.constant('note' as const), who }),
  tag: fc.record({ does: fc.constant('tag' as const), who, tag: fc.nat(3) }),
  untag: fc.record({ does: fc.constant('untag' as const), who, tag: fc.nat(3) }),
  assign: fc.record({ does: fc.constant('assign' as const), who, to: fc.nat(2) }),
  close: fc.record({ does: fc.constant('close' as const), who }),
  open: fc.record({ does: fc.constant('open' as const), who }),
  snooze: fc.record({ does: fc.constant('snooze' as const), who }),
  /** `anyone`: perhaps somebody blocked, so that it is refused. */
  merge: fc.record({
    does: fc.constant('merge' as const),
    anyone: fc.integer({ min: 0, max: 3 }).map((one) => one === 3),
    who: fc.array(who, { minLength: 2, maxLength: 4 }),
    first: fc.boolean(),
    pick: fc.option(fc.record({ field, of: fc.nat(3) })),
  }),
  undo: fc.record({ does: fc.constant('undo' as const), merge: fc.nat(9), planned: fc.boolean() }),
  again: fc.record({ does: fc.constant('again' as const), merge: fc.nat(9) }),
  /** `merged`: somebody who has absorbed others, if anybody has. */
  block: fc.record({ does: fc.constant('block' as const), who, merged: fc.boolean() }),
  unblock: fc.record({ does: fc.constant('unblock' as const), who, showHeld: fc.boolean() }),
  destroy: fc.record({ does: fc.constant('destroy' as const), who }),
  compare: fc.record({ does: fc.constant('compare' as const) }),
  apart: fc.record({ does: fc.constant('apart' as const), pair: fc.nat(9) }),
}
const {
  hear,
  add,
  edit,
  note,
  tag,
  untag,
  assign,
  close,
  open,
  snooze,
  merge,
  undo,
  again,
  block,
  unblock,
  destroy,
  compare,
  apart,
} = alone
/** Two at the same moment; whatever their order, the account is the same or the answer tells which it was. */
const together = fc.record({
  does: fc.constant('together' as const),
  one: fc.oneof(merge, undo, block, unblock),
  other: fc.oneof(merge, merge, undo, hear, edit, close, block, unblock),
})
const step = fc.oneof(
  ...[hear, hear, add, edit, edit, note, tag, untag, assign, close, open, snooze].map((arbitrary) => ({
    arbitrary,
    weight: 2,
  })),
  { arbitrary: merge, weight: 8 },
  { arbitrary: undo, weight: 6 },
  { arbitrary: together, weight: 4 },
  { arbitrary: block, weight: 3 },
  { arbitrary: unblock, weight: 2 },
  { arbitrary: destroy, weight: 2 },
  ...[again, compare, apart].map((arbitrary) => ({ arbitrary, weight: 1 })),
)
export type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

/** Merges, undos, blocks, deletions and everything that can come between them. */
export const histories = (length: { min: number; max: number }): fc.Arbitrary<Step[]> =>
  fc.array(step, { minLength: length.min, maxLength: length.max, size: 'max' })

/** Somebody is there already, so that there is something to merge from the first step on. */
const beginning: readonly Step[] = [
  { does: 'hear', address: 0, pesters: false },
  { does: 'hear', address: 1, pesters: false },
  { does: 'hear', address: 2, pesters: false },
  { does: 'add', name: 0, email: 0 },
  { does: 'add', name: 1, email: null },
]

/** Where something that a contact wrote is: held while it is blocked, then shown or dropped. */
type Fate = 'shown' | 'held' | 'dropped'

/** What one contact is by itself: what was said of it while it stood for itself, and what came to it. */
interface Person {
  readonly said: Map<string, string | number | null>
  readonly texts: Map<string, Fate>
  readonly notes: string[]
  readonly tags: Set<number>
  assignee: number | null
  isBlocked: boolean
}

interface Merge {
  readonly id: number
  readonly survivorId: number
  readonly childIds: readonly number[]
  stands: boolean
}

const byNumber = (a: number, b: number) => a - b

/** What may be answered to a step that comes too late. */
const tooLate = new Set(['CONFLICT', 'OUTDATED'])

/**
 * Carries out a history over HTTP in a workspace of its own, with a plain account of who should have what beside it, and
 * says where the two differ: the laws after every step, the threads while merged, and after the last merge is undone each
 * contact with exactly what was its own. Whatever was suggested on the way is what comparing everybody anew suggests.
 * @returns what differs, with the history as sentences; null where nothing does
 */
export async function findDifference(
  server: TestServer,
  double: CustomDouble,
  steps: readonly Step[],
): Promise<string | null> {
  const story: string[] = []
  try {
    await carryOut(server, await givenShop(server, double), steps, story)
    return null
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return `${why}\n\nThe story:\n${story.map((line, at) => `${at + 1}. ${line}`).join('\n')}`
  }
}

async function carryOut(server: TestServer, shop: Shop, steps: readonly Step[], story: string[]): Promise<void> {
  const { blocking, contacts, conversations, merging, duplicates, tags, fields, lifecycle } = shop.owner.client
  const { bulk, deletion } = shop.owner.client
  const people = new Map<number, Person>()
  const merges: Merge[] = []
  const addresses = new Map<string, number>()
  const staff = [shop.owner.memberId, shop.manager.memberId, null]
  const tagIds: number[] = []
  for (const name of ['vip', 'taller', 'moroso', 'nuevo']) tagIds.push((await tags.create({ name })).id)
  const custom = {
    'custom text': (await fields.create({ name: 'Pedido', type: 'text' })).id,
    'custom number': (await fields.create({ name: 'Talla', type: 'number' })).id,
  }
  const stages = [
    (await lifecycle.create({ name: 'Interesado' })).id,
    (await lifecycle.create({ name: 'Cliente' })).id,
    null,
  ]
  const isCustom = (name: string): name is keyof typeof custom => Object.hasOwn(custom, name)
  const keyOf = (name: string) => (isCustom(name) ? `#${custom[name]}` : name)
  let count = 0

  const parentOf = (id: number) => merges.find(({ stands, childIds }) => stands && childIds.includes(id))?.survivorId
  const rootOf = (id: number): number => {
    const parent = parentOf(id)
    return parent === undefined ? id : rootOf(parent)
  }
  const roots = () => [...people.keys()].filter((id) => parentOf(id) === undefined)
  const membersOf = (root: number) => [...people.keys()].filter((id) => rootOf(id) === root)
  const pick = <One>(at: number, of: readonly One[]) => of[at % Math.max(of.length, 1)]
  const pickRoot = (at: number) => pick(at, roots())
  const isBlocked = (id: number) => people.get(id)?.isBlocked === true
  const person = (said: [string, string | number | null][] = []): Person => ({
    said: new Map(said),
    texts: new Map(),
    notes: [],
    tags: new Set(),
    assignee: null,
    isBlocked: false,
  })
  const expect = (holds: boolean, otherwise: () => string) => {
    if (!holds) throw new Error(otherwise())
  }
  const same = (what: string, found: unknown, wanted: unknown) =>
    expect(JSON.stringify(found) === JSON.stringify(wanted), () =>
      [`${what} differs`, `  found:  ${JSON.stringify(found)}`, `  wanted: ${JSON.stringify(wanted)}`].join('\n'),
    )
  /** The answer, or null where somebody else came first. */
  const unlessLate = <Answer>(answer: Promise<Answer>): Promise<Answer | null> =>
    answer.catch((error: unknown) => {
      if (tooLate.has((error as { code?: string }).code ?? '')) return null
      throw error
    })

  /**
   * Begins a step; what it answers is put into the account once it is done. Null where there is nobody to do it to.
   * @param isAlone nothing else happens at the same moment, so that the account knows what comes of it
   */
  function begin(what: Step, isAlone = true): (() => Promise<() => void>) | null {
    switch (what.does) {
      case 'hear': {
        const pesterers = [...addresses].flatMap(([address, id]) => (isBlocked(id) ? [address] : []))
        const address =
          (what.pesters ? pick(what.address, pesterers) : undefined) ?? `+3460000${String(1000 + what.address)}`
        const text = `texto ${++count}`
        story.push(`${address} writes “${text}”`)
        return async () => {
          await shop.hear(address, text)
          const id = addresses.get(address) ?? (await bornOf(address))
          return () => {
            addresses.set(address, id)
            const known = people.get(id) ?? person([['phone', address]])
            people.set(id, known)
            known.texts.set(text, known.isBlocked || !isAlone ? 'held' : 'shown')
          }
        }
      }
      case 'add': {
        const said: [string, string | null][] = [['firstName', ['Lucía', 'Jorge', 'Lu'][what.name]!]]
        if (what.email !== null) said.push(['email', `persona${what.email}@talleres-vidal.es`])
        return async () => {
          const { id } = await contacts.create({ values: Object.fromEntries(said) })
          story.push(`somebody adds ${said.map(([, value]) => value).join(', ')} as ${id}`)
          return () => void people.set(id, person(said))
        }
      }
      case 'edit': {
        const id = pickRoot(what.who)
        if (id === undefined) return null
        count += 1
        // some edits empty the field: that too is a decision
        const value = {
          email: `nueva${count}@talleres-vidal.es`,
          'custom text': count % 3 === 0 ? null : `Pedido ${count}`,
          'custom number': count % 3 === 0 ? null : count,
          lifecycle: stages[count % 3]!,
          firstName: `Nombre${count}`,
          lastName: `Nombre${count}`,
        }[what.field]
        story.push(`the ${what.field} of ${id} becomes ${value}`)
        return async () => {
          const values = isCustom(what.field) ? { custom: { [custom[what.field]]: value } } : { [what.field]: value }
          const edited = await contacts.update({ contactId: id, values })
          return () => void people.get(edited.id)!.said.set(what.field, value)
        }
      }
      case 'note': {
        const id = pickRoot(what.who)
        if (id === undefined) return null
        const text = `nota ${++count}`
        story.push(`somebody notes “${text}” on ${id}`)
        return async () => {
          await conversations.addNote({ contactId: id, text })
          return () => void people.get(id)!.notes.push(text)
        }
      }
      case 'tag':
      case 'untag': {
        const id = pickRoot(what.who)
        if (id === undefined) return null
        const tagId = tagIds[what.tag]!
        story.push(`tag ${tagId} is ${what.does === 'tag' ? 'put on' : 'taken off'} ${id}`)
        return async () => {
          const { id: answered } = await contacts[what.does]({ contactId: id, tagIds: [tagId] })
          return () => {
            const worn = membersOf(answered).some((member) => people.get(member)!.tags.has(tagId))
            if (what.does === 'untag') for (const each of membersOf(answered)) people.get(each)!.tags.delete(tagId)
            else if (!worn) people.get(answered)!.tags.add(tagId)
          }
        }
      }
      case 'assign': {
        const id = pickRoot(what.who)
        if (id === undefined) return null
        const memberId = staff[what.to]!
        return async () => {
          const before = (await contacts.get({ contactId: id })).assignee?.memberId ?? null
          const { id: answered } = await conversations.assign({ contactId: id, memberId })
          story.push(`${answered} is given to ${memberId ?? 'nobody'}, from ${before ?? 'nobody'}`)
          return () => {
            if (before !== memberId) people.get(answered)!.assignee = memberId
          }
        }
      }
      case 'close':
      case 'open':
      case 'snooze': {
        const id = pickRoot(what.who)
        if (id === undefined) return null
        story.push(`the conversation with ${id}: ${what.does}`)
        const until = new Date(Date.now() + 3_600_000).toISOString()
        return async () => {
          if (what.does === 'snooze') await unlessLate(conversations.snooze({ contactId: id, until }))
          else await unlessLate(conversations[what.does]({ contactId: id }))
          return () => undefined
        }
      }
      case 'merge': {
        const among = roots().filter((id) => what.anyone || !isBlocked(id))
        const ids = what.who.flatMap((at) => among.splice(at % Math.max(among.length, 1), 1))
        if (ids.length < 2) return null
        const wish = {
          contactIds: ids,
          ...(what.first ? { survivorId: ids[0]! } : {}),
          picks: what.pick === null ? {} : { [keyOf(what.pick.field)]: ids[what.pick.of % ids.length]! },
        }
        story.push(`${ids.join(', ')} are merged${what.first ? ` into ${ids[0]}` : ''} ${JSON.stringify(wish.picks)}`)
        return async () => {
          const done = await unlessLate(merging.merge(wish))
          const wanted = ids.some(isBlocked) ? 'refused' : 'merged'
          expect(!isAlone || wanted === (done === null ? 'refused' : 'merged'), () => `they should be ${wanted}`)
          if (done === null) return () => void story.push('  somebody was told that the contacts had changed')
          const edges = await server.deps.db
            .selectFrom('merge_edge')
            .select(['child_id', 'parent_id'])
            .where('workspace_id', '=', shop.id)
            .where('op_id', '=', done.mergeId)
            .execute()
          const survivorId = edges[0]!.parent_id
          const childIds = edges.map(({ child_id }) => child_id)
          return () => {
            story.push(`  merge ${done.mergeId} puts ${childIds.join(', ')} into ${survivorId}`)
            merges.push({ id: done.mergeId, survivorId, childIds, stands: true })
          }
        }
      }
      case 'undo': {
        const standing = merges.filter(({ stands }) => stands)
        const op = standing[what.merge % Math.max(standing.length, 1)]
        if (op === undefined) return null
        story.push(`merge ${op.id} is undone`)
        return async () => {
          const plan = what.planned ? await unlessLate(merging.undoPlan({ mergeId: op.id })) : null
          const done = await unlessLate(
            merging.undo({ mergeId: op.id, ...(plan === null ? {} : { fingerprint: plan.fingerprint }) }),
          )
          return () => {
            if (done === null) story.push('  somebody was told that the contacts had changed')
            else op.stands = false
          }
        }
      }
      case 'again': {
        const op = merges.find(({ stands }) => !stands)
        if (op === undefined) return null
        story.push(`merge ${op.id} is undone once more`)
        return async () => {
          await merging.undo({ mergeId: op.id })
          return () => undefined
        }
      }
      case 'block':
      case 'unblock': {
        const blockable = roots().filter((each) => !isBlocked(each))
        const merged = blockable.filter((each) => membersOf(each).length > 1)
        const id =
          what.does === 'unblock'
            ? pick(what.who, roots().filter(isBlocked))
            : ((what.merged ? pick(what.who, merged) : undefined) ?? pick(what.who, blockable))
        if (id === undefined) return null
        const showHeld = what.does === 'unblock' && what.showHeld
        story.push(`${id} is ${what.does}ed${showHeld ? ', and what was held is shown' : ''}`)
        return async () => {
          if (what.does === 'unblock') {
            const put = await unblock(id, showHeld)
            return isAlone ? put : () => undefined
          }
          const { id: answered } = await blocking.block({ contactId: id, reason: 'Spam' })
          return () => {
            if (isAlone) for (const each of membersOf(answered)) people.get(each)!.isBlocked = true
          }
        }
      }
      case 'destroy': {
        const id = pickRoot(what.who)
        if (id === undefined) return null
        const gone = new Set(membersOf(id))
        story.push(`${[...gone].join(', ')} are deleted`)
        return async () => {
          const { id: jobId } = await deletion.start({ selection: { kind: 'ids', ids: [id] }, contacts: 1 })
          await runJob(server.deps, { delete: deleting }, { workspaceId: shop.id, jobId }, new AbortController().signal)
          const { done, result } = await bulk.get({ jobId })
          same('what a deletion says', [done, result?.counts['absorbed'], result?.checked?.left], [1, gone.size - 1, 0])
          return () => {
            for (const each of gone) people.delete(each)
            for (const [address, of] of addresses) if (gone.has(of)) addresses.delete(address)
            // whatever one of them had a part in is final
            const kept = merges.filter((op) => ![op.survivorId, ...op.childIds].some((each) => gone.has(each)))
            merges.splice(0, merges.length, ...kept)
          }
        }
      }
      case 'compare':
        return async () => {
          await compareDue()
          return () => undefined
        }
      case 'apart':
        return async () => {
          await compareDue()
          const { items } = await duplicates.list({ tiers: ['A', 'B', 'C'], limit: 100 })
          const pair = items[what.pair % Math.max(items.length, 1)]
          if (pair === undefined) return () => undefined
          story.push(`${pair.a.id} and ${pair.b.id} are told apart`)
          await duplicates.dismiss({ a: pair.a.id, b: pair.b.id })
          return () => undefined
        }
      case 'together': {
        const one = begin(what.one, false)
        if (one === null) return begin(what.other, false)
        const other = begin(what.other, false)
        if (other === null) return one
        story.push('  these two at once')
        return async () => {
          const effects = await Promise.all([one(), other()])
          return () => effects.forEach((put) => put())
        }
      }
    }
  }

  async function unblock(id: number, showHeld: boolean) {
    const { id: answered } = await blocking.unblock({ contactId: id, showHeld })
    return () => {
      for (const each of membersOf(answered).map((member) => people.get(member)!)) {
        each.isBlocked = false
        for (const [text, fate] of each.texts) if (fate === 'held') each.texts.set(text, showHeld ? 'shown' : 'dropped')
      }
    }
  }

  async function bornOf(address: string): Promise<number> {
    const link = await server.deps.db
      .selectFrom('contact_channel')
      .select('contact_id')
      .where('workspace_id', '=', shop.id)
      .where('address', '=', address)
      .executeTakeFirstOrThrow()
    return link.contact_id
  }

  /**
   * Compares who is blocked, and where each word of each contact is. Of two steps at once nobody knows which was first: the
   * account then takes over what is so, where it may be.
   */
  async function checkFates(isKnown: boolean): Promise<void> {
    await releaseHeld(server.deps, { workspaceId: shop.id }, new AbortController().signal)
    const { rows } = await sql<{ id: number; isBlocked: boolean; texts: Record<string, Fate> }>`
      select c.id, c.blocked_at is not null as "isBlocked", coalesce((
        select jsonb_object_agg(text, fate order by text) from (
          select body->>'text' as text, 'shown' as fate from message
            where workspace_id = c.workspace_id and contact_id = c.id and incoming
          union all select incoming->'body'->>'text', case when dropped_at is null then 'held' else 'dropped' end
            from held_message where workspace_id = c.workspace_id and contact_id = c.id) heard), '{}') as texts
      from contact c where c.workspace_id = ${shop.id} order by c.id`.execute(server.deps.db)
    if (!isKnown)
      for (const { id, isBlocked, texts } of rows) {
        const known = people.get(id)!
        known.isBlocked = isBlocked
        for (const [text, fate] of known.texts) if (fate === 'held') known.texts.set(text, texts[text] ?? 'held')
      }
    const account = ([id, { isBlocked, texts }]: [number, Pick<Person, 'isBlocked' | 'texts'>]) =>
      [id, isBlocked, [...texts].toSorted(([a], [b]) => (a < b ? -1 : 1))] as const
    same(
      'who is blocked, and what is shown, held and dropped of what they wrote,',
      rows.map(({ id, isBlocked, texts }) => account([id, { isBlocked, texts: new Map(Object.entries(texts)) }])),
      [...people].toSorted(([a], [b]) => a - b).map(account),
    )
  }

  const compareDue = () => suggestDuplicates(server.deps, { workspaceId: shop.id }, new AbortController().signal)

  async function checkThreads(when: string): Promise<void> {
    for (const root of roots()) {
      const mine = membersOf(root).map((id) => people.get(id)!)
      const found = words(await shop.messages(root)).toSorted()
      const shown = (texts: Person['texts']) => [...texts].flatMap(([text, fate]) => (fate === 'shown' ? [text] : []))
      const wanted = mine.flatMap(({ texts, notes }) => [...shown(texts), ...notes]).toSorted()
      same(`${when}, the thread of ${root}`, found, wanted)
    }
  }

  async function suggestions(): Promise<unknown> {
    const { rows } = await sql`
      select p.a, p.b, p.tier, p.score, p.reasons,
        array(select key from suggestion_key k where k.workspace_id = p.workspace_id and k.a = p.a and k.b = p.b
          order by key) as keys
      from pair_suggestion p where p.workspace_id = ${shop.id} order by a, b`.execute(server.deps.db)
    return rows
  }

  for (const what of [...beginning, ...steps]) {
    const act = begin(what)
    if (act === null) continue
    ;(await act())()
    await checkFates(what.does !== 'together')
    same('what must always hold', await brokenLaws(server.deps, shop.id), [])
  }
  await checkThreads('while merged')
  for (const op of merges.filter(({ stands }) => stands).toSorted((a, b) => (a.id % 3) - (b.id % 3))) {
    story.push(`at the end merge ${op.id} is undone`)
    await merging.undo({ mergeId: op.id })
    op.stands = false
    await checkFates(true)
    same('what must always hold', await brokenLaws(server.deps, shop.id), [])
  }
  await checkThreads('after all was undone')
  for (const [id, { said, tags: worn, assignee }] of people) {
    const { fields: standard, ...contact } = await contacts.get({ contactId: id })
    expect(contact.id === id, () => `${id} is answered by ${contact.id}`)
    for (const name of ['firstName', 'lastName', 'email', 'phone'] as const)
      same(`the ${name} of ${id}`, standard[name].value, said.get(name) ?? null)
    for (const [name, fieldId] of Object.entries(custom))
      same(`the ${name} of ${id}`, contact.custom[fieldId]?.value ?? null, said.get(name) ?? null)
    const stage = said.has('lifecycle') ? said.get('lifecycle') : stages[0]
    same(`the stage of ${id}`, contact.lifecycle.value?.id ?? null, stage)
    same(`the tags of ${id}`, contact.tags.map((each) => each.id).toSorted(byNumber), [...worn].toSorted(byNumber))
    same(`who looks after ${id}`, contact.assignee?.memberId ?? null, assignee)
  }
  await compareDue()
  const found = await suggestions()
  await startRebuild(server.deps.db, shop.id)
  await rebuildSuggestions(server.deps, { workspaceId: shop.id }, new AbortController().signal)
  await compareDue()
  same('what is suggested step by step and all at once', found, await suggestions())
  for (const id of roots().filter(isBlocked)) (await unblock(id, true))()
  await checkFates(true)
  await checkThreads('after all were unblocked')
}
