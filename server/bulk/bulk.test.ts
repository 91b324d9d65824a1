import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { FieldType } from '#contract/fields.ts'
import type { Selection } from '#contract/filter.ts'
import { givenShop, type Shop } from '../conversations/testing.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { givenMember } from '../testing/given.ts'
import { brokenLaws } from '../testing/merge-laws.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { assigning } from './assign-many.ts'
import { runJob } from './run-job.ts'
import { settingField } from './set-field-of-many.ts'
import { staging } from './set-stage-of-many.ts'
import { tagging } from './tag-many.ts'

let server: TestServer
let double: CustomDouble
let shop: Shop
let people: number[]

beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer({ work: false })
})
beforeEach(async () => {
  shop = await givenShop(server, double)
  people = []
  for (const firstName of ['Ana', 'Eva', 'Bob', 'Tom'])
    people.push((await shop.owner.client.contacts.create({ values: { firstName } })).id)
})
afterAll(async () => {
  await server.close()
  await double.close()
})

const run = (jobId: number) =>
  runJob(
    server.deps,
    { tag: tagging, assign: assigning, lifecycle: staging, field: settingField },
    { workspaceId: shop.id, jobId },
    new AbortController().signal,
  )
const everyone: Selection = { kind: 'matching', except: [] }
const finish = async ({ id: jobId }: { id: number }) => {
  await run(jobId)
  return shop.manager.client.bulk.get({ jobId })
}
const wears = async (id: number) =>
  (await shop.owner.client.contacts.get({ contactId: id })).tags.map(({ name }) => name)

test('tags are put on and taken off all of a selection, of merged contacts too, and the activity tells of each', async () => {
  const { contacts, tags, bulk, merging } = shop.manager.client
  const [ana, eva, bob, tom] = people as [number, number, number, number]
  const vip = (await shop.owner.client.tags.create({ name: 'vip' })).id
  const old = (await tags.create({ name: 'viejo' })).id
  await contacts.tag({ contactId: ana, tagIds: [vip, old] })
  await contacts.tag({ contactId: tom, tagIds: [old] })
  const { mergeId } = await merging.merge({ contactIds: [bob, tom], survivorId: bob })
  const job = await finish(await bulk.tag({ selection: everyone, add: [vip], remove: [old] }))
  expect(job).toMatchObject({ kind: 'tag', state: 'done', total: 3, done: 3, failed: 0 })
  expect(job.result?.counts).toEqual({ added: 2, removed: 2 })
  expect([await wears(ana), await wears(eva), await wears(bob)]).toEqual([['vip'], ['vip'], ['vip']])
  expect(await brokenLaws(server.deps, shop.id)).toEqual([])
  await merging.undo({ mergeId })
  expect([await wears(bob), await wears(tom)]).toEqual([['vip'], []])
  const told = await server.deps.db
    .selectFrom('activity')
    .select(['kind', 'actor_id'])
    .where('workspace_id', '=', shop.id)
    .where('contact_id', '=', eva)
    .where('kind', 'like', 'tag%')
    .execute()
  expect(told).toEqual([{ kind: 'tagAdded', actor_id: shop.manager.memberId }])
  expect(
    (await contacts.list({ filter: { and: [{ field: 'tag', operator: 'hasAnyOf', value: [vip] }] } })).items,
  ).toHaveLength(3)
  // whoever was parted from the others meanwhile is one more; then nothing is left to do
  const again = async () => (await finish(await bulk.tag({ selection: everyone, add: [vip] }))).result?.counts
  expect([await again(), await again()]).toEqual([
    { added: 1, removed: 0 },
    { added: 0, removed: 0 },
  ])
})

test('who holds as many tags as a contact can is told of; beyond the limit of the workspace nobody is tagged', async () => {
  const { contacts, tags, bulk, workspaces } = shop.owner.client
  const names = Array.from({ length: 100 }, (_, at) => `etiqueta ${at}`)
  for (let at = 0; at < 100; at += 20) await contacts.tag({ contactId: people[0]!, names: names.slice(at, at + 20) })
  const vip = (await tags.create({ name: 'vip' })).id
  const job = await finish(await bulk.tag({ selection: everyone, add: [vip] }))
  expect(job).toMatchObject({ done: 3, failed: 1, result: { failures: { 'too-many-tags': 1 } } })
  expect((await bulk.contacts({ jobId: job.id, outcome: 'failed' })).items).toEqual([
    { contactId: people[0], reason: 'too-many-tags', survivorId: null },
  ])
  await workspaces.update({ bulkLimit: 3 })
  await expect(bulk.tag({ selection: everyone, add: [vip] })).rejects.toMatchObject({ data: { reason: 'bulk-limit' } })
  await expect(bulk.tag({ selection: everyone, add: [vip], remove: [vip] })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    data: { fields: [{ path: 'add.0', reason: 'both' }] },
  })
  await expect(bulk.tag({ selection: everyone, add: [999] })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('all of a selection are given to a member, who then sees them; a member who left in between gets nobody', async () => {
  const { bulk, conversations, contacts, members } = shop.owner.client
  await conversations.assign({ contactId: people[0]!, memberId: shop.owner.memberId })
  await shop.hear('+34600000142', 'hola')
  const mine = await givenMember(server, shop.id, { restrictions: ['onlyMine'] })
  const job = await finish(await bulk.assign({ selection: everyone, memberId: mine.memberId }))
  expect(job).toMatchObject({ kind: 'assign', state: 'done', done: 5, failed: 0, result: { counts: { assigned: 5 } } })
  expect((await mine.client.conversations.list({ view: 'mine' })).items).toHaveLength(1)
  expect((await mine.client.contacts.get({ contactId: people[0]! })).assignee?.memberId).toBe(mine.memberId)
  const next = await bulk.assign({ selection: everyone, memberId: shop.agent.memberId })
  await members.remove({ memberId: shop.agent.memberId })
  expect(await finish(next)).toMatchObject({ state: 'done', done: 0, failed: 5 })
  expect((await finish(await bulk.assign({ selection: everyone, memberId: null }))).result?.counts).toEqual({
    assigned: 5,
  })
  expect((await contacts.get({ contactId: people[1]! })).assignee).toBeNull()
  await expect(bulk.assign({ selection: everyone, memberId: 999 })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  const stopped = await bulk.assign({ selection: everyone, memberId: mine.memberId })
  await bulk.cancel({ jobId: stopped.id })
  expect(await finish(stopped)).toMatchObject({ state: 'cancelled', done: 0 })
})

test('a value is given to all of a selection, of every type, as a single edit would: found, in its history, in merges', async () => {
  const { bulk, contacts, merging, activity } = shop.manager.client
  const make = async (name: string, type: FieldType, options?: string[]) =>
    (await shop.owner.client.fields.create({ name, type, ...(options === undefined ? {} : { options }) })).id
  const given = [
    [await make('Pedido', 'text'), 'Azulejo verde'],
    [await make('Talla', 'list', ['38', '39']), '39'],
    [await make('Socio', 'checkbox'), false],
    [await make('Facturas', 'email'), 'facturas@example.com'],
    [await make('Puntos', 'number'), 12.5],
    [await make('Web', 'url'), 'https://example.com/a'],
    [await make('Alta', 'date'), '2026-05-03'],
    [await make('Hora', 'time'), '14:30'],
  ] as const
  const [ana, eva, bob, tom] = people as [number, number, number, number]
  const { mergeId } = await merging.merge({ contactIds: [bob, tom], survivorId: bob })
  for (const [id, value] of given) {
    const job = await finish(await bulk.setField({ selection: everyone, field: `#${id}`, value }))
    expect(job).toMatchObject({ kind: 'field', state: 'done', done: 3, failed: 0, result: { counts: { changed: 3 } } })
  }
  for (const contactId of [ana, eva, bob]) {
    const { custom } = await contacts.get({ contactId })
    expect(Object.fromEntries(Object.entries(custom).map(([id, { value }]) => [id, value]))).toEqual(
      Object.fromEntries(given),
    )
    expect(custom[given[0][0]]).toMatchObject({ source: 'person', by: 'Mario Gerente' })
  }
  expect((await contacts.list({ q: 'azulejo' })).items).toHaveLength(3)
  const filter = { and: [{ field: `#${given[4][0]}`, operator: 'isGreaterThan', value: 12 } as const] }
  expect((await contacts.list({ filter })).items).toHaveLength(3)
  expect((await activity.ofContact({ contactId: bob, group: 'details', limit: 1 })).items).toMatchObject([
    { kind: 'fieldChanged', data: { field: `#${given[7][0]}`, name: 'Hora', from: null, to: '14:30' } },
  ])
  expect(await brokenLaws(server.deps, shop.id)).toEqual([])
  await merging.undo({ mergeId })
  expect(Object.keys((await contacts.get({ contactId: tom })).custom)).toEqual([])
  expect(Object.keys((await contacts.get({ contactId: bob })).custom)).toHaveLength(given.length)
  expect(await brokenLaws(server.deps, shop.id)).toEqual([])

  // whoever holds a value may keep it; emptying takes it away; what has been given stands nowhere else
  await contacts.update({ contactId: ana, values: { country: 'PT' } })
  const kept = await finish(
    await bulk.setField({ selection: everyone, field: 'country', value: 'ES', keepExisting: true }),
  )
  expect(kept.result?.counts).toEqual({ changed: 3 })
  expect((await contacts.get({ contactId: ana })).fields.country.value).toBe('PT')
  const emptied = await finish(await bulk.setField({ selection: everyone, field: 'country', value: null }))
  expect(emptied.result?.counts).toEqual({ changed: 4 })
  const wishes = await server.deps.db
    .selectFrom('bulk_job')
    .select('wish')
    .where('workspace_id', '=', shop.id)
    .execute()
  expect(wishes.filter(({ wish }) => Object.hasOwn(wish as object, 'value'))).toEqual([])
})

test('a value that the field does not take is refused; one that goes in between is given to nobody', async () => {
  const { bulk, contacts, fields, lifecycle } = shop.owner.client
  const size = (await fields.create({ name: 'Talla', type: 'list', options: ['38', '39'] })).id
  const wrong = [
    [{ field: `#${size}`, value: '40' }, 'value', 'not-an-option'],
    [{ field: '#999', value: '40' }, 'field', 'unknown'],
    [{ field: 'country', value: 'España' }, 'value', 'unknown-country'],
    [{ field: 'country', value: false }, 'value', 'text'],
    [{ field: 'language', value: 7 }, 'value', 'text'],
  ] as const
  for (const [edit, path, reason] of wrong)
    await expect(bulk.setField({ selection: everyone, ...edit })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      data: { fields: [{ path, reason }] },
    })
  for (const field of ['phone', 'email', 'firstName'])
    await expect(bulk.setField({ selection: everyone, field: field as 'country', value: 'x' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
  const job = await bulk.setField({ selection: everyone, field: `#${size}`, value: '39' })
  await fields.edit({ fieldId: size, options: ['38'] })
  expect(await finish(job)).toMatchObject({ state: 'done', done: 0, failed: 4 })

  const stage = await lifecycle.create({ name: 'Cliente', emoji: '🌱' })
  const lost = await lifecycle.create({ name: 'Perdido', kind: 'lost' })
  await expect(bulk.setStage({ selection: everyone, stageId: 999 })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  expect(await finish(await bulk.setStage({ selection: everyone, stageId: lost.id }))).toMatchObject({
    kind: 'lifecycle',
    done: 4,
    result: { counts: { changed: 4 } },
  })
  expect((await contacts.get({ contactId: people[0]! })).lifecycle.value?.name).toBe('Perdido')
  const late = await bulk.setStage({ selection: everyone, stageId: lost.id })
  await lifecycle.remove({ stageId: lost.id, contacts: 4 })
  expect(await finish(late)).toMatchObject({ done: 0, failed: 4 })
  const stopped = await bulk.setStage({ selection: everyone, stageId: stage.id })
  await bulk.cancel({ jobId: stopped.id })
  expect(await finish(stopped)).toMatchObject({ state: 'cancelled', done: 0 })
  expect((await contacts.get({ contactId: people[0]! })).lifecycle.value).toBeNull()
})
