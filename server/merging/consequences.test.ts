import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { givenShop, type Shop } from '../conversations/testing.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import type { Client } from '../testing/client.ts'
import { givenCustom } from '../testing/given-channel.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { waitFor } from '../testing/wait-for.ts'
import { endsOf, givenWorkflow, runsOf, waiting } from '../workflows/testing.ts'

let server: TestServer
let double: CustomDouble
let shop: Shop
let client: Client
let ana: number
let anita: number
let anna: number
let other: number

beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer()
})
beforeEach(async () => {
  shop = await givenShop(server, double)
  client = shop.owner.client
  ana = await given('Ana')
  anita = await given('Anita')
  anna = await given('Anna')
  other = (await givenCustom(server, shop.owner, double, 'phone')).channel.id
})
afterAll(async () => {
  await server.close()
  await double.close()
})

const given = async (firstName: string) => (await client.contacts.create({ values: { firstName } })).id
const begun = async (name: string, ...contactIds: number[]) => {
  const workflowId = await givenWorkflow(client, { triggers: [{ kind: 'manual' }], steps: [waiting] }, name)
  for (const contactId of contactIds) await client.workflows.start({ workflowId, contactId })
  for (const contactId of contactIds) await endsOf(client, contactId)
  return workflowId
}
const wish = () => ({ contactIds: [ana, anita, anna], survivorId: ana })
const wishesOf = async (contactId: number) =>
  (await client.contacts.get({ contactId })).optOuts.map(({ channelId }) => channelId)
/** In an order that does not matter. */
const sorted = (rows: readonly (readonly unknown[])[]) => rows.map((row) => JSON.stringify(row)).toSorted()
const refusalOf = (act: Promise<unknown>) =>
  act.then(
    () => null,
    (error: { code: string; data: unknown }) => error,
  )

test('a preview names the workflows that stop; just these do, and undoing begins none again', async () => {
  const welcome = await begun('Bienvenida', ana, anita)
  const after = await begun('Posventa', anita, anna)
  const own = await begun('Propio', ana)
  const plan = await client.merging.plan(wish())
  const stopped = [
    { contactId: anita, workflowId: welcome, name: 'Bienvenida' },
    { contactId: anita, workflowId: after, name: 'Posventa' },
    { contactId: anna, workflowId: after, name: 'Posventa' },
  ]
  expect(plan.runsStopped).toEqual(stopped)
  const { mergeId } = await client.merging.merge({ ...wish(), fingerprint: plan.fingerprint })
  const standing = async () => sorted((await runsOf(client, ana)).map(({ workflow, end }) => [workflow.id, end]))
  expect(await standing()).toEqual(
    sorted([
      [welcome, 'merged'],
      [welcome, null],
      [after, 'merged'],
      [after, 'merged'],
      [own, null],
    ]),
  )
  const [entry] = (await client.merging.history({})).items
  expect(entry!.runsStopped).toEqual(expect.arrayContaining(stopped))
  expect(entry!.runsStopped).toHaveLength(3)

  const undo = await client.merging.undoPlan({ mergeId })
  expect(undo.runsStopped).toEqual(entry!.runsStopped)
  await client.merging.undo({ mergeId, fingerprint: undo.fingerprint })
  expect(await standing()).toEqual(
    sorted([
      [welcome, null],
      [own, null],
    ]),
  )
  for (const contactId of [anita, anna])
    expect((await runsOf(client, contactId)).every(({ end }) => end === 'merged')).toBe(true)
  // they may be led through it anew
  await client.workflows.start({ workflowId: welcome, contactId: anita })

  // the history tells nothing of whoever is deleted
  const { id: jobId } = await client.deletion.start({ selection: { kind: 'ids', ids: [anita] }, contacts: 1 })
  await waitFor('the deletion', async () => (await client.bulk.get({ jobId })).state === 'done')
  expect((await client.merging.history({})).items[0]!.runsStopped).toEqual([])
})

test('a preview is refused with the new one where a workflow has begun meanwhile, or somebody wants no messages', async () => {
  const plan = await client.merging.plan(wish())
  const workflowId = await begun('Bienvenida', anna)
  const late = client.merging.merge({ ...wish(), fingerprint: plan.fingerprint })
  const refusal = await refusalOf(late)
  expect(refusal).toMatchObject({
    code: 'OUTDATED',
    data: { plan: { runsStopped: [{ contactId: anna, workflowId, name: 'Bienvenida' }] } },
  })
  const now = await client.merging.plan(wish())
  await client.optOuts.set({ contactId: anita, channelId: other })
  expect(await refusalOf(client.merging.merge({ ...wish(), fingerprint: now.fingerprint }))).toMatchObject({
    code: 'OUTDATED',
    data: { plan: { result: { optOuts: [{ channelId: other, contactIds: [anita] }] } } },
  })
  // what goes on with the survivor changes nothing
  const { fingerprint } = await client.merging.plan(wish())
  await begun('Propio', ana)
  const { mergeId } = await client.merging.merge({ ...wish(), fingerprint })

  const undo = await client.merging.undoPlan({ mergeId })
  await client.optOuts.set({ contactId: ana, channelId: null })
  expect(await refusalOf(client.merging.undo({ mergeId, fingerprint: undo.fingerprint }))).toMatchObject({
    code: 'OUTDATED',
    data: { plan: { staysOptedOut: [{ channelId: null }] } },
  })
})

test('the strictest wish survives, with whose it is; parted, each has what they asked for and what was asked meanwhile', async () => {
  const { channelId } = shop
  await client.optOuts.set({ contactId: anita, channelId, reason: 'Lo pidió' })
  await client.optOuts.set({ contactId: anna, channelId })
  await client.optOuts.set({ contactId: ana, channelId: other })
  const plan = await client.merging.plan(wish())
  expect(sorted(plan.result.optOuts.map((one) => [one.channelId, one.contactIds]))).toEqual(
    sorted([
      [channelId, [anita, anna]],
      [other, [ana]],
    ]),
  )
  const { mergeId, contact } = await client.merging.merge({ ...wish(), fingerprint: plan.fingerprint })
  const shown = ({ contactIds: _whose, ...optOut }: (typeof plan.result.optOuts)[number]) => optOut
  expect(contact.optOuts).toEqual(plan.result.optOuts.map(shown))

  const see = (undo: Awaited<ReturnType<typeof client.merging.undoPlan>>) => ({
    gone: undo.optOutsGone.map((one) => one.channelId),
    returning: undo.returning.map((one) => [one.contactId, one.optOuts.map((optOut) => optOut.channelId)]),
    stays: undo.staysOptedOut.map((one) => one.channelId),
  })
  expect(see(await client.merging.undoPlan({ mergeId }))).toEqual({
    gone: [channelId],
    returning: [
      [anita, [channelId]],
      [anna, [channelId]],
    ],
    stays: [],
  })
  // asked meanwhile, for all of them; and lifted meanwhile, of all of them
  await client.optOuts.set({ contactId: anna, channelId: null })
  await client.optOuts.lift({ contactId: ana, channelId: other, reason: 'Nos escribió' })
  const undo = await client.merging.undoPlan({ mergeId })
  expect(see(undo)).toEqual({
    gone: [],
    returning: [
      [anita, [null, channelId]],
      [anna, [null, channelId]],
    ],
    stays: [null],
  })
  await client.merging.undo({ mergeId, fingerprint: undo.fingerprint })
  expect(await wishesOf(ana)).toEqual([null])
  for (const { contactId, optOuts } of undo.returning)
    expect((await client.contacts.get({ contactId })).optOuts).toEqual(optOuts)
})
