import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Client } from '../testing/client.ts'
import { givenWorkspace } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { waitFor } from '../testing/wait-for.ts'
import { clearRuns } from './clear-runs.ts'
import { endsOf, givenWorkflow, runsOf, waiting as wait, type Draft } from './testing.ts'

let server: TestServer
let shop: Awaited<ReturnType<typeof givenWorkspace>>
let client: Client

beforeAll(async () => {
  server = await startTestServer()
})
beforeEach(async () => {
  shop = await givenWorkspace(server)
  client = shop.owner.client
})
afterAll(() => server.close())

const given = (draft: Draft, name?: string) => givenWorkflow(client, draft, name)
const contact = async (firstName = 'Ana') => (await client.contacts.create({ values: { firstName } })).id
const runs = (contactId: number) => runsOf(client, contactId)
const ends = (contactId: number, least?: number) => endsOf(client, contactId, least)
const refusalOf = (act: Promise<unknown>) =>
  act.then(
    () => 'done',
    (error: { code: string; data?: { reason?: string } }) => error.data?.reason ?? error.code,
  )

test('a contact enters by hand, is led through the steps, and each says what it did', async () => {
  const { id: tagId } = await client.tags.create({ name: 'Cliente' })
  await client.lifecycle.create({ name: 'Inicio' })
  const { id: stageId } = await client.lifecycle.create({ name: 'Nuevo' })
  const vip = { and: [{ field: 'tag', operator: 'hasAnyOf' as const, value: [tagId] }] }
  const workflowId = await given({
    triggers: [{ kind: 'manual' }],
    steps: [
      { id: 'marca', kind: 'tag', add: [tagId] },
      { id: 'nombre', kind: 'field', field: 'lastName', value: 'de {{contact.firstName}} {{contact.lastName}}' },
      {
        id: 'decide',
        kind: 'branch',
        arms: [{ filter: vip, steps: [{ id: 'etapa', kind: 'lifecycle', stageId }] }],
        otherwise: [{ id: 'fin', kind: 'stop' }],
      },
      { id: 'abre', kind: 'open' },
      { id: 'da', kind: 'assign', to: { kind: 'member', memberId: shop.agent.memberId } },
      { id: 'cierra', kind: 'close', category: 'Hecho', summary: 'Con {{contact.name}}' },
    ],
  })
  const contactId = await contact('Ana')
  const started = await client.workflows.start({ workflowId, contactId })
  expect(started).toMatchObject({ trigger: 'manual', by: { type: 'member', name: 'Olga Dueñas' }, end: null })
  expect(await ends(contactId)).toEqual(['finished'])
  const run = await client.workflows.run({ runId: started.id })
  expect(run.steps.map(({ stepId, outcome, arm }) => [stepId, outcome, arm])).toEqual([
    ['marca', 'done', null],
    ['nombre', 'done', null],
    ['decide', 'done', 0],
    ['etapa', 'done', null],
    ['abre', 'done', null],
    ['da', 'done', null],
    ['cierra', 'done', null],
  ])
  const after = await client.contacts.get({ contactId })
  expect(after).toMatchObject({ displayName: 'Ana de Ana', status: 'closed', assignee: { name: 'Ana Agente' } })
  expect(after.fields.lastName).toMatchObject({ source: 'workflow', value: 'de Ana' })
  expect(after.lifecycle.value).toMatchObject({ name: 'Nuevo' })
  const told = await client.activity.ofContact({ contactId, limit: 100 })
  expect(told.items.filter(({ actor }) => actor.type === 'workflow').map(({ kind }) => kind)).toEqual([
    'workflowEnded',
    'closed',
    'assigned',
    'opened',
    'fieldChanged',
    'fieldChanged',
    'tagAdded',
    'workflowStarted',
  ])
})

describe('what sets a workflow off', () => {
  test.each([['tagAdded'], ['tagRemoved']] as const)('%s, for the tags it names alone', async (kind) => {
    const { id: tagId } = await client.tags.create({ name: 'Oferta' })
    const { id: otherId } = await client.tags.create({ name: 'Otra' })
    await given({ triggers: [{ kind, tagIds: [tagId] }], steps: [wait] })
    const contactId = await contact()
    await client.contacts.tag({ contactId, tagIds: [otherId] })
    await client.contacts.untag({ contactId, tagIds: [otherId] })
    await client.contacts.tag({ contactId, tagIds: [tagId] })
    await client.contacts.untag({ contactId, tagIds: [tagId] })
    expect(await ends(contactId)).toEqual(['waiting'])
    expect(await runs(contactId)).toMatchObject([{ trigger: kind, by: { type: 'member', name: 'Olga Dueñas' } }])
  })

  test('a field that changes, a stage that is come to, a conversation that opens or closes', async () => {
    const { id: fieldId } = await client.fields.create({ name: 'Talla', type: 'number' })
    await client.lifecycle.create({ name: 'Inicio' })
    const { id: stageId } = await client.lifecycle.create({ name: 'Cliente' })
    const step = (id: string) => [{ ...wait, id }]
    await given({ triggers: [{ kind: 'fieldChanged', fields: [`#${fieldId}`] }], steps: step('campo') })
    await given({ triggers: [{ kind: 'lifecycleChanged', stageIds: [stageId] }], steps: step('etapa') })
    await given({ triggers: [{ kind: 'conversationOpened', by: ['member'] }], steps: step('abre') })
    await given({ triggers: [{ kind: 'conversationClosed', categories: ['venta'] }], steps: step('cierra') })
    const contactId = await contact()
    const entered = async (times: number) => {
      await ends(contactId, times)
      return (await runs(contactId)).map(({ step: at }) => at?.id).toReversed()
    }
    await client.contacts.update({ contactId, values: { lastName: 'Pérez' } })
    await client.contacts.update({ contactId, values: { custom: { [fieldId]: 38 } } })
    expect(await entered(1)).toEqual(['campo'])
    await client.contacts.update({ contactId, values: { lifecycle: stageId } })
    expect(await entered(2)).toEqual(['campo', 'etapa'])
    await client.conversations.open({ contactId })
    await client.conversations.close({ contactId, category: 'Otra cosa' })
    expect(await entered(3)).toEqual(['campo', 'etapa', 'abre'])
    await client.conversations.open({ contactId })
    await client.conversations.close({ contactId, category: 'Venta' })
    expect(await entered(4)).toEqual(['campo', 'etapa', 'abre', 'cierra'])
  })

  test('only for those whose conditions hold, once at a time, and never a blocked one', async () => {
    const { id: tagId } = await client.tags.create({ name: 'Oferta' })
    const filter = { and: [{ field: 'name', operator: 'isEqualTo' as const, value: 'Eva' }] }
    const workflowId = await given({
      triggers: [
        { kind: 'tagAdded', filter },
        { kind: 'manual', filter },
      ],
      steps: [wait],
    })
    const [ana, eva] = [await contact('Ana'), await contact('Eva')]
    for (const contactId of [ana, eva]) await client.contacts.tag({ contactId, tagIds: [tagId] })
    expect(await ends(eva)).toEqual(['waiting'])
    expect(await runs(ana)).toEqual([])
    expect(await refusalOf(client.workflows.start({ workflowId, contactId: ana }))).toBe('conditions')
    expect(await refusalOf(client.workflows.start({ workflowId, contactId: eva }))).toBe('running')
    await client.contacts.untag({ contactId: eva, tagIds: [tagId] })
    await client.contacts.tag({ contactId: eva, tagIds: [tagId] })
    const other = await contact('Eva')
    await client.blocking.block({ contactId: other })
    expect(await refusalOf(client.workflows.start({ workflowId, contactId: other }))).toBe('blocked')
    expect(await runs(eva)).toHaveLength(1)
  })
})

describe('what ends a run', () => {
  const manual = { triggers: [{ kind: 'manual' as const }], steps: [wait] }

  test('a block, with its reason', async () => {
    const workflowId = await given(manual)
    const contactId = await contact()
    await client.workflows.start({ workflowId, contactId })
    expect(await ends(contactId)).toEqual(['waiting'])
    await client.blocking.block({ contactId })
    const [run] = await runs(contactId)
    expect(run).toMatchObject({ state: 'ended', end: 'blocked', endedBy: 'Olga Dueñas' })
    const { steps } = await client.workflows.run({ runId: run!.id })
    expect(steps).toMatchObject([{ stepId: 'espera', outcome: 'skipped', reason: 'blocked' }])
  })

  test('becoming part of another contact, whose own run goes on', async () => {
    const workflowId = await given(manual)
    const [a, b] = [await contact('Ana'), await contact('Anita')]
    for (const contactId of [a, b]) await client.workflows.start({ workflowId, contactId })
    await client.merging.merge({ contactIds: [a, b], survivorId: a })
    const both = await runs(a)
    expect(both.map(({ end, state }) => end ?? state).toSorted()).toEqual(['merged', 'waiting'])
  })

  test('whoever sees the contact stops it; the workflow stops and takes everybody with it', async () => {
    const workflowId = await given(manual)
    const [a, b] = [await contact(), await contact()]
    const { id: runId } = await client.workflows.start({ workflowId, contactId: a })
    await client.workflows.start({ workflowId, contactId: b })
    await client.conversations.assign({ contactId: a, memberId: shop.agent.memberId })
    expect(await shop.agent.client.workflows.stopRun({ runId })).toMatchObject({
      end: 'stopped',
      endedBy: 'Ana Agente',
    })
    expect(await shop.agent.client.workflows.stopRun({ runId })).toMatchObject({ end: 'stopped' })
    expect(await client.workflows.stop({ workflowId, runs: 'stop' })).toMatchObject({ state: 'stopped' })
    await waitFor('the other to end', async () => (await runs(b))[0]?.end === 'workflowStopped')
    expect(await refusalOf(client.workflows.start({ workflowId, contactId: a }))).toBe('not-published')
  })

  test('a deletion, which leaves nothing of it', async () => {
    const workflowId = await given(manual)
    const contactId = await contact()
    const { id: runId } = await client.workflows.start({ workflowId, contactId })
    const { id: jobId } = await client.deletion.start({ selection: { kind: 'ids', ids: [contactId] }, contacts: 1 })
    await waitFor('the deletion', async () => (await client.bulk.get({ jobId })).state === 'done')
    expect(await refusalOf(client.workflows.run({ runId }))).toBe('NOT_FOUND')
    expect((await client.workflows.runs({ workflowId })).items).toEqual([])
  })
})

test('runs that ended over 90 days ago are kept as numbers, each counted once; those that go on stay, however old', async () => {
  const workflowId = await given({ triggers: [{ kind: 'manual' }], steps: [wait] }, 'Larga')
  const [ana, eva, luz, sol] = [await contact('Ana'), await contact('Eva'), await contact('Luz'), await contact('Sol')]
  const started = new Map<number, number>()
  for (const contactId of [ana, eva, luz, sol]) {
    started.set(contactId, (await client.workflows.start({ workflowId, contactId })).id)
    expect(await ends(contactId)).toEqual(['waiting'])
  }
  for (const contactId of [ana, eva, luz]) await client.workflows.stopRun({ runId: started.get(contactId)! })
  await client.workflows.start({ workflowId, contactId: ana })
  await client.blocking.block({ contactId: ana })
  const before = await client.workflows.get({ workflowId })
  expect(before).toMatchObject({ running: 1, ended: 4, cleared: { runs: 0, ends: {} } })
  const age = (days: number, runIds: number[]) =>
    server.deps.db
      .updateTable('workflow_run')
      .set({ ended_at: new Date(Date.now() - days * 24 * 3600e3) })
      .where('workspace_id', '=', shop.id)
      .where('id', 'in', runIds)
      .where('ended_at', 'is not', null)
      .execute()
  await age(89, [started.get(luz)!])
  await age(91, [...(await runs(ana)).map(({ id }) => id), started.get(eva)!])
  const clear = () => clearRuns(server.deps, new Date(), new AbortController().signal)
  await Promise.all([clear(), clear()])
  await clear()
  const after = await client.workflows.get({ workflowId })
  expect(after).toEqual({ ...before, cleared: { runs: 3, ends: { stopped: 2, blocked: 1 } } })
  expect((await client.workflows.list()).items[0]).toMatchObject({ running: 1, ended: 4, lastRunAt: before.lastRunAt })
  expect((await client.workflows.runs({ workflowId })).items.map(({ contact: of }) => of.id)).toEqual([sol, luz])
  expect(await runs(ana)).toEqual([])
  expect(await refusalOf(client.workflows.run({ runId: started.get(eva)! }))).toBe('NOT_FOUND')
  const steps = await server.deps.db
    .selectFrom('workflow_run_step')
    .select('run_id')
    .where('workspace_id', '=', shop.id)
    .execute()
  expect(new Set(steps.map(({ run_id }) => run_id))).toEqual(new Set([started.get(luz)!, started.get(sol)!]))
})

describe('drawing one up', () => {
  test('a draft may be incomplete; publishing says everything that is missing, each by its path', async () => {
    const made = await client.workflows.create({
      name: 'Bienvenida',
      draft: {
        triggers: [{ kind: 'tagAdded', tagIds: [999] }],
        steps: [
          { id: 'a', kind: 'tag' },
          { id: 'a', kind: 'lifecycle', stageId: 7 },
          {
            id: 'b',
            kind: 'branch',
            arms: [
              {
                filter: { and: [{ field: 'phone', operator: 'isBetween' }] },
                steps: [{ id: 'c', kind: 'tag', add: [8] }],
              },
            ],
          },
          { id: 'd', kind: 'field', field: 'email', value: 'nadie' },
        ],
      },
    })
    expect(made).toMatchObject({ state: 'draft', revision: 1, steps: 5, version: null })
    const paths = [
      'draft.triggers.0.tagIds.0',
      'draft.steps.0.add',
      'draft.steps.1.id',
      'draft.steps.1.stageId',
      'draft.steps.2.arms.0.filter.and.0.operator',
      'draft.steps.2.arms.0.steps.0.add.0',
      'draft.steps.3.value',
    ]
    expect(made.problems.map(({ path }) => path)).toEqual(paths)
    await expect(client.workflows.publish({ workflowId: made.id, revision: 1 })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      data: { fields: made.problems },
    })
  })

  test('an edit says which draft it replaces; what is published stays until it is published anew', async () => {
    const draft = { triggers: [{ kind: 'manual' as const }], steps: [wait] }
    const workflowId = await given(draft)
    const edited = await client.workflows.edit({ workflowId, revision: 1, draft: { ...draft, triggers: [] } })
    expect(edited).toMatchObject({
      revision: 2,
      hasChanges: true,
      state: 'published',
      triggers: ['manual'],
      version: 1,
    })
    await expect(client.workflows.edit({ workflowId, revision: 1, draft })).rejects.toMatchObject({ code: 'STALE' })
    expect((await client.workflows.version({ workflowId, version: 1 })).definition).toMatchObject(draft)
    await client.workflows.edit({ workflowId, revision: 2, draft })
    expect(await client.workflows.publish({ workflowId, revision: 3 })).toMatchObject({ version: 2, hasChanges: false })
  })

  test('names are told apart; a copy is a draft; what is removed is gone from the list and stays in the records', async () => {
    const workflowId = await given({ triggers: [{ kind: 'manual' }], steps: [wait] }, 'Bienvenida')
    expect(await refusalOf(client.workflows.create({ name: 'BIENVENIDA' }))).toBe('name-taken')
    const copy = await client.workflows.duplicate({ workflowId, name: 'Copia' })
    expect(copy).toMatchObject({ name: 'Copia', state: 'draft', steps: 1 })
    expect(await refusalOf(client.workflows.rename({ workflowId: copy.id, name: 'Bienvenida' }))).toBe('name-taken')
    const contactId = await contact()
    await client.workflows.start({ workflowId, contactId })
    await client.workflows.remove({ workflowId })
    await waitFor('the run to end', async () => (await runs(contactId))[0]?.end === 'workflowRemoved')
    expect((await client.workflows.list()).items.map(({ name }) => name)).toEqual(['Copia'])
    expect((await runs(contactId))[0]?.workflow.name).toBe('Bienvenida')
  })

  test('a hundred steps and no more, four levels deep and no deeper', async () => {
    const many = (length: number) => Array.from({ length }, (_, at) => ({ ...wait, id: `e${at}` }))
    const draft: Draft = { triggers: [], steps: many(100) }
    const { id: workflowId } = await client.workflows.create({ name: 'Largo', draft })
    const refused = (steps: Draft['steps']) =>
      client.workflows.edit({ workflowId, revision: 1, draft: { triggers: [], steps } }).then(
        () => [],
        (error: { data: { fields: { path: string; message: string }[] } }) => error.data.fields,
      )
    expect(await refused(many(101))).toMatchObject([{ path: 'draft.steps', message: 'at most 100 steps' }])
    const inside = { id: 'r', kind: 'branch' as const, arms: [], otherwise: many(60) }
    expect(await refused([inside, ...many(60)])).toMatchObject([{ path: 'draft.steps', message: 'at most 100 steps' }])
    const nest = (levels: number): Draft['steps'] =>
      levels === 0 ? [wait] : [{ id: `r${levels}`, kind: 'branch', arms: [], otherwise: nest(levels - 1) }]
    expect(await refused(nest(4))).toMatchObject([{ message: 'steps within steps, at most 4 levels' }])
    expect(
      (await client.workflows.edit({ workflowId, revision: 1, draft: { triggers: [], steps: nest(3) } })).steps,
    ).toBe(4)
  })
})

test('workflows that set one another off come to an end, and say so', async () => {
  const { id: ping } = await client.tags.create({ name: 'Ping' })
  const { id: pong } = await client.tags.create({ name: 'Pong' })
  const first = await given({
    triggers: [{ kind: 'tagAdded', tagIds: [ping] }],
    steps: [
      { id: 'a', kind: 'tag', remove: [ping] },
      { id: 'b', kind: 'tag', add: [pong] },
    ],
  })
  const second = await given({
    triggers: [{ kind: 'tagAdded', tagIds: [pong] }],
    steps: [
      { id: 'a', kind: 'tag', remove: [pong] },
      { id: 'b', kind: 'tag', add: [ping] },
    ],
  })
  const contactId = await contact()
  await client.contacts.tag({ contactId, tagIds: [ping] })
  const refused = async () => {
    const all = await Promise.all([first, second].map((workflowId) => client.workflows.get({ workflowId })))
    return all.reduce((sum, { refused: { count: times } }) => sum + times, 0)
  }
  await waitFor('the guard', async () => (await refused()) > 0)
  expect((await runs(contactId)).length).toBe(6)
})

test('workflows that set one another off by requests to this very server come to an end, and say so', async () => {
  const stop = { id: 's', kind: 'stop' as const }
  const both = [
    await given({ triggers: [{ kind: 'webhook' }], steps: [stop] }),
    await given({ triggers: [{ kind: 'webhook' }], steps: [stop] }),
  ]
  const [first, second] = await Promise.all(both.map((workflowId) => client.workflows.get({ workflowId })))
  const here = ({ hookUrl }: { hookUrl: string | null } = { hookUrl: null }) => server.url + new URL(hookUrl!).pathname
  for (const [{ id: workflowId, revision }, url] of [
    [first!, here(second)],
    [second!, here(first)],
  ] as const) {
    const steps = [
      { id: 'p', kind: 'http' as const, method: 'POST' as const, url, body: '{"email": "{{contact.email}}"}' },
    ]
    const edited = await client.workflows.edit({
      workflowId,
      revision,
      draft: { triggers: [{ kind: 'webhook' }], steps },
    })
    await client.workflows.publish({ workflowId, revision: edited.revision })
  }
  const { id: contactId } = await client.contacts.create({ values: { firstName: 'Ana', email: 'ana@nogal.es' } })
  const post = () =>
    fetch(here(first), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ contactId }),
    })
  expect(await (await post()).json()).toMatchObject({ entered: true })
  const isGuarded = async () => {
    const now = await Promise.all(both.map((workflowId) => client.workflows.get({ workflowId })))
    return now.some(({ refused }) => refused.count > 0)
  }
  await waitFor('the guard, after twenty requests', isGuarded)
  await ends(contactId, 20)
  expect(await (await post()).json()).toEqual({ contactId, entered: false, reason: 'too-often' })
  expect((await runs(contactId)).length).toBe(20)
})

test('nothing is written for workflows where there are none', async () => {
  const { id: tagId } = await client.tags.create({ name: 'Sola' })
  const contactId = await contact()
  await client.contacts.tag({ contactId, tagIds: [tagId] })
  const rows = await server.deps.db
    .selectFrom('workflow_event')
    .where('workspace_id', '=', shop.id)
    .selectAll()
    .execute()
  expect(rows).toEqual([])
})
