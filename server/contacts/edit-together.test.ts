import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { LiveEvent } from '#contract/live.ts'
import type { StandardField } from '#contract/contacts.ts'
import { connectClient } from '../testing/client.ts'
import { givenWorkspace, type GivenMember } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { waitFor } from '../testing/wait-for.ts'

let server: TestServer
let ana: GivenMember
let mario: GivenMember
let contactId: number

beforeAll(async () => {
  server = await startTestServer({ work: false })
})
beforeEach(async () => {
  const shop = await givenWorkspace(server)
  ana = shop.agent
  mario = shop.manager
  const values = { firstName: 'Luz', lastName: 'Soto', phone: '+34 600 00 01 42' }
  contactId = (await shop.owner.client.contacts.create({ values })).id
})
afterAll(() => server.close())

type Values = Partial<Record<StandardField, string | null>>

/** An edit by somebody who saw the record as it was made. */
const edit = (who: GivenMember, values: Values, replaces: Values = { firstName: 'Luz', lastName: 'Soto' }) =>
  who.client.contacts.update({ contactId, values, replaces })

const refusalOf = (act: Promise<unknown>) =>
  act.then(
    () => null,
    (error: unknown) => error,
  )

test('two people who edit different fields both win', async () => {
  await Promise.all([edit(ana, { firstName: 'Lucía' }), edit(mario, { lastName: 'Sotomayor' })])
  const { fields, displayName, version } = await ana.client.contacts.get({ contactId })
  expect(displayName).toBe('Lucía Sotomayor')
  expect(fields.firstName.by).toBe('Ana Agente')
  expect(fields.lastName.by).toBe('Mario Gerente')
  expect(version).toBe(3)
})

test('of two who edit the same field the second is told what stands there now, by whom, and since when', async () => {
  const first = await edit(ana, { firstName: 'Lucía' })
  const refusal = await refusalOf(edit(mario, { firstName: 'Luzia', lastName: 'Sotomayor' }))
  expect(refusal).toMatchObject({
    code: 'STALE',
    status: 409,
    data: {
      fields: [{ field: 'firstName', current: 'Lucía', by: 'Ana Agente', at: first.fields.firstName.at }],
    },
  })
  // all or none: the other field of a refused edit is untouched
  expect((await mario.client.contacts.get({ contactId })).displayName).toBe('Lucía Soto')
  const chosen = await edit(mario, { firstName: 'Luzia' }, { firstName: 'Lucía' })
  expect(chosen.displayName).toBe('Luzia Soto')
})

test('a repeated edit succeeds, and so does one that wants what already stands there', async () => {
  const first = await edit(ana, { firstName: 'Lucía' })
  expect(await edit(ana, { firstName: 'Lucía' })).toEqual(first)
  expect(await edit(mario, { firstName: 'Lucía' })).toEqual(first)
})

test('a request that is sent twice with one key is one edit', async () => {
  const headers = { ...ana.headers, 'idempotency-key': 'edit-of-luz-1' }
  const client = connectClient(server.url, headers)
  const act = () =>
    client.contacts.update({ contactId, values: { firstName: 'Lucía' }, replaces: { firstName: 'Luz' } })
  const [one, two] = await Promise.all([act(), act()])
  expect(one).toEqual(two)
  expect(one.version).toBe(2)
})

test('of fifty at once on one field, exactly one wins, and the record is what that one wrote', async () => {
  const names = Array.from({ length: 50 }, (_, at) => `Luz ${at}`)
  const outcomes = await Promise.all(
    names.map((firstName) =>
      edit(mario, { firstName }).then(
        () => firstName,
        (error: { code: string }) => error.code,
      ),
    ),
  )
  expect(outcomes.filter((outcome) => outcome === 'STALE')).toHaveLength(49)
  const { fields, version } = await ana.client.contacts.get({ contactId })
  expect(outcomes).toContain(fields.firstName.value)
  expect(version).toBe(2)
})

test('without saying what it replaces an edit simply holds', async () => {
  await edit(ana, { firstName: 'Lucía' })
  expect((await edit(mario, { firstName: 'Luzia' }, {})).displayName).toBe('Luzia Soto')
})

test('an empty field can be what somebody saw', async () => {
  await edit(ana, { email: 'luz@example.com' }, { email: null })
  expect(await refusalOf(edit(mario, { email: 'soto@example.com' }, { email: null }))).toMatchObject({
    code: 'STALE',
    data: { fields: [{ field: 'email', current: 'luz@example.com' }] },
  })
})

test('a country that followed the phone of another’s edit is no contradiction', async () => {
  await edit(ana, { phone: '+52 55 1234 5678' }, { phone: '+34600000142' })
  const after = await edit(mario, { country: 'US' }, { country: 'MX' })
  expect(after.fields.country).toMatchObject({ value: 'US', by: 'Mario Gerente' })
})

test('everybody who sees the contact hears of an edit at once, with ids only', async () => {
  const stop = new AbortController()
  const events: LiveEvent[] = []
  const stream = await mario.client.live.watch(undefined, { signal: stop.signal })
  const heard = (async () => {
    for await (const event of stream) events.push(event)
  })().catch(() => {})
  await waitFor('the stream to open', () => events.length > 0)
  await edit(ana, { firstName: 'Lucía' })
  const event = await waitFor('the edit', () =>
    events.find((event) => event.type === 'contact' && event.cause === 'edited'),
  )
  expect(event).toEqual({ type: 'contact', contactId, cause: 'edited', memberId: ana.memberId })
  expect((await mario.client.contacts.get({ contactId })).displayName).toBe('Lucía Soto')
  stop.abort()
  await heard
})
