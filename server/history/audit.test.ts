import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AuditEvent } from '#contract/audit.ts'
import { givenCustom } from '../testing/given-channel.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { givenWorkspace } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
let double: CustomDouble
beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer({ work: false })
})
afterAll(async () => {
  await server.close()
  await double.close()
})

const line = ({ kind, subject, changes, contacts }: AuditEvent) =>
  [
    kind,
    subject ?? '',
    ...changes.map(({ what, from, to }) => `${what} ${JSON.stringify(from)} → ${JSON.stringify(to)}`),
    ...(contacts === null ? [] : [`${contacts} contacts`]),
  ].join(' | ')

test('every act on the workspace stands in its audit trail with who, from → to and from where', async () => {
  const { owner, manager, agent } = await givenWorkspace(server)
  const { client } = owner
  const team = await client.teams.create({ name: 'Ventas' })
  await client.teams.rename({ teamId: team.id, name: 'Tienda' })
  await client.members.updateAccess({
    memberId: agent.memberId,
    role: 'agent',
    restrictions: ['onlyTeam'],
    teamId: team.id,
  })
  await client.workspaces.update({ language: 'en', heldDays: 60 })
  await client.workspaces.update({ language: 'en' })
  const { channel } = await givenCustom(server, owner, double, 'phone')
  await client.channels.pause({ channelId: channel.id })
  const field = await manager.client.fields.create({ name: 'Talla', type: 'list', options: ['38', '39'] })
  await manager.client.fields.edit({ fieldId: field.id, options: ['38', '40'] })
  await manager.client.fields.place({ key: 'country', shown: 'filled' })
  const tag = await agent.client.tags.create({ name: 'VIP', colour: 'teal' })
  await client.tags.edit({ tagId: tag.id, name: 'Vip', colour: 'red' })
  await client.tags.remove({ tagId: tag.id, contacts: 0 })
  const filter = { and: [{ field: 'name' as const, operator: 'isEqualTo' as const, value: 'Luz Secreta' }] }
  const segment = await client.segments.create({ name: 'Luces', filter: { and: [] } })
  await client.segments.edit({ segmentId: segment.id, filter })
  const note = await client.conversations.addClosingNote({ category: 'Venta grande', description: '' })
  await client.conversations.editClosingNote({
    closingNoteId: note.id,
    category: 'Venta grande',
    description: 'Compró',
  })
  await client.duplicates.blockValue({ value: '+34600000199' })
  await client.duplicates.blockValue({ value: '+34600000199' })
  await manager.client.members.updateProfile({ name: 'Mario Gómez' })
  await client.members.remove({ memberId: agent.memberId })

  const { items } = await client.audit.list({ limit: 100 })
  expect(items.toReversed().map(line)).toEqual([
    'teamCreated | Ventas',
    'teamRenamed | Tienda | name "Ventas" → "Tienda"',
    'accessChanged | Ana Agente | team null → "Tienda" | restrictions [] → ["onlyTeam"]',
    expect.stringMatching(/^workspaceChanged \| .* \| heldDays 30 → 60 \| language "es" → "en"$/),
    expect.stringMatching(/^channelConnected \| .* \| kind null → "custom" \| address/),
    `channelPaused | ${channel.name}`,
    'fieldCreated | Talla | type null → "list"',
    'fieldEdited | Talla | options ["38","39"] → ["38","40"]',
    'fieldPlaced | country | shown "always" → "filled"',
    'tagCreated | VIP',
    'tagEdited | Vip | name "VIP" → "Vip" | colour "teal" → "red"',
    'tagRemoved | Vip | 0 contacts',
    'segmentCreated | Luces',
    'segmentEdited | Luces | filter null → null',
    'closingNoteAdded | Venta grande',
    'closingNoteEdited | Venta grande | description "" → "Compró"',
    'valueBlocked | +34600000199',
    'memberRenamed | Mario Gómez | name "Mario Gerente" → "Mario Gómez"',
    expect.stringMatching(/^memberRemoved \| Ana Agente \| role "agent" → null \| 0 contacts$/),
  ])
  expect(JSON.stringify(items)).not.toContain('Secreta')
  expect(items.every(({ ip }) => ip === '127.0.0.1')).toBe(true)
  expect(items.find(({ kind }) => kind === 'tagCreated')?.actor).toEqual({
    type: 'member',
    memberId: agent.memberId,
    name: 'Ana Agente',
  })

  const kinds = async (input: Parameters<typeof client.audit.list>[0]) =>
    (await client.audit.list(input)).items.map(({ kind }) => kind)
  expect(await kinds({ memberId: manager.memberId })).toEqual([
    'memberRenamed',
    'fieldPlaced',
    'fieldEdited',
    'fieldCreated',
  ])
  expect(await kinds({ group: 'tags' })).toEqual(['tagRemoved', 'tagEdited', 'tagCreated'])
  expect(await kinds({ group: 'tags', since: items.find(({ kind }) => kind === 'tagRemoved')!.at })).toEqual([
    'tagRemoved',
  ])
  expect(await kinds({ before: items.at(-1)!.at })).toEqual([])
  const first = await client.audit.list({ limit: 12 })
  expect([...first.items, ...(await client.audit.list({ limit: 12, cursor: first.next })).items]).toEqual(items)

  await expect(manager.client.audit.list({})).rejects.toMatchObject({ code: 'FORBIDDEN' })
  const elsewhere = await givenWorkspace(server)
  expect((await elsewhere.owner.client.audit.list({})).items).toEqual([])
})
