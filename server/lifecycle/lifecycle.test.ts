import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Client } from '../testing/client.ts'
import { givenWorkspace, type GivenMember } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { waitFor } from '../testing/wait-for.ts'

let server: TestServer
let shop: { id: number; owner: GivenMember; manager: GivenMember; agent: GivenMember }
let client: Client

beforeAll(async () => {
  server = await startTestServer()
})
beforeEach(async () => {
  shop = await givenWorkspace(server)
  client = shop.owner.client
})
afterAll(() => server.close())

const refusalOf = (act: Promise<unknown>) =>
  act.then(
    () => null,
    (error: unknown) => error,
  )
const givenStages = async (...names: string[]) => {
  const ids: number[] = []
  for (const name of names) ids.push((await client.lifecycle.create({ name })).id)
  return ids as [number, number, number]
}
const givenContact = async (firstName = 'Luz') => (await client.contacts.create({ values: { firstName } })).id
const names = async () => (await client.lifecycle.list()).items.map(({ name }) => name)
const stageOf = async (contactId: number) => (await client.contacts.get({ contactId })).lifecycle.value?.name ?? null

describe('stages', () => {
  test('stand in an order; one of them, the first made until another is named, is where new contacts begin', async () => {
    const before = await givenContact()
    const [lead, customer, lost] = await givenStages('Interesado', 'Cliente', 'Perdido')
    await client.lifecycle.edit({ stageId: lost, kind: 'lost', emoji: '🥀' })
    expect((await client.lifecycle.list()).items).toEqual([
      { id: lead, name: 'Interesado', emoji: null, kind: 'stage', description: '', isDefault: true },
      { id: customer, name: 'Cliente', emoji: null, kind: 'stage', description: '', isDefault: false },
      { id: lost, name: 'Perdido', emoji: '🥀', kind: 'lost', description: '', isDefault: false },
    ])
    expect([await stageOf(before), await stageOf(await givenContact())]).toEqual([null, 'Interesado'])
    await client.lifecycle.edit({ stageId: customer, isDefault: true })
    expect(await stageOf(await givenContact())).toBe('Cliente')
    await client.lifecycle.move({ stageId: lost, before: lead })
    await client.lifecycle.move({ stageId: lead, before: null })
    expect(await names()).toEqual(['Perdido', 'Cliente', 'Interesado'])
    expect((await shop.agent.client.fields.list()).items.map(({ key }) => key)).toContain('lifecycle')
  })

  test('have names of their own, and are at most 20', async () => {
    const [stageId] = await givenStages('Interesado', 'Cliente')
    expect(await refusalOf(client.lifecycle.create({ name: 'CLIENTE' }))).toMatchObject({
      data: { reason: 'name-taken' },
    })
    expect(await refusalOf(client.lifecycle.edit({ stageId, name: 'cliente' }))).toMatchObject({
      data: { reason: 'name-taken' },
    })
    for (let at = 3; at <= 20; at++) await client.lifecycle.create({ name: `Etapa ${at}` })
    expect(await refusalOf(client.lifecycle.create({ name: 'Una más' }))).toMatchObject({
      data: { reason: 'too-many' },
    })
  })

  test('are deleted by their count, and taken off contacts, absorbed ones too; the default only as the last', async () => {
    const [lead, customer] = await givenStages('Interesado', 'Cliente')
    const [one, other] = [await givenContact(), await givenContact('Ana')]
    for (const contactId of [one, other]) await client.contacts.update({ contactId, values: { lifecycle: customer } })
    const { mergeId } = await client.merging.merge({ contactIds: [one, other], survivorId: one })
    expect(await refusalOf(client.lifecycle.remove({ stageId: lead, contacts: 0 }))).toMatchObject({
      data: { reason: 'default' },
    })
    expect(await refusalOf(client.lifecycle.remove({ stageId: customer, contacts: 2 }))).toMatchObject({
      code: 'STALE',
      data: { fields: [{ field: 'contacts', current: 1 }] },
    })
    await client.lifecycle.remove({ stageId: customer, contacts: 1 })
    expect(await stageOf(one)).toBeNull()
    await waitFor('the sweeping', async () => {
      const rows = await server.deps.db
        .selectFrom('contact')
        .select(['lifecycle_id', 'own'])
        .where('workspace_id', '=', shop.id)
        .execute()
      return rows.every(
        ({ lifecycle_id, own }) => lifecycle_id === null && !JSON.stringify(own).includes(`"${customer}"`),
      )
    })
    await client.merging.undo({ mergeId })
    expect(await stageOf(other)).toBeNull()
    await client.lifecycle.remove({ stageId: lead, contacts: 0 })
    expect((await client.fields.list()).items.map(({ key }) => key)).not.toContain('lifecycle')
  })
})

describe('the stage of a contact', () => {
  test('is set like any field: who and since when, the second of two told, the list sorted and filtered by it', async () => {
    const [lead, customer] = await givenStages('Interesado', 'Cliente')
    const contactId = await givenContact()
    await givenContact('Ana')
    const edited = await shop.agent.client.contacts.update({
      contactId,
      values: { lifecycle: customer },
      replaces: { lifecycle: lead },
    })
    expect(edited.lifecycle).toMatchObject({ value: { id: customer, name: 'Cliente' }, by: 'Ana Agente' })
    expect(
      await refusalOf(
        client.contacts.update({ contactId, values: { lifecycle: null }, replaces: { lifecycle: lead } }),
      ),
    ).toMatchObject({ code: 'STALE', data: { fields: [{ field: 'lifecycle', current: customer, by: 'Ana Agente' }] } })
    expect(await refusalOf(client.contacts.update({ contactId, values: { lifecycle: 999 } }))).toMatchObject({
      code: 'BAD_REQUEST',
      data: { fields: [{ path: 'values.lifecycle' }] },
    })
    const activity = await server.deps.db
      .selectFrom('activity')
      .select('data')
      .where('workspace_id', '=', shop.id)
      .where('kind', '=', 'fieldChanged')
      .executeTakeFirstOrThrow()
    expect(activity.data).toMatchObject({ field: 'lifecycle', from: 'Interesado', to: 'Cliente', toId: customer })
    const sorted = await client.contacts.list({ sort: 'lifecycle' })
    expect(sorted.items.map((row) => [row.displayName, row.lifecycle?.name])).toEqual([
      ['Ana', 'Interesado'],
      ['Luz', 'Cliente'],
    ])
    const filter = { and: [{ field: 'lifecycle', operator: 'isEqualTo' as const, value: customer }] }
    expect((await client.contacts.list({ filter })).items.map(({ id }) => id)).toEqual([contactId])
  })

  test('stays the survivor’s in a merge unless another is chosen, and goes back when it is undone', async () => {
    const [, customer, lost] = await givenStages('Interesado', 'Cliente', 'Perdido')
    const [one, other] = [await givenContact(), await givenContact('Ana')]
    await client.contacts.update({ contactId: one, values: { lifecycle: customer } })
    await client.contacts.update({ contactId: other, values: { lifecycle: lost } })
    const wish = { contactIds: [one, other], survivorId: one }
    const plan = await client.merging.plan(wish)
    expect(plan.fields.find(({ field }) => field === 'lifecycle')).toMatchObject({
      chosen: one,
      options: [
        { value: String(customer), shown: 'Cliente', by: 'Olga Dueñas' },
        { value: String(lost), shown: 'Perdido' },
      ],
    })
    const { mergeId, contact } = await client.merging.merge({ ...wish, picks: { lifecycle: other } })
    expect(contact.lifecycle).toMatchObject({ value: { name: 'Perdido' }, source: 'merge' })
    expect((await client.merging.undoPlan({ mergeId })).goesBack).toContainEqual({
      field: 'lifecycle',
      from: 'Perdido',
      to: 'Cliente',
    })
    await client.merging.undo({ mergeId })
    expect([await stageOf(one), await stageOf(other)]).toEqual(['Cliente', 'Perdido'])
  })
})
