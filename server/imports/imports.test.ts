import { gzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { runJob } from '../bulk/run-job.ts'
import { givenShop, type Shop } from '../conversations/testing.ts'
import { suggestDuplicates } from '../duplicates/suggest-duplicates.ts'
import { exporting } from '../exports/export-contacts.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { givenUpload } from '../testing/given-rows.ts'
import { givenMember } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { waitFor } from '../testing/wait-for.ts'
import { guessColumns } from './guess-columns.ts'
import { tendImports } from './jobs.ts'
import { runImport } from './run-import.ts'
import { runPlan } from './run-plan.ts'
import { planned, refusalOf } from './testing.ts'

const running = new AbortController().signal
let server: TestServer
let double: CustomDouble
let shop: Shop

beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer({ work: false })
})
beforeEach(async () => {
  shop = await givenShop(server, double)
  await shop.owner.client.workspaces.update({ defaultCountry: 'ES' })
})
afterAll(async () => {
  await server.close()
  await double.close()
})

const upload = (content: string | Uint8Array<ArrayBuffer>, name?: string) =>
  givenUpload(server.url, shop.owner, content, name)
const run = (importId: number) => runImport(server.deps, { workspaceId: shop.id, importId }, running)
const add = async (values: Record<string, unknown>) => (await shop.owner.client.contacts.create({ values })).id
const get = (contactId: number) => shop.owner.client.contacts.get({ contactId })
const people = async () =>
  (await shop.owner.client.contacts.list({ sort: 'added', order: 'asc' })).items.map(({ displayName }) => displayName)
type Wish = Parameters<Shop['owner']['client']['imports']['start']>[0]['wish']
async function imported(content: string, wish: Wish, more: Partial<{ tags: string[]; tagIt: boolean }> = {}) {
  const { imports } = shop.owner.client
  const importId = await upload(content)
  await imports.start({ importId, wish, tagIt: false, ...more })
  await run(importId)
  return imports.get({ importId })
}
const refusal = (content: string | Uint8Array<ArrayBuffer>, name?: string) =>
  refusalOf(server.url, shop.owner, content, name)
const inUtf16 = (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))

test('any common encoding and separator is read, and what the columns are is guessed in both languages', async () => {
  const { imports, fields } = shop.owner.client
  const size = await fields.create({ name: 'Talla de bota', type: 'number' })
  const text = (sign: string) =>
    ['Nombre', 'Apellidos', 'Móvil', 'E-mail', 'Talla de bota', 'Otra'].join(sign) + '\r\nÑusta\r\n'
  const files: [string | Uint8Array<ArrayBuffer>, string, string][] = [
    [text(','), 'utf-8', ','],
    [`\ufeff${text(';')}`, 'utf-8', ';'],
    [inUtf16(text('\t')), 'utf-16le', '\t'],
    [new Uint8Array(Buffer.from(text(';'), 'latin1')), 'windows-1252', ';'],
  ]
  for (const [content, encoding, separator] of files)
    expect(await imports.get({ importId: await upload(content) })).toMatchObject({
      encoding,
      separator,
      sample: [['Ñusta']],
      guess: ['firstName', 'lastName', 'phone', 'email', `#${size.id}`, null],
    })
  expect(guessColumns(['Full Name', 'Phone number', 'Labels', 'phone'], [])).toEqual(['name', 'phone', 'tags', null])
})

test('what is no list of contacts is refused with its reason, and leaves nothing', async () => {
  expect(await refusal('')).toEqual([400, 'empty'])
  expect(await refusal('Nombre,Correo\n')).toEqual([400, 'no-rows'])
  expect(await refusal('Nombre,Nombre\nAna,Luz\n')).toEqual([400, 'duplicate-heads'])
  expect(await refusal('Nombre,Correo\n"Ana,a@b.co\n')).toEqual([400, 'quotes'])
  expect(await refusal(`Nombre\n${'x'.repeat(10_000_000)}\n`)).toEqual([400, 'long-line'])
  expect(await refusal('Nombre\nAn\0a\n')).toEqual([400, 'not-text'])
  expect(await refusal(inUtf16('Nombre\nAn\0a\n'))).toEqual([400, 'not-text'])
  expect(await refusal(new Uint8Array(Buffer.from('PK\x03\x04 bomb', 'latin1')))).toEqual([400, 'archive'])
  const bomb = new Uint8Array(gzipSync(Buffer.alloc(20_000_000, 'a,b\n')))
  expect(await refusal(bomb)).toEqual([400, 'not-text'])
  expect(await refusal(`Nombre\n${'Ana\n'.repeat(200_001)}`)).toEqual([400, 'too-many-rows'])
  expect((await refusal(new Uint8Array(51 * 1024 * 1024).fill(65)))[1]).toBe('too-large')
  expect((await shop.owner.client.imports.list({})).items).toEqual([])
  expect(
    await server.deps.db.selectFrom('import_row').selectAll().where('workspace_id', '=', shop.id).execute(),
  ).toEqual([])
})

test('names of columns are words, whatever they are to a program, and a line of a hundred thousand cells is none', async () => {
  const heads = ['__proto__', '__proto__.x', 'constructor', 'name']
  const done = await imported(`${heads.join(',')}\na,b,c,Ana\n`, { columns: [null, null, null, 'name'] })
  expect(done).toMatchObject({ heads, state: 'done', counts: { added: 1 } })
  expect(({} as { x?: string }).x).toBeUndefined()
  const cells = Array.from({ length: 100_000 }, (_, at) => `c${at}`).join(',')
  expect(await refusal(`${cells}\n${cells}\n`)).toEqual([400, 'long-line'])
  // lines that end in three ways are lines
  expect(await imported('name\r\nEva\nLuz\rSol\r\n', { columns: ['name'] })).toMatchObject({ counts: { added: 3 } })
})

test('each row is carried out as the preview said, with a reason where it is not', async () => {
  const { client } = shop.owner
  const ana = await add({ firstName: 'Ana', phone: '+34600000142', email: 'ana@taller.es' })
  const bad = await add({ firstName: 'Mala', phone: '+34600000666' })
  await client.blocking.block({ contactId: bad })
  const content = [
    'id,name,phone,email,country,tags',
    `,Ana María López,600 000 142,,España,VIP | Feria`,
    ',Luz,,luz@taller.es,,VIP',
    ',Luz Soto,,LUZ@taller.es,,',
    ',Mala Otra,+34600000666,,,',
    ',Pepe,12,,,',
    ',,,,ES,',
    `999999,Nadie,,nadie@taller.es,Narnia,`,
    `,'=2+2,,"=cmd|x@example",,`,
    `${ana},Ana,,,,`,
  ].join('\n')
  const wish: Wish = { columns: ['id', 'name', 'phone', 'email', 'country', 'tags'] }
  const importId = await upload(content)
  const before = await people()
  const rows = await planned(server, { id: shop.id, client }, importId, wish)
  expect(rows.map(({ outcome, reasons }) => [outcome, ...reasons.map(({ reason }) => reason)])).toEqual([
    ['updated'],
    ['added'],
    ['updated'],
    ['blocked', 'blocked'],
    ['refused', 'too-short'],
    ['refused', 'empty'],
    ['refused', 'unknown-country'],
    ['refused', 'incomplete-domain'],
    ['unchanged'],
  ])
  expect(await people()).toEqual(before)
  await client.imports.start({ importId, wish, tags: ['Otoño'], language: 'es' })
  await run(importId)
  const done = await client.imports.get({ importId })
  expect(done).toMatchObject({ state: 'done', counts: { added: 1, updated: 2, unchanged: 1, blocked: 1, refused: 4 } })
  const answer = await fetch(`${server.url}${done.outcomeUrl}?language=es`, { headers: shop.owner.headers })
  const lines = parse(Buffer.from(await answer.arrayBuffer()), { bom: true })
  expect(lines[0]!.slice(0, 4)).toEqual(['Línea', 'Resultado', 'Motivo', 'ID de contacto'])
  expect(lines.slice(1).map((line) => line[1])).toEqual([
    'actualizado',
    'añadido',
    'actualizado',
    'bloqueado',
    'rechazado',
    'rechazado',
    'rechazado',
    'rechazado',
    'sin cambios',
  ])
  expect(lines[5]![2]).toBe('phone: Faltan cifras.')
  expect(lines[6]![2]).toBe('La fila no tiene nombre, teléfono ni correo.')
  const record = await get(ana)
  expect(record.tags.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b))).toEqual([
    'Feria',
    `Importación ${importId}`,
    'Otoño',
    'VIP',
  ])
  expect(record.fields).toMatchObject({
    firstName: { value: 'Ana', source: 'person' },
    lastName: { value: 'María López', source: 'import' },
    country: { value: 'ES' },
  })
  expect((await get(bad)).fields.firstName.value).toBe('Mala')
  expect(await people()).toEqual(['Ana María López', 'Luz Soto'])
  await expect(client.imports.start({ importId, wish })).rejects.toMatchObject({ data: { reason: 'started' } })
})

test('who has a contact, its stage and the day it was made come in by name; what is unknown names its column and the remedy', async () => {
  const { client } = shop.owner
  await client.workspaces.update({ timeZone: 'America/Bogota' })
  const [first, second] = [
    await client.lifecycle.create({ name: 'Interesada' }),
    await client.lifecycle.create({ name: 'Clienta' }),
  ]
  const agent = await givenMember(server, shop.id, { role: 'agent', name: 'Núria Vidal' })
  const twin = { role: 'agent', name: 'Pau' } as const
  await givenMember(server, shop.id, twin)
  await givenMember(server, shop.id, twin)
  const hidden = await givenMember(server, shop.id, { role: 'agent', name: 'Sola', restrictions: ['onlyTeam'] })
  const ana = await add({ firstName: 'Ana', email: 'ana@taller.es', lifecycle: first.id })
  await client.conversations.assign({ contactId: ana, memberId: shop.agent.memberId })
  const madeAt = (await get(ana)).createdAt
  const content = [
    'correo,Etapa,Asignado a,Fecha de alta',
    'ana@taller.es,clienta,nuria vidal,2019-01-01',
    `luz@taller.es,Interesada,${agent.email.toUpperCase()},2019-06-30 23:30`,
    'eva@taller.es,,,2020-02-29T10:00:00.000Z',
    'mal@taller.es,Otra,Nadie,31/12/2019',
    'dos@taller.es,,Pau,2999-01-01',
    `tres@taller.es,,${hidden.email},2019-02-30`,
  ].join('\n')
  const importId = await upload(content)
  const { guess } = await client.imports.get({ importId })
  expect(guess).toEqual(['email', 'lifecycle', 'assignee', 'createdAt'])
  await client.imports.start({ importId, wish: { columns: guess }, tagIt: false })
  await run(importId)
  const done = await client.imports.get({ importId })
  expect(done.counts).toMatchObject({ updated: 1, added: 2, refused: 3 })
  const answer = await fetch(`${server.url}${done.outcomeUrl}`, { headers: shop.owner.headers })
  const why = parse(Buffer.from(await answer.arrayBuffer()), { bom: true })
    .slice(-3)
    .map((line) => line[2])
  expect(why[0]).toMatch(
    /^Etapa: No lifecycle stage is called “Otra”: .+ Asignado a: No member .+: write the e-mail.+ Fecha de alta: Write the day as/,
  )
  expect(why[1]).toMatch(
    /^Asignado a: Several members are called “Pau”: write the e-mail\. Fecha de alta: The day is still to come/,
  )
  expect(why[2]).toMatch(/^Asignado a: .+ would not see .+ Fecha de alta: Write the day as/)
  const [luz] = (await client.contacts.list({ q: 'luz@taller.es' })).items
  const [eva] = (await client.contacts.list({ q: 'eva@taller.es' })).items
  const told = async (contactId: number) => {
    const { assignee, lifecycle, createdAt, fields } = await get(contactId)
    return [assignee?.name ?? null, lifecycle.value?.id ?? null, createdAt, fields.email.at]
  }
  expect((await told(ana)).slice(0, 3)).toEqual(['Núria Vidal', second.id, madeAt])
  const [who, stage, at, saidAt] = await told(luz!.id)
  expect([who, stage, at]).toEqual(['Núria Vidal', first.id, '2019-07-01T04:30:00.000Z'])
  expect(Date.parse(String(saidAt))).toBeGreaterThan(Date.parse('2025-01-01'))
  expect((await told(eva!.id)).slice(0, 3)).toEqual([null, expect.anything(), '2020-02-29T10:00:00.000Z'])
  const { items } = await client.activity.ofContact({ contactId: ana, limit: 5 })
  expect(items.find(({ kind }) => kind === 'assigned')).toMatchObject({ data: { to: { name: 'Núria Vidal' } } })

  await client.imports.undo({ importId })
  await run(importId)
  expect(await client.imports.get({ importId })).toMatchObject({ undone: { deleted: 2, restored: 1, kept: 0 } })
  expect((await told(ana))[1]).toBe(first.id)
  expect((await get(ana)).assignee?.memberId).toBe(shop.agent.memberId)
})

test('the whole file is judged in the background, by batches that know of each other, also after a crash; told by outcome and page', async () => {
  const { client } = shop.owner
  const { imports } = client
  await add({ firstName: 'Ana', email: 'p3@taller.es' })
  const row = (at: number) => `Persona ${at},${at % 50 === 49 ? 'nadie' : `p${at}@taller.es`}`
  // the second half says the same again, but for one in a hundred
  const half = Array.from({ length: 600 }, (_none, at) => row(at))
  const again = half.map((said, at) => (at % 100 === 0 ? said.replace('Persona', 'Gente') : said))
  const importId = await upload(`name,email\n${[...half, ...again].join('\n')}\n`)
  const wish: Wish = { columns: ['name', 'email'] }
  const which = { workspaceId: shop.id, importId }
  expect(await imports.getPlan({ importId })).toEqual({ plan: null })
  await imports.plan({ importId, wish: { ...wish, mode: 'addAll' } })
  await runPlan(server.deps, which, running, 100)
  const asked = await imports.plan({ importId, wish })
  expect(asked).toMatchObject({ number: 2, done: 0, endedAt: null, rows: 1200 })
  let looks = 0
  const dying = {
    get aborted() {
      return ++looks > 5
    },
  } as AbortSignal
  await runPlan(server.deps, which, dying, 100)
  const midway = (await imports.getPlan({ importId })).plan!
  expect(midway.done).toBeGreaterThan(0)
  expect(midway.done).toBeLessThan(1200)
  expect(await imports.plan({ importId, wish })).toEqual(midway)
  await runPlan(server.deps, which, running, 100)
  await runPlan(server.deps, which, running, 100)
  const counts = { added: 587, updated: 7, unchanged: 582, skipped: 0, blocked: 0, refused: 24 }
  expect((await imports.getPlan({ importId })).plan).toMatchObject({ number: 2, done: 1200, counts })
  const refused = await imports.planned({ importId, outcome: 'refused', limit: 20 })
  expect(refused.items).toHaveLength(20)
  expect(refused.items[0]).toMatchObject({
    line: 51,
    cells: ['Persona 49', 'nadie'],
    reasons: [{ path: 'values.email' }],
  })
  const rest = await imports.planned({ importId, outcome: 'refused', limit: 20, after: refused.next! })
  expect([rest.items.length, rest.next]).toEqual([4, null])
  await imports.start({ importId, wish, tagIt: false })
  await run(importId)
  expect((await imports.get({ importId })).counts).toEqual(counts)
  await expect(imports.plan({ importId, wish })).rejects.toMatchObject({ data: { reason: 'started' } })
  await tendImports(server.deps, running)
  expect(await imports.getPlan({ importId })).toEqual({ plan: null })
  for (const table of ['import_plan_row', 'import_plan_key'] as const)
    expect(await server.deps.db.selectFrom(table).selectAll().where('workspace_id', '=', shop.id).execute()).toEqual([])
})

test('whom it touches and what it may overwrite is chosen', async () => {
  const ana = await add({ firstName: 'Ana', email: 'ana@taller.es' })
  const rows = 'nombre,apellido,correo\nOtra,Pérez,ana@taller.es\nLuz,Soto,luz@taller.es\n'
  const columns: Wish['columns'] = ['firstName', 'lastName', 'email']
  expect((await imported(rows, { columns, mode: 'update', keepExisting: true })).counts).toMatchObject({
    updated: 1,
    skipped: 1,
  })
  expect((await get(ana)).displayName).toBe('Ana Pérez')
  expect((await imported(rows, { columns, mode: 'add' })).counts).toMatchObject({ added: 1, skipped: 1 })
  expect((await imported(rows, { columns, mode: 'both' })).counts).toMatchObject({ updated: 1, unchanged: 1 })
  expect((await imported(rows, { columns, mode: 'addAll' })).counts).toMatchObject({ added: 2 })
  expect(await people()).toEqual(['Otra Pérez', 'Luz Soto', 'Otra Pérez', 'Luz Soto'])
})

test('an import is taken back, but for what somebody has done since', async () => {
  const { client } = shop.owner
  const ana = await add({ firstName: 'Ana', lastName: 'Vieja', email: 'ana@taller.es' })
  const content =
    'nombre,apellido,correo,etiquetas\nAnita,Nueva,ana@taller.es,Feria\nLuz,Soto,luz@taller.es,\nEva,Ruiz,eva@taller.es,\nLuz,Soto Vera,luz@taller.es,\n'
  const columns: Wish['columns'] = ['firstName', 'lastName', 'email', 'tags']
  const { id: importId } = await imported(content, { columns }, { tagIt: true })
  const eva = (await client.contacts.list({ q: 'eva' })).items[0]!.id
  await client.contacts.update({ contactId: eva, values: { firstName: 'Evita' } })
  await client.contacts.update({ contactId: ana, values: { lastName: 'De mano' } })
  await client.imports.undo({ importId })
  await run(importId)
  expect(await client.imports.get({ importId })).toMatchObject({
    state: 'undone',
    undone: { deleted: 1, restored: 2, kept: 1 },
  })
  expect(await people()).toEqual(['Ana De mano', 'Evita Ruiz'])
  const record = await get(ana)
  expect(record.fields.firstName).toMatchObject({ value: 'Ana', source: 'person' })
  expect(record.tags).toEqual([])
})

test('taking an import back leaves each of a merged contact as without it: what came from another came from there again', async () => {
  const { client } = shop.owner
  const field = await client.fields.create({ name: 'Talla', type: 'text' })
  const ana = await add({ firstName: 'Ana', email: 'ana@taller.es' })
  const twin = await add({ firstName: 'Anita', lastName: 'Soto', phone: '+34600000111' })
  await client.contacts.update({ contactId: twin, values: { custom: { [field.id]: '38' } } })
  const { mergeId } = await client.merging.merge({ contactIds: [ana, twin], survivorId: ana })
  const record = async (contactId: number) => {
    const { fields, custom, alternates } = await get(contactId)
    return { fields, custom, alternates }
  }
  const before = await record(ana)
  expect(before.fields.lastName).toMatchObject({ value: 'Soto', source: 'merge' })
  const ownOf = async (id: number) => {
    const row = server.deps.db.selectFrom('contact').select('own').where('workspace_id', '=', shop.id)
    return (await row.where('id', '=', id).executeTakeFirstOrThrow()).own
  }
  const alone = await ownOf(ana)
  const content = 'correo,apellido,teléfono,talla\nana@taller.es,Otra,600000222,40\n'
  const columns: Wish['columns'] = ['email', 'lastName', 'phone', `#${field.id}`]
  const first = await imported(content, { columns })
  expect((await get(ana)).fields.lastName.value).toBe('Otra')
  const takeBack = async (importId: number) => {
    await client.imports.undo({ importId })
    await run(importId)
    expect((await client.imports.get({ importId })).undone).toMatchObject({ restored: 1, kept: 0 })
  }
  await takeBack(first.id)
  expect(await record(ana)).toEqual(before)
  expect(await ownOf(ana)).toEqual(alone)
  // so what stands there goes with the contact it came from
  const second = await imported(content, { columns })
  await client.merging.undo({ mergeId })
  expect((await get(ana)).fields.lastName.value).toBe('Otra')
  await client.merging.merge({ contactIds: [ana, twin], survivorId: twin })
  await takeBack(second.id)
  expect((await get(twin)).fields).toMatchObject({ lastName: { value: 'Soto' }, phone: { value: '+34600000111' } })
  const [again] = (await client.merging.history({ contactId: twin, state: 'merged' })).items
  await client.merging.undo({ mergeId: again!.id })
  expect((await get(ana)).fields).toMatchObject({ lastName: { value: null }, phone: { value: null } })
  expect((await get(ana)).custom[field.id]?.value ?? null).toBeNull()
  expect((await client.contacts.list({ q: '600000222' })).items).toEqual([])
})

/** Ends a run as a crash does, when the rows of its second batch are written but not kept. */
async function killedIn(importId: number) {
  let told = 0
  const clock = {
    ...server.deps.clock,
    next() {
      if (++told === 700) throw Object.assign(new Error('killed'), { code: '57P01' })
      return server.deps.clock.next()
    },
  }
  await expect(runImport({ ...server.deps, clock }, { workspaceId: shop.id, importId }, running)).rejects.toThrow(
    'killed',
  )
}

test('whoever is killed halfway goes on where it stood, with nobody twice; stopping stops between batches', async () => {
  const { client } = shop.owner
  const rows = Array.from({ length: 800 }, (_none, at) => `Persona ${at},p${at}@taller.es`)
  const importId = await upload(`name,email\n${rows.join('\n')}\n`)
  const wish: Wish = { columns: ['name', 'email'], mode: 'addAll' }
  await client.imports.start({ importId, wish, tagIt: false })
  const count = async () =>
    (await server.deps.db.selectFrom('contact').select('id').where('workspace_id', '=', shop.id).execute()).length
  await killedIn(importId)
  expect(await client.imports.get({ importId })).toMatchObject({ state: 'running', done: 500 })
  expect(await count()).toBe(500)
  await run(importId)
  await run(importId)
  expect(await client.imports.get({ importId })).toMatchObject({ state: 'done', counts: { added: 800 } })
  expect(await count()).toBe(800)

  const second = await upload('name\nOtra\n')
  await client.imports.start({ importId: second, wish: { columns: ['name'] }, tagIt: false })
  await client.imports.cancel({ importId: second })
  await run(second)
  expect(await client.imports.get({ importId: second })).toMatchObject({ state: 'cancelled', done: 0 })
})

test('batches follow one another closely; one that has to begin anew takes with it who followed it, and nobody comes twice', async () => {
  const { client } = shop.owner
  const rows = Array.from({ length: 800 }, (_none, at) => `Persona ${at},p${at}@taller.es`)
  const importId = await upload(`name,email\n${rows.join('\n')}\n`)
  await client.imports.start({ importId, wish: { columns: ['name', 'email'], mode: 'add' }, tagIt: false })
  let told = 0
  const clock = {
    ...server.deps.clock,
    next() {
      if ([250, 330, 450, 452, 640].includes(++told)) throw Object.assign(new Error('tangled'), { code: '40P01' })
      return server.deps.clock.next()
    },
  }
  await runImport({ ...server.deps, clock }, { workspaceId: shop.id, importId }, running, 100)
  expect(told).toBeGreaterThan(800)
  expect(await client.imports.get({ importId })).toMatchObject({ state: 'done', done: 800, counts: { added: 800 } })
  const emails = await server.deps.db
    .selectFrom('contact')
    .select('email')
    .where('workspace_id', '=', shop.id)
    .execute()
  expect(new Set(emails.map(({ email }) => email)).size).toBe(800)
  expect(emails).toHaveLength(800)
})

test.each([
  ['the batch before', ['Ana', 'Bea', 'Zoe', 'Eva', 'Zoe', 'Pía', 'Luz', 'Sol'], 1],
  ['the last batch but one', ['Ana', 'Bea', 'Zoe', 'Eva', 'Pía', 'Luz', 'Zoe', 'Sol'], 2],
] as const)('a row about somebody whom %s is still writing waits for it', async (_which, people, following) => {
  const { client } = shop.owner
  const importId = await upload(`name,email\n${people.map((name) => `${name},${name}@taller.es`).join('\n')}\n`)
  await client.imports.start({ importId, wish: { columns: ['name', 'email'], mode: 'both' }, tagIt: false })
  const { db } = server.deps
  // the second of four batches cannot end
  const held = await db.startTransaction().execute()
  await held
    .selectFrom('import_row')
    .select('place')
    .where('workspace_id', '=', shop.id)
    .where('place', '=', 3)
    .forUpdate()
    .execute()
  const ran = runImport(server.deps, { workspaceId: shop.id, importId }, running, 2)
  await waitFor('those that follow it to have gone as far as they go', async () => {
    const { rows } = await sql<{ waits: boolean; follow: number }>`
      select coalesce(bool_or(wait_event_type = 'Lock' and query like '%update import_row%'), false) as waits,
        (count(*) filter (where state = 'idle in transaction' and pid <> pg_backend_pid() and query not like '%"import_row"%'
          and clock_timestamp() - state_change > interval '0.3 s'))::integer as follow
      from pg_stat_activity where datname = current_database()`.execute(db)
    return rows[0]!.waits && rows[0]!.follow >= following
  })
  await held.rollback().execute()
  await ran
  expect((await client.imports.get({ importId })).counts).toMatchObject({ added: 7, unchanged: 1 })
})

test('who comes in is compared when the file is through or stopped, and who changes meanwhile at once', async () => {
  const { client } = shop.owner
  const due = async () =>
    (await server.deps.db.selectFrom('identity_due').select('contact_id').where('workspace_id', '=', shop.id).execute())
      .length
  const compare = () => suggestDuplicates(server.deps, { workspaceId: shop.id }, running)
  const suggested = async () => (await client.duplicates.list({})).items.length
  const rows = Array.from({ length: 800 }, (_none, at) => `Persona ${at},p${at}@taller.es`)
  const start = async () => {
    const importId = await upload(`name,email\n${rows.join('\n')}\n`)
    await client.imports.start({ importId, wish: { columns: ['name', 'email'], mode: 'addAll' }, tagIt: false })
    await killedIn(importId)
    return importId
  }
  const first = await start()
  expect(await due()).toBe(0)
  await add({ firstName: 'Persona', lastName: '3', email: 'p3@taller.es' })
  expect(await due()).toBe(1)
  await compare()
  expect([await due(), await suggested()]).toEqual([0, 1])
  await run(first)
  expect(await due()).toBe(800)
  await compare()

  const second = await start()
  await client.imports.cancel({ importId: second })
  await run(second)
  expect(await due()).toBe(500)
})

test('vCards 3 and 4 come in, also those that went out from here', async () => {
  const { client } = shop.owner
  const cards = `BEGIN:VCARD\r\nVERSION:3.0\r\nN:Núñez;Ana;;;\r\nFN:Ana Núñez\r\nitem1.TEL;TYPE=CELL,VOICE:+34 600 000 142\r\nEMAIL;TYPE=INTERNET:ana@tal\r\n ler.es\r\nCATEGORIES:Feria,Otoño\r\nEND:VCARD\r\n`
  const importId = await upload(cards, 'agenda.vcf')
  const { guess } = await client.imports.get({ importId })
  await client.imports.start({ importId, wish: { columns: guess }, tagIt: false })
  await run(importId)
  const [ana] = (await client.contacts.list({})).items
  expect(ana).toMatchObject({ displayName: 'Ana Núñez', phone: '+34600000142', email: 'ana@taller.es' })
  expect(ana!.tags.map(({ name }) => name)).toEqual(['Feria', 'Otoño'])
})

test('what was exported and imported into an empty workspace is exported as the same file, as CSV and as vCards', async () => {
  const fields = [
    { name: 'Nota', type: 'text' },
    { name: 'Talla', type: 'number' },
    { name: 'Visto', type: 'date' },
    { name: 'Fiel', type: 'checkbox' },
  ] as const
  const settle = async (one: Shop) => {
    for (const field of fields) await one.owner.client.fields.create(field)
    for (const name of ['🌱 Nueva', 'Clienta']) await one.owner.client.lifecycle.create({ name })
    return givenMember(server, one.id, { role: 'agent', name: 'Núria "la nueva"' })
  }
  const nuria = await settle(shop)
  const stages = (await shop.owner.client.lifecycle.list()).items
  const people = [
    { firstName: '😀 Ana', lastName: 'Núñez; "la jefa", \\o/', phone: '+34600000142', email: 'ana@taller.es' },
    { firstName: 'محمد', lastName: 'الأحمد', phone: '+5491155551234', language: 'ar' },
    { firstName: '=2+2', lastName: '@SUM(A1)', country: 'AR', custom: { 1: '-1+cmd|x', 2: 123456789012345, 4: false } },
    { phone: '+34600000143', custom: { 1: '12345678901234567890', 2: -0.5, 3: '2024-02-29', 4: true } },
    { email: 'solo@taller.es', custom: { 1: "'=era texto" } },
    { lastName: 'x'.repeat(100), firstName: 'Богдан 山田', custom: { 1: 'una, dos; tres\ty "cuatro"' } },
  ]
  for (const [at, values] of people.entries()) {
    const id = await add(values)
    await shop.owner.client.contacts.update({ contactId: id, values: { lifecycle: stages[at % stages.length]!.id } })
    if (at % 3 === 0) await shop.owner.client.conversations.assign({ contactId: id, memberId: nuria.memberId })
    if (at === 1) await shop.owner.client.optOuts.set({ contactId: id, channelId: null })
    const bornAt = new Date(Date.UTC(2024, at, 3, 14, 30, at))
    const born = server.deps.db.updateTable('contact').set({ created_at: bornAt }).where('workspace_id', '=', shop.id)
    await born.where('id', '=', id).execute()
    if (at % 2 === 0) await shop.owner.client.contacts.tag({ contactId: id, names: ['Cliente fiel', `-20 % "${at}"`] })
  }
  const plain = ['id', 'firstName', 'lastName', 'phone', 'email', 'country', 'language', 'tags'] as const
  const columns = [...plain, 'lifecycle', 'assignee', 'optOuts', 'createdAt'] as const
  const customs = ['#1', '#2', '#3', '#4'] as const
  const exported = async (format: 'csv' | 'vcard', of: Shop) => {
    const { exports } = of.owner.client
    const wish = { selection: { kind: 'everyone' }, format, columns: [...columns, ...customs], language: 'es' } as const
    const { job } = await exports.start({ ...wish, columns: [...wish.columns] })
    await runJob(server.deps, { export: exporting }, { workspaceId: of.id, jobId: job.id }, running)
    const { url } = await exports.get({ jobId: job.id })
    return (await fetch(server.url + url, { headers: of.owner.headers })).text()
  }
  for (const format of ['csv', 'vcard'] as const) {
    const file = await exported(format, shop)
    const empty = await givenShop(server, double)
    await settle(empty)
    const importId = await givenUpload(server.url, empty.owner, file, format === 'csv' ? 'a.csv' : 'a.vcf')
    const { guess } = await empty.owner.client.imports.get({ importId })
    await empty.owner.client.imports.start({ importId, wish: { columns: guess }, tagIt: false })
    await runImport(server.deps, { workspaceId: empty.id, importId }, running)
    expect(file).toContain('Núria')
    expect(file).toContain(format === 'csv' ? '2024-02-03T14:30:01.000Z' : 'CREATED:20240203T143001Z')
    expect(await exported(format, empty)).toBe(file)
  }
})

test('another workspace’s file is not there, nor is its outcome; who may not import hands nothing in', async () => {
  const importId = await upload('name\nAna\n')
  const stranger = (await givenShop(server, double)).owner
  await expect(stranger.client.imports.get({ importId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const done = await imported('name\nLuz\n', { columns: ['name'] })
  for (const member of [stranger, shop.agent, { headers: {} }])
    expect((await fetch(server.url + done.outcomeUrl, { headers: member.headers })).status).toBe(404)
  const agent = await givenMember(server, shop.id, { role: 'agent' })
  const form = new FormData()
  form.append('file', new Blob(['name\nAna\n']), 'a.csv')
  const answer = await fetch(`${server.url}/imports`, { method: 'POST', headers: agent.headers, body: form })
  expect(answer.status).toBe(403)
})
