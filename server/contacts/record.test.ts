import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FieldProblem } from '#contract/errors.ts'
import { makeTestToken } from '../members/testing.ts'
import { connectClient } from '../testing/client.ts'
import { givenWorkspace, type GivenMember } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { fillFromChannel } from './fill-from-channel.ts'
import { insertContact } from './insert-contact.ts'

let server: TestServer
let shop: { id: number; owner: GivenMember; manager: GivenMember; agent: GivenMember }

beforeAll(async () => {
  server = await startTestServer({ work: false })
  shop = await givenWorkspace(server)
})
afterAll(() => server.close())

const contacts = () => shop.owner.client.contacts

/** What a refused act says of each field. */
async function problemsOf(act: Promise<unknown>): Promise<FieldProblem[]> {
  const error: unknown = await act.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toMatchObject({ code: 'BAD_REQUEST', status: 400 })
  return (error as { data: { fields: FieldProblem[] } }).data.fields
}

describe('a record', () => {
  test('has a whole number, counted per workspace, a name and every standard field with its origin', async () => {
    const made = await contacts().create({ values: { firstName: 'Ana', lastName: 'Pérez', phone: '+52 55 1234 5678' } })
    expect(Number.isInteger(made.id)).toBe(true)
    expect(made).toMatchObject({
      displayName: 'Ana Pérez',
      version: 1,
      pictureUrl: null,
      assignee: null,
      status: null,
      lastMessageAt: null,
      channels: [],
    })
    expect(made.fields).toMatchObject({
      firstName: { value: 'Ana', source: 'person', by: 'Olga Dueñas', at: made.createdAt },
      lastName: { value: 'Pérez', source: 'person', by: 'Olga Dueñas' },
      email: { value: null },
      phone: { value: '+525512345678', formatted: '+52 55 1234 5678', unverified: false, source: 'person' },
      country: { value: 'MX', source: 'derived', by: null },
      language: { value: null },
    })
    expect(await contacts().get({ contactId: made.id })).toEqual(made)

    const other = await givenWorkspace(server)
    expect((await other.owner.client.contacts.create({ values: { firstName: 'Eva' } })).id).toBe(1)
  })

  test.each([
    [{ firstName: 'Ana' }, 'Ana'],
    [{ lastName: 'Pérez' }, 'Pérez'],
    [{ email: 'ana@example.com' }, 'ana@example.com'],
    [{ phone: '+34 600 00 01 42' }, '+34 600 00 01 42'],
    [{ phone: '+34 600 00 01 43', email: 'bea@example.com' }, '+34 600 00 01 43'],
  ])('of %j is called %s', async (values, displayName) => {
    expect(await contacts().create({ values })).toMatchObject({ displayName })
  })

  test('needs something to know a person by', async () => {
    for (const values of [{}, { firstName: ' ' }, { firstName: null, phone: '' }, { country: 'MX' }])
      expect(await problemsOf(contacts().create({ values }))).toMatchObject([{ reason: 'empty' }])
  })

  test('made with a token says so', async () => {
    const token = await makeTestToken(server.deps, shop.owner)
    const client = connectClient(server.url, { authorization: `Bearer ${token}` })
    const { fields } = await client.contacts.create({ values: { firstName: 'Api' } })
    expect(fields.firstName).toMatchObject({ value: 'Api', source: 'api', by: 'Olga Dueñas' })
  })
})

describe('editing a record', () => {
  test('changes what is named and nothing else, tells who did it, and counts versions', async () => {
    const made = await contacts().create({ values: { firstName: 'Ana', lastName: 'Pérez', language: 'es' } })
    const edited = await shop.agent.client.contacts.update({
      contactId: made.id,
      values: { lastName: 'Pérez Soto' },
      replaces: { lastName: 'Pérez' },
    })
    expect(edited).toMatchObject({ displayName: 'Ana Pérez Soto', version: 2 })
    expect(edited.fields.lastName).toMatchObject({ value: 'Pérez Soto', source: 'person', by: 'Ana Agente' })
    expect(edited.fields.firstName).toEqual(made.fields.firstName)
    expect(edited.fields.language).toEqual(made.fields.language)
  })

  test('that changes nothing leaves no trace', async () => {
    const made = await contacts().create({ values: { firstName: 'Ana' } })
    const same = await shop.manager.client.contacts.update({ contactId: made.id, values: { firstName: ' Ana ' } })
    expect(same).toEqual(made)
    const lines = await server.deps.db
      .selectFrom('activity')
      .select('kind')
      .where('workspace_id', '=', shop.id)
      .where('contact_id', '=', made.id)
      .execute()
    expect(lines).toEqual([{ kind: 'contactCreated' }])
  })

  test('with nothing in a field empties it', async () => {
    const made = await contacts().create({ values: { firstName: 'Ana', email: 'ana@example.com', language: 'es' } })
    const { fields } = await contacts().update({ contactId: made.id, values: { email: '', language: null } })
    expect(fields).toMatchObject({ email: { value: null }, language: { value: null }, firstName: { value: 'Ana' } })
  })

  test('is written down, from what to what', async () => {
    const made = await contacts().create({ values: { firstName: 'Ana' } })
    await contacts().update({ contactId: made.id, values: { firstName: 'Anna' } })
    const line = await server.deps.db
      .selectFrom('activity')
      .selectAll()
      .where('workspace_id', '=', shop.id)
      .where('contact_id', '=', made.id)
      .where('kind', '=', 'fieldChanged')
      .executeTakeFirstOrThrow()
    expect(line.data).toMatchObject({ field: 'firstName', from: 'Ana', to: 'Anna', source: 'person' })
  })

  test('refuses every wrong value at once, field by field, and changes none', async () => {
    const made = await contacts().create({ values: { firstName: 'Ana' } })
    const problems = await problemsOf(
      contacts().update({
        contactId: made.id,
        values: {
          firstName: 'Otra',
          phone: 'hola',
          email: 'a@example.com, b@example.com',
          country: 'XX',
          language: 'qq',
        },
      }),
    )
    expect(problems.map(({ path }) => path).toSorted()).toEqual([
      'values.country',
      'values.email',
      'values.language',
      'values.phone',
    ])
    expect(await contacts().get({ contactId: made.id })).toEqual(made)
  })

  test('ignores what is not for the caller to say', async () => {
    const made = await contacts().create({ values: { firstName: 'Ana' } })
    const other = await givenWorkspace(server)
    const forged = {
      id: 99_999,
      version: 77,
      workspaceId: other.id,
      workspace_id: other.id,
      rootId: 1,
      root_id: 1,
      createdAt: '2001-01-01T00:00:00.000Z',
      blockedAt: '2001-01-01T00:00:00.000Z',
      assignee: { memberId: shop.agent.memberId, name: 'x' },
      ownerId: 1,
      profileName: 'Mallory',
      source: 'merge',
      ['__proto__']: { role: 'owner' },
    }
    const answer = await fetch(`${server.url}/api/contacts/${made.id}`, {
      method: 'PATCH',
      headers: { ...shop.owner.headers, origin: server.url, 'content-type': 'application/json' },
      body: JSON.stringify({ ...forged, values: { ...forged, firstName: 'Anna' } }),
    })
    expect(answer.status).toBe(200)
    const after = await contacts().get({ contactId: made.id })
    expect(after).toEqual({
      ...made,
      version: 2,
      displayName: 'Anna',
      fields: {
        ...made.fields,
        firstName: { value: 'Anna', source: 'person', by: 'Olga Dueñas', at: after.fields.firstName.at },
      },
    })
    const found = await other.owner.client.contacts.list({})
    expect(found.items).toEqual([])
  })

  test.each([{ $ne: null }, ['a'], 7, true])('takes no %j for text', async (wrong) => {
    const made = await contacts().create({ values: { firstName: 'Ana' } })
    for (const field of ['firstName', 'lastName', 'email', 'phone', 'country', 'language'])
      expect(
        await problemsOf(contacts().update({ contactId: made.id, values: { [field]: wrong as unknown as string } })),
      ).toMatchObject([{ path: `values.${field}` }])
  })
})

describe('the phone', () => {
  test.each([
    ['+52 1 55 1234 5678', '+525512345678', 'MX'],
    ['0052 55 1234 5678', '+525512345678', 'MX'],
    ['+٥٢ ٥٥ ١٢٣٤ ٥٦٧٨', '+525512345678', 'MX'],
    ['+1 (416) 555-0199', '+14165550199', 'CA'],
    ['+1-212-FLOWERS', '+12123569377', 'US'],
    ['+44 7400 123456', '+447400123456', 'GB'],
    ['+44 7911 123456', '+447911123456', 'GG'],
    ['+800 1234 5678', '+80012345678', null],
  ])('%s is kept as %s, and tells the country: %s', async (typed, kept, country) => {
    const { fields } = await contacts().create({ values: { phone: typed } })
    expect(fields.phone.value).toBe(kept)
    expect(fields.country.value).toBe(country)
  })

  test('of possible length in no known range is kept and marked', async () => {
    const made = await contacts().create({ values: { phone: '+1 555 123 4567' } })
    expect(made.fields.phone).toMatchObject({ value: '+15551234567', unverified: true })
    const known = await contacts().update({ contactId: made.id, values: { phone: '+1 650 253 0000' } })
    expect(known.fields.phone).toMatchObject({ value: '+16502530000', unverified: false })
  })

  test.each([
    ['600 00 01 42', 'missing-country-code', '+34 600 00 01 42'],
    ['+34 600 123', 'too-short', undefined],
    ['+1 65025300001234', 'too-long', undefined],
    ['+999 123 4567', 'unknown-country-code', undefined],
    ['llámame', 'not-a-number', undefined],
    ['+34 600 00 01 42 / +34 600 00 01 43', 'several-numbers', undefined],
  ])('%s is refused, saying what is missing: %s', async (typed, reason, fix) => {
    const [problem] = await problemsOf(contacts().create({ values: { firstName: 'Ana', phone: typed } }))
    expect(problem).toMatchObject({ path: 'values.phone', reason })
    expect(problem!.fix).toBe(fix)
    if (fix === undefined) return
    const { fields } = await contacts().create({ values: { firstName: 'Ana', phone: fix } })
    expect(fields.phone.formatted).toBe(fix)
  })

  test('without its country code is read in the contact’s country before the workspace’s', async () => {
    const made = await contacts().create({ values: { firstName: 'Ana', country: 'MX' } })
    const [problem] = await problemsOf(contacts().update({ contactId: made.id, values: { phone: '55 1234 5678' } }))
    expect(problem!.fix).toBe('+52 55 1234 5678')
  })
})

describe('the country', () => {
  test('follows the phone until somebody sets it by hand', async () => {
    const made = await contacts().create({ values: { firstName: 'Ana', phone: '+34 600 00 01 42' } })
    const { id: contactId } = made
    expect(made.fields.country).toMatchObject({ value: 'ES', source: 'derived' })
    const moved = await contacts().update({ contactId, values: { phone: '+52 55 1234 5678' } })
    expect(moved.fields.country).toMatchObject({ value: 'MX', source: 'derived' })
    const gone = await contacts().update({ contactId, values: { phone: null } })
    expect(gone.fields.country.value).toBeNull()
    const byHand = await contacts().update({ contactId, values: { country: 'PT' } })
    expect(byHand.fields.country).toMatchObject({ value: 'PT', source: 'person', by: 'Olga Dueñas' })
    const stays = await contacts().update({ contactId, values: { phone: '+52 55 1234 5679' } })
    expect(stays.fields.country).toMatchObject({ value: 'PT', source: 'person' })
  })

  test('given beside a phone is the one that counts', async () => {
    const { fields } = await contacts().create({ values: { phone: '+34 600 00 01 42', country: 'AD' } })
    expect(fields.country).toMatchObject({ value: 'AD', source: 'person' })
  })
})

describe('what a channel says', () => {
  const hear = (contactId: number, said: object) =>
    server.deps.db
      .transaction()
      .execute((tx) => fillFromChannel(tx, server.deps, { workspaceId: shop.id, channelId: 7, contactId, ...said }))

  test('fills what is empty and never overwrites what a person set, not even emptied', async () => {
    const { id: contactId } = await contacts().create({ values: { firstName: 'Ana' } })
    await hear(contactId, { firstName: 'Anita', lastName: 'P.', email: 'ana@example.com', profileName: '✨Anita✨' })
    const filled = await contacts().get({ contactId })
    expect(filled).toMatchObject({ displayName: 'Ana P.', profileName: '✨Anita✨' })
    expect(filled.fields).toMatchObject({
      firstName: { value: 'Ana', source: 'person' },
      lastName: { value: 'P.', source: 'channel' },
      email: { value: 'ana@example.com', source: 'channel' },
    })
    await contacts().update({ contactId, values: { lastName: '' } })
    await hear(contactId, { lastName: 'Pérez', email: 'nueva@example.com' })
    expect((await contacts().get({ contactId })).fields).toMatchObject({
      lastName: { value: null, source: 'person' },
      email: { value: 'nueva@example.com', source: 'channel' },
    })
  })

  test('is never refused for its spelling', async () => {
    const { contactId } = await server.deps.db.transaction().execute((tx) =>
      insertContact(tx, server.deps, {
        workspaceId: shop.id,
        source: 'channel',
        by: null,
        values: { phone: 'no es un teléfono', email: 'a@b@c', language: 'klingon', country: 'ZZ' },
        profileName: 'Raro',
        pictureUrl: null,
      }),
    )
    const contact = await contacts().get({ contactId })
    expect(contact).toMatchObject({ displayName: 'Raro', profileName: 'Raro' })
    for (const { value } of Object.values(contact.fields)) expect(value).toBeNull()
  })
})

describe('names keep every script', () => {
  test.each([
    ['李小龍'],
    ['محمد'],
    ['Ἀθηνᾶ'],
    ['👩‍👩‍👧‍👦 Familia'],
    ['O’Neill-Ñandú'],
    ['{{7*7}} ${x}'],
    ['<img src=x onerror=alert(1)>'],
    ["Robert'); drop table contact;--"],
    ['=cmd|calc'],
    ['x'.repeat(100)],
  ])('%s', async (firstName) => {
    const made = await contacts().create({ values: { firstName } })
    expect(made.displayName).toBe(firstName)
    expect((await contacts().get({ contactId: made.id })).fields.firstName.value).toBe(firstName)
  })

  test('one form per letter, on one line, without marks that turn the text around', async () => {
    const { id, fields } = await contacts().create({
      values: { firstName: 'Jose\u0301\n\u202Eoinotna\t ', lastName: 'ﬁn' },
    })
    expect(fields).toMatchObject({ firstName: { value: 'José oinotna' }, lastName: { value: 'ﬁn' } })
    const same = await contacts().update({ contactId: id, values: { firstName: 'Jos\u00E9 oinotna' } })
    expect(same.version).toBe(1)
  })

  test('what no database can hold is refused as bad input', async () => {
    for (const firstName of ['a\u0000b', 'a\uD800b', 'x'.repeat(101)])
      expect(await problemsOf(contacts().create({ values: { firstName } }))).toMatchObject([
        { path: 'values.firstName' },
      ])
  })

  test('what cannot be seen is no name', async () => {
    expect(await problemsOf(contacts().create({ values: { firstName: '\u200B\u2060 \u3164' } }))).toMatchObject([
      { reason: 'empty' },
    ])
  })
})
