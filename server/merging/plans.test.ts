import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { valueKey } from '../contacts/alternate-values.ts'
import {
  goldenFields as fixedFields,
  goldenValues,
  heldIn,
  ownIn,
  type GoldenField,
  type OwnValues,
} from '../contacts/golden-values.ts'
import type { StandingOp, TreeMember, Trees } from '../contacts/load-trees.ts'
import { statusOfState } from '../conversations/lock-state.ts'
import { pathUp, subtree } from './forest.ts'
import { fingerprintOf, planMerge, type MergeDecision, type MergeWish } from './plan-merge.ts'
import { planUndo, type ExchangeFacts, type UndoDecision } from './plan-undo.ts'

/**
 * Random histories of a handful of contacts, on the plans alone: what is written to the database is what they decide, and
 * `histories.test.ts` shows that it is. So many for each law, ten times as many in
 * `npm run test:long`; what they decide in seconds would take hours over HTTP.
 */
const runs = process.env['FICHA_THOROUGH'] === 'yes' ? 5000 : 500
/** With one custom field. */
const goldenFields: readonly GoldenField[] = [...fixedFields, '#7']
const now = new Date('2026-11-27T12:00:00Z')

const value = fc.option(fc.constantFrom('600000142', '600000143', 'ana@example.com', 'Ana', 'Lucía', '1', '2'))
const born = fc.record({
  values: fc.array(value, { minLength: goldenFields.length, maxLength: goldenFields.length }),
  createdAt: fc.nat(3),
  tags: fc.uniqueArray(fc.nat(4), { maxLength: 3 }),
  status: fc.constantFrom('none', 'open', 'snoozed', 'closed' as const),
  wakes: fc.integer({ min: 1, max: 4 }),
})
const step = fc.oneof(
  fc.record({
    does: fc.constant('merge' as const),
    who: fc.uniqueArray(fc.nat(6), { minLength: 2, maxLength: 4 }),
    first: fc.boolean(),
    pick: fc.option(fc.tuple(fc.constantFrom(...goldenFields), fc.nat(3))),
  }),
  fc.record({ does: fc.constant('undo' as const), which: fc.nat(5) }),
  fc.record({ does: fc.constant('edit' as const), who: fc.nat(6), field: fc.constantFrom(...goldenFields), value }),
)
const history = fc.record({
  contacts: fc.array(born, { minLength: 2, maxLength: 7 }),
  steps: fc.array(step, { minLength: 1, maxLength: 14, size: 'max' }),
})
type History = typeof history extends fc.Arbitrary<infer Value> ? Value : never
type Born = History['contacts'][number]

/** As `goldenFields` are ordered; fields that are read by their meaning get one that has it. */
function saidBy({ values }: Born, id: number): OwnValues {
  const held = (field: GoldenField, at: number) => {
    const given = values[at] ?? null
    const fits =
      field === 'phone' ? given?.replace(/^6/, '+346') : field === 'email' && given ? `${given}@example.com` : given
    return { value: fits ?? null, origin: ['form', id, now.toISOString()] as const, version: 0 }
  }
  return Object.fromEntries(goldenFields.map((field, at) => [field, held(field, at)])) as unknown as OwnValues
}

function member(of: Born, id: number): TreeMember {
  const running = of.status === 'open' || of.status === 'snoozed'
  return {
    id,
    createdAt: of.createdAt,
    own: saidBy(of, id),
    row: { id, tags: of.tags, own_tags: null, profile_name: `persona ${id}`, picture_url: null } as never,
    provenance: {},
    links: [],
    state: {
      status: statusOfState[of.status],
      assigneeId: null,
      teamId: null,
      snoozedUntil: of.status === 'snoozed' ? new Date(now.getTime() + of.wakes * 60_000) : null,
      conversationId: running ? 100 + id : null,
      lastMessageId: 0,
      lastInId: 0,
      lastChannelId: null,
      lastInContactChannelId: null,
    },
  }
}

/** A workspace as the plans see it: what each contact says alone, and the merges that stand. */
class World {
  members: TreeMember[]
  ops: StandingOp[] = []
  version = 1
  everything: MergeDecision[] = []
  /** Conversations that only a merge has ended. */
  readonly suspended = new Set<number>()
  /** On whom a conversation was born. */
  readonly born: ReadonlySet<number>

  constructor(contacts: readonly Born[]) {
    this.members = contacts.map((one, at) => member(one, at + 1))
    this.born = new Set(this.members.flatMap(({ id, state }) => (state.status === statusOfState.none ? [] : [id])))
  }

  /** What is loaded for these: they with everybody below them. */
  treesOf(rootIds: readonly number[]): Trees {
    const ids = rootIds.flatMap((id) => subtree(this.ops, id))
    return {
      members: this.members.filter(({ id }) => ids.includes(id)),
      ops: this.ops.filter(({ survivorId }) => ids.includes(survivorId)),
    }
  }

  treeOf(opId: number): Trees {
    const { survivorId } = this.ops.find(({ id }) => id === opId)!
    return this.treesOf([pathUp(this.ops, survivorId).at(-1)?.survivorId ?? survivorId])
  }

  roots(): number[] {
    return this.members.map(({ id }) => id).filter((id) => pathUp(this.ops, id).length === 0)
  }

  wish(who: readonly number[], first: boolean, pick: readonly [GoldenField, number] | null): MergeWish | null {
    const roots = this.roots()
    const rootIds = [...new Set(who.map((at) => roots[at % roots.length]!))]
    if (rootIds.length < 2) return null
    return {
      rootIds,
      survivorId: first ? rootIds[0]! : null,
      picks: pick === null ? {} : { [pick[0]]: rootIds[pick[1] % rootIds.length]! },
    }
  }

  merge(wish: MergeWish): MergeDecision {
    const decision = planMerge(this.treesOf(wish.rootIds), wish, 9, now.toISOString())
    this.version += 1
    this.ops = [
      ...this.ops,
      {
        id: this.everything.push(decision),
        survivorId: decision.survivor.id,
        childIds: decision.absorbed.map(({ id }) => id),
        survivorVersion: this.version,
        picks: wish.picks,
        by: 9,
        at: now.toISOString(),
        before: {
          lastMessageId: 0,
          mark: 0,
          ended: decision.ended,
          kept: decision.kept,
          profile: { name: null, pictureUrl: null },
        },
      },
    ]
    for (const { conversationId } of decision.ended) this.suspended.add(conversationId)
    this.stand(decision.survivor.id, decision.standing)
    for (const { id, state } of decision.absorbed)
      this.stand(id, { status: state.status === 0 ? 0 : 3, snoozedUntil: null, conversationId: null })
    return decision
  }

  undo(opId: number): UndoDecision {
    const decision = planUndo(this.treeOf(opId), opId, this.facts(opId), now)
    this.ops = this.ops.filter(({ id }) => id !== opId)
    for (const { rootId, standing } of [decision.rest, ...decision.returning]) {
      const { conversationId } = standing
      if (conversationId === 'new') throw new Error('nobody has written')
      if (conversationId !== null) this.suspended.delete(conversationId)
      this.stand(rootId, { ...standing, conversationId })
    }
    return decision
  }

  /** What the act writes into the hot rows. */
  private stand(contactId: number, standing: MergeDecision['standing']): void {
    const snoozedUntil = standing.snoozedUntil === null ? null : new Date(standing.snoozedUntil)
    this.members = this.members.map((one) =>
      one.id === contactId ? { ...one, state: { ...one.state, ...standing, snoozedUntil } } : one,
    )
  }

  edit(contactId: number, field: GoldenField, to: string | null): void {
    this.version += 1
    this.members = this.members.map((one) =>
      one.id === contactId
        ? { ...one, own: { ...one.own, [field]: { value: to, origin: null, version: this.version } } }
        : one,
    )
  }

  golden = () => goldenValues(this.members, this.ops)

  /** Nobody has written since; a conversation's number tells on whom it was born. */
  facts(opId: number): ExchangeFacts {
    const { members, ops } = this.treeOf(opId)
    const root = members.find(({ id }) => pathUp(ops, id).length === 0)!
    const { conversationId } = root.state
    const born = members.filter(({ id }) => this.born.has(id))
    return {
      open: conversationId === null ? null : { conversationId, bornOn: conversationId - 100 },
      suspended: new Map(born.flatMap(({ id }) => (this.suspended.has(100 + id) ? [[id, 100 + id] as const] : []))),
      everOpened: new Set(born.map(({ id }) => id)),
      heardSince: new Set(),
      heardInOpen: new Set(),
    }
  }
}

const plain = (golden: ReturnType<World['golden']>) =>
  [...golden].map(([id, values]) => [id, goldenFields.map((field) => heldIn(values, field).value)])

/** Lives through a history. `atMerge` and `atUndo` see every moment at which one is decided. */
function live(
  { contacts, steps }: History,
  atMerge?: ((world: World, wish: MergeWish) => void) | null,
  atUndo?: (world: World, opId: number) => void,
): World {
  const world = new World(contacts)
  for (const what of steps) {
    if (what.does === 'merge') {
      const wish = world.wish(what.who, what.first, what.pick)
      if (wish === null) continue
      atMerge?.(world, wish)
      world.merge(wish)
    } else if (what.does === 'undo') {
      const op = world.ops[what.which % Math.max(world.ops.length, 1)]
      if (op === undefined) continue
      atUndo?.(world, op.id)
      world.undo(op.id)
    } else {
      const roots = world.roots()
      world.edit(roots[what.who % roots.length]!, what.field, what.value)
    }
  }
  return world
}

const holds = (law: (lived: History) => void) => fc.assert(fc.property(history, law), { numRuns: runs })

test('a merge and its undo leave everybody with what they said', () => {
  holds((lived) => {
    live(lived, (world, wish) => {
      const before = plain(world.golden())
      const { ops } = world
      world.merge(wish)
      const { golden } = world.undo(world.ops.at(-1)!.id)
      const concerned = new Set(golden.keys())
      expect(before.filter(([id]) => concerned.has(id as number))).toEqual(plain(golden))
      expect(world.ops).toEqual(ops)
    })
  })
})

test('the preview is the result, whoever is named first', () => {
  holds((lived) => {
    live(lived, (world, wish) => {
      const plan = planMerge(world.treesOf(wish.rootIds), wish, 9, now.toISOString())
      const turned = planMerge(
        world.treesOf(wish.rootIds),
        { ...wish, rootIds: wish.rootIds.toReversed() },
        9,
        now.toISOString(),
      )
      const nothing = { toldApart: [], runsStopped: [], optOuts: [] }
      expect(fingerprintOf(turned, nothing)).toBe(fingerprintOf(plan, nothing))
      const { ops } = world
      const done = world.merge(wish)
      expect(world.golden().get(done.survivor.id)).toEqual(plan.golden)
      world.ops = ops
    })
  })
})

test('several at once are what they are one after the other', () => {
  holds((lived) => {
    live(lived, (world, wish) => {
      const { ops } = world
      const whole = world.merge({ ...wish, picks: {} })
      world.ops = ops
      const survivorId = whole.survivor.id
      for (const { id } of whole.absorbed) world.merge({ rootIds: [survivorId, id], survivorId, picks: {} })
      const chained = world.golden().get(survivorId)!
      world.ops = ops
      expect(goldenFields.map((field) => heldIn(chained, field).value)).toEqual(
        goldenFields.map((field) => heldIn(whole.golden, field).value),
      )
    })
  })
})

test('merges form a forest, and an undo parts a tree into trees', () => {
  holds((lived) => {
    const world = live(lived, null, (before, opId) => {
      const { root, rest, returning } = planUndo(before.treeOf(opId), opId, before.facts(opId), now)
      const parts = [rest, ...returning].flatMap(({ memberIds, rootId }) => {
        expect(memberIds[0]).toBe(rootId)
        return memberIds
      })
      expect(parts.toSorted((a, b) => a - b)).toEqual(subtree(before.ops, root.id).toSorted((a, b) => a - b))
    })
    const children = world.ops.flatMap(({ childIds }) => childIds)
    expect(new Set(children).size).toBe(children.length)
    const reached = world.roots().flatMap((id) => subtree(world.ops, id))
    expect(reached.toSorted((a, b) => a - b)).toEqual(world.members.map(({ id }) => id))
  })
})

test('undone in whatever order, everybody ends with what was said of them while they stood for themselves', () => {
  holds((lived) => {
    const world = live(lived)
    const backwards = new World(lived.contacts)
    Object.assign(backwards, { members: world.members, ops: world.ops })
    for (const { id } of world.ops) world.undo(id)
    for (const { id } of backwards.ops.toReversed()) backwards.undo(id)
    expect(plain(backwards.golden())).toEqual(plain(world.golden()))
    expect(plain(world.golden())).toEqual(
      world.members.map(({ id, own }) => [id, goldenFields.map((field) => ownIn(own, field).value)]),
    )
  })
})

test('no phone and no e-mail is lost: each is the first one or a further one, and once', () => {
  holds((lived) => {
    live(lived, (world, wish) => {
      const { survivor, absorbed, golden, alternates, tags } = planMerge(
        world.treesOf(wish.rootIds),
        wish,
        9,
        now.toISOString(),
      )
      const members = [survivor, ...absorbed]
        .flatMap(({ id }) => subtree(world.ops, id))
        .map((id) => world.members.find((one) => one.id === id)!)
      for (const field of ['phone', 'email'] as const) {
        const shown = [
          golden[field].value,
          ...alternates.filter((one) => one.field === field).map((one) => one.value),
        ].flatMap((one) => (one === null ? [] : [valueKey(field, one)]))
        expect(new Set(shown).size).toBe(shown.length)
        const said = members.flatMap(({ own }) => (own[field].value === null ? [] : [own[field].value]))
        for (const one of said) expect(shown).toContain(valueKey(field, one))
      }
      expect(tags.toSorted((a, b) => a - b)).toEqual(
        [...new Set(members.flatMap(({ row }) => row.tags))].toSorted((a, b) => a - b),
      )
    })
  })
})

test('an open conversation goes to exactly one of those who are parted', () => {
  holds((lived) => {
    live(lived, null, (world, opId) => {
      const { rest, returning } = planUndo(world.treeOf(opId), opId, world.facts(opId), now)
      const sides = [rest, ...returning]
      const given = sides.flatMap(({ standing: { conversationId } }) =>
        conversationId === null ? [] : [conversationId],
      )
      expect(new Set(given).size).toBe(given.length)
      for (const { memberIds, standing } of sides)
        expect(standing.conversationId === null || memberIds.includes(Number(standing.conversationId) - 100)).toBe(true)
      const running: number[] = [statusOfState.open, statusOfState.snoozed]
      for (const { standing } of sides) expect(running.includes(standing.status)).toBe(standing.conversationId !== null)
    })
  })
})

test('once everything is undone, whose conversation was open has it open again', () => {
  holds((lived) => {
    const isRunning = ({ state }: TreeMember) => state.conversationId
    const before = new World(lived.contacts).members.map(isRunning)
    const world = live(lived)
    for (const { id } of world.ops) world.undo(id)
    expect(world.members.map(isRunning)).toEqual(before)
  })
})

test('undone newest first, it sleeps as long as it did', () => {
  holds(({ contacts, steps }) => {
    const before = new World(contacts).members.map(({ state }) => state)
    const world = live({ contacts, steps: steps.filter(({ does }) => does !== 'undo') })
    for (const { id } of world.ops.toReversed()) world.undo(id)
    expect(world.members.map(({ state }) => state)).toEqual(before)
  })
})
