import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { BulkJob } from '#contract/bulk.ts'
import type { Selection } from '#contract/filter.ts'
import type { BulkActs } from '../bulk/bulk-act.ts'
import { runJob } from '../bulk/run-job.ts'
import { ingestChannel } from '../conversations/ingest-channel.ts'
import { textEvent, words, givenShop, type Shop } from '../conversations/testing.ts'
import { suggestDuplicates } from '../duplicates/suggest-duplicates.ts'
import { exporting } from '../exports/export-contacts.ts'
import { runImport } from '../imports/run-import.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { givenWebchat } from '../testing/given-channel.ts'
import { givenUpload } from '../testing/given-rows.ts'
import { brokenLaws } from '../testing/merge-laws.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { openVisitor, signIdentity } from '../testing/webchat-visitor.ts'
import { emptiedTables, removedByOther, removedTables } from './contact-tables.ts'
import { deletion } from './deletion.ts'

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
})
afterAll(async () => {
  await server.close()
  await double.close()
})

const run = (jobId: number, acts: Pick<BulkActs, 'delete'> = { delete: deletion }) =>
  runJob(server.deps, { export: exporting, ...acts }, { workspaceId: shop.id, jobId }, running)
const ids = (...list: number[]): Selection => ({ kind: 'ids', ids: list })
async function destroy(selection: Selection, contacts: number): Promise<BulkJob> {
  const { deletion: client, bulk } = shop.owner.client
  const { id: jobId } = await client.start({ selection, contacts })
  await run(jobId)
  return bulk.get({ jobId })
}
const add = async (firstName: string, more: Record<string, string> = {}) =>
  (await shop.owner.client.contacts.create({ values: { firstName, ...more } })).id
/** 620 contacts from 1001 on, three batches of them, are to be deleted. */
async function deleteMany(): Promise<number> {
  await sql`
    with made as (
      insert into contact (workspace_id, id, sort_name, first_name, born_source)
      select ${shop.id}, n, n, 'Persona ' || n, 'api' from generate_series(1001, 1620) n returning id
    ), found as (insert into contact_search select ${shop.id}, id, true, ' persona' from made)
    insert into contact_state (workspace_id, contact_id) select ${shop.id}, id from made`.execute(server.deps.db)
  return (await shop.owner.client.deletion.start({ selection: { kind: 'everyone' }, contacts: 620 })).id
}
const bornOf = async (address: string) =>
  (
    await server.deps.db
      .selectFrom('contact_channel')
      .select('contact_id')
      .where('workspace_id', '=', shop.id)
      .where('address', '=', address)
      .executeTakeFirstOrThrow()
  ).contact_id

/** A row `t` in words; what came from outside is kept as bytes, and may come again after somebody has gone. */
const asText = (table: string) =>
  table === 'public.inbound_event'
    ? sql`case when t.workspace_id = ${shop.id} then encode(t.body, 'escape') end`
    : sql`t::text`

/** Every table in which one of these words stands, apart from what is kept sealed. */
async function findWords(patterns: readonly string[]): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select schemaname || '.' || tablename as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`.execute(server.deps.db)
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } =
      await sql`select from ${sql.table(name)} t where ${asText(name)} ilike any(${patterns.map((word) => `%${word}%`)}) limit 1`.execute(
        server.deps.db,
      )
    if (rows.length > 0) found.push(name)
  }
  return found
}
function filesHolding(text: string): string[] {
  const root = join(server.deps.config.dataDir, 'files', String(shop.id))
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(root, name)
    return statSync(path).isFile() && readFileSync(path, 'utf8').includes(text)
  })
}
async function upload(content: string | Buffer, name: string): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob([typeof content === 'string' ? content : new Uint8Array(content)]), name)
  const answer = await fetch(`${server.url}/files`, { method: 'POST', headers: shop.owner.headers, body: form })
  return ((await answer.json()) as { items: { id: string }[] }).items[0]!.id
}
const setBlocked = (id: number) =>
  server.deps.db
    .updateTable('contact')
    .set({ blocked_at: new Date() })
    .where('workspace_id', '=', shop.id)
    .where('id', '=', id)
    .execute()

test('of a deleted person nothing is left anywhere: no row, file, held message, suggestion or line of a history', async () => {
  const { contacts, conversations, merging, duplicates, fields } = shop.owner.client
  const phone = '+34600000142'
  const person = { firstName: 'Zoraida', lastName: 'Quintanilla', email: 'zoraida@quintanilla.example' }
  const [mId] = [await shop.hear(phone, 'soy Zoraida', person)]
  const contactId = await bornOf(phone)
  const attachmentIds = [await upload('a;Zoraida\n', 'Zoraida.csv')]
  await conversations.send({ contactId, body: { type: 'text', text: 'hola Zoraida' }, attachmentIds })
  await shop.deliver(contactId)
  const sentId = double.sent.at(-1)!.mId
  await conversations.addNote({ contactId, text: 'Zoraida es importante' })
  await contacts.tag({ contactId, names: ['vip'] })
  const { id: fieldId } = await fields.create({ name: 'Apodo', type: 'text' })
  await contacts.update({ contactId, values: { custom: { [fieldId]: 'Zoraidita' } } })
  await contacts.update({ contactId, values: { lastName: 'Quintanilla Sáez' } })
  await conversations.assign({ contactId, memberId: shop.owner.memberId })
  // others with whom she has been one, is one, may be one, and is told apart
  const parted = await add('Otra', { email: 'otra@example.com' })
  const once = await merging.merge({ contactIds: [contactId, parted], survivorId: parted })
  await merging.undo({ mergeId: once.mergeId })
  await shop.hear('+34600000143', 'también soy Zoraida', { firstName: 'Quintanilla' })
  const absorbed = await bornOf('+34600000143')
  const last = await merging.merge({ contactIds: [contactId, absorbed], survivorId: contactId })
  const { id: twin } = await contacts.create({ values: { phone } })
  const { id: other } = await contacts.create({ values: { phone } })
  await suggestDuplicates(server.deps, { workspaceId: shop.id }, running)
  await duplicates.dismiss({ a: contactId, b: other })
  expect((await duplicates.ofContact({ contactId: twin })).items.length).toBeGreaterThan(0)
  // and what could not be understood of her, beside what could not of another
  for (const [from, words] of [
    [phone, 'Zoraida'],
    ['+34600000144', 'otra persona'],
  ] as const)
    await shop.post(from, [{ type: 'message', mId: randomUUID(), message: { tipo: words } }])
  await shop.ingest()
  // and what she wrote while she was blocked
  await setBlocked(contactId)
  await shop.hear(phone, 'Zoraida, otra vez')

  const hers = ['zoraida', 'quintanilla', '600000143', '600 000 143']
  expect((await findWords(hers)).length).toBeGreaterThanOrEqual(10)
  expect(filesHolding('Zoraida')).toHaveLength(1)
  const job = await destroy(ids(contactId), 1)
  expect(job).toMatchObject({ state: 'done', total: 1, done: 1, failed: 0, by: { name: 'Olga Dueñas' } })
  expect(job.result).toMatchObject({
    counts: { contacts: 1, absorbed: 1, messages: 4, heldMessages: 1, files: 1, conversations: 2, channels: 2 },
    checked: { left: 0 },
  })
  expect(await findWords(hers)).toEqual([])
  expect(
    (
      await server.deps.db.selectFrom('inbound_event').select('state').where('workspace_id', '=', shop.id).execute()
    ).map(({ state }) => state),
  ).toEqual([2])
  expect(filesHolding('Zoraida')).toEqual([])
  await suggestDuplicates(server.deps, { workspaceId: shop.id }, running)
  const suggested = (await duplicates.list({ tiers: ['A', 'B', 'C'] })).items.map(({ a, b }) => [a.id, b.id])
  expect(suggested).toEqual([[twin, other]])
  expect((await contacts.list({ q: 'zoraida' })).items).toEqual([])
  for (const gone of [contactId, absorbed])
    await expect(contacts.get({ contactId: gone })).rejects.toMatchObject({ code: 'NOT_FOUND' })

  // the lines of the history stay, and say why they cannot be taken back
  const { items } = await merging.history({})
  expect(items.map(({ id, final, by }) => [id, final, by])).toEqual([
    [last.mergeId, true, 'Olga Dueñas'],
    [once.mergeId, true, 'Olga Dueñas'],
  ])
  for (const mergeId of [last.mergeId, once.mergeId])
    await expect(merging.undoPlan({ mergeId })).rejects.toMatchObject({ data: { reason: 'final' } })
  expect(await brokenLaws(server.deps, shop.id)).toEqual([])

  // a receipt that comes late and a message that comes again bring nobody back; a new message makes somebody new
  const receipt = { type: 'message_status', mId: sentId, timestamp: Date.now(), status: { value: 'read' } }
  await shop.post(phone, [receipt, textEvent('soy Zoraida', mId)])
  await shop.ingest()
  expect((await contacts.list({})).items.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual([parted, twin, other])
  await shop.hear('+34600000143', 'hola de nuevo')
  const anew = await bornOf('+34600000143')
  expect(anew).toBeGreaterThan(other)
  expect(words(await shop.messages(anew))).toEqual(['hola de nuevo'])
})

test('nor is anything of what came by the chat of a site, imports, workflows and wishes not to be written to', async () => {
  const { client } = shop.owner
  const { contacts, conversations, imports, workflows } = client
  const chat = await givenWebchat(shop.owner, 'https://tienda.example')
  const secret = chat.setup.identitySecret!
  const visitor = openVisitor(server.url, chat.setup.channelId!, 'https://tienda.example')
  const person = { sub: 'zoraida-42', name: 'Zoraida Quintanilla', email: 'zoraida@quintanilla.es' }
  await visitor.begin(signIdentity(secret, { ...person, exp: Math.floor(Date.now() / 1000) + 3600 }))
  await visitor.say('soy Zoraida', { page: { url: 'https://tienda.example/zoraida', title: 'Mesas de Zoraida' } })
  await ingestChannel(server.deps, { workspaceId: shop.id, channelId: chat.id }, running)
  const contactId = (await contacts.list({ q: 'quintanilla' })).items[0]!.id
  // a file with her as a picture, and the small one of it that somebody has looked at
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
  const photo = await sharp({ create: { width: 900, height: 900, channels: 3, background: 'white', noise } })
    .jpeg({ quality: 95 })
    .toBuffer()
  const attachmentIds = [await upload(photo, 'Zoraida.jpg')]
  await conversations.send({ contactId, body: { type: 'text', text: 'aquí está, Zoraida' }, attachmentIds })
  const { smallUrl } = (await shop.messages(contactId)).at(-1)!.attachments[0]!
  const looked = await fetch(server.url + smallUrl!, { headers: shop.owner.headers })
  expect(looked.status).toBe(200)
  // what a file said of her, what a workflow was told, who was told of her, what she does not want
  const importId = await givenUpload(
    server.url,
    shop.owner,
    'Nombre;Correo;Apodo\nZoraida;zoraida@quintanilla.es;Zori\n',
  )
  await imports.start({ importId, wish: { columns: ['firstName', 'email', null] } })
  await runImport(server.deps, { workspaceId: shop.id, importId }, running)
  const steps = [{ id: 'espera', kind: 'wait', amount: 1, unit: 'days' } as const]
  const { id: workflowId } = await workflows.create({ name: 'Larga', draft: { triggers: [{ kind: 'manual' }], steps } })
  await workflows.publish({ workflowId, revision: 1 })
  const { id: runId } = await workflows.start({ workflowId, contactId })
  const told = JSON.stringify({ nombre: 'Zoraida' })
  await sql`update workflow_run set vals = ${told}::jsonb where workspace_id = ${shop.id} and id = ${runId}`.execute(
    server.deps.db,
  )
  await sql`insert into workflow_run_step (workspace_id, contact_id, run_id, place, step_id, kind, outcome, data)
    values (${shop.id}, ${contactId}, ${runId}, 1, 'pide', 'http', 'done', ${told}::jsonb)`.execute(server.deps.db)
  await conversations.addNote({ contactId, text: '¿llamas a Zoraida?', mentions: [shop.agent.memberId] })
  await client.optOuts.set({ contactId, channelId: null, reason: 'Zoraida lo pidió' })

  expect((await imports.get({ importId })).counts).toMatchObject({ updated: 1 })
  const hers = ['zoraida', 'quintanilla']
  expect((await findWords(hers)).length).toBeGreaterThanOrEqual(10)
  expect(await destroy(ids(contactId), 1)).toMatchObject({ state: 'done', result: { checked: { left: 0 } } })
  expect(await findWords(hers)).toEqual([])
  const root = join(server.deps.config.dataDir, 'files', String(shop.id))
  const kept = readdirSync(root, { recursive: true, encoding: 'utf8' })
  expect(kept.filter((name) => name.includes(attachmentIds[0]!))).toEqual([])
  expect((await shop.agent.client.notifications.list({})).items).toEqual([])
  // taking the import back brings nobody back
  await imports.undo({ importId })
  await runImport(server.deps, { workspaceId: shop.id, importId }, running)
  expect((await contacts.list({})).items).toEqual([])
  expect(await findWords(hers)).toEqual([])
})

test('nor a row of a file that became no contact, nor a call that was waiting; what is somebody else’s stays', async () => {
  const { imports, contacts, workspaces } = shop.owner.client
  await workspaces.update({ defaultCountry: 'ES' })
  const phone = '+34600000977'
  await shop.hear(phone, 'hola', { firstName: 'Zoraida', lastName: 'Quintanilla', email: 'zoraida@quintanilla.es' })
  const contactId = await bornOf(phone)
  await shop.hear('+34600000143', 'hola', { firstName: 'Bea', lastName: 'Soto' })
  await add('Juana', { lastName: 'Prado', phone: '+34600000150' })
  const juana = await add('Juana', { lastName: 'Prado' })
  const rows = [
    'Zoraida;;zoraida@quintanilla.es;;Marte',
    'Zori;;;600 000 977;Marte',
    'Zoraida;Quintanilla;zoraida@;;Marte',
    'Zora;;otra@example.com;;Venus,zoraida@quintanilla.es',
    'Juana;Prado;juana@;;Marte',
    'Otra;Persona;otra@example.com;;Marte',
  ]
  const importId = await givenUpload(server.url, shop.owner, `Nombre;Apellido;Correo;Tel;País\n${rows.join('\n')}\n`)
  const columns = ['firstName', 'lastName', 'email', 'phone', 'country'] as const
  await imports.start({ importId, wish: { columns: [...columns] } })
  await runImport(server.deps, { workspaceId: shop.id, importId }, running)
  expect((await imports.get({ importId })).counts).toMatchObject({ refused: rows.length })
  // not looked at yet when she is deleted: what nobody will understand, and what tells of her late
  const strange = { type: 'message', mId: randomUUID(), message: { tipo: 'Zoraida' } }
  await shop.post(phone, [strange])
  await shop.post('+34600000143', [{ ...strange, mId: randomUUID(), message: { tipo: 'Bea' } }])
  const late = { type: 'message_status', mId: randomUUID(), timestamp: Date.now(), status: { value: 'read' } }
  await shop.post(phone, [late])

  await destroy(ids(contactId, juana), 2)
  const kept = await server.deps.db
    .selectFrom('import_row')
    .select('cells')
    .where('workspace_id', '=', shop.id)
    .orderBy('place')
    .execute()
  // another is called Juana Prado
  expect(kept.map(({ cells }) => cells[0])).toEqual(['Juana', 'Otra'])
  await shop.ingest()
  await server.deps.db.updateTable('inbound_event').set({ next_attempt_at: new Date(), attempts: 6 }).execute()
  await shop.ingest()
  const events = await server.deps.db
    .selectFrom('inbound_event')
    .select(['state', 'body'])
    .where('workspace_id', '=', shop.id)
    .where('state', '<>', 1)
    .execute()
  expect(events.map(({ state, body }) => [state, body.toString().includes('Bea')])).toEqual([[2, true]])
  expect(await findWords(['zoraida', 'quintanilla', '600000977', '600 000 977'])).toEqual([])
  const left = (await contacts.list({})).items.map(({ displayName }) => displayName ?? '')
  expect(left.toSorted()).toEqual(['Bea Soto', 'Juana Prado'])
})

test('every table that could hold something of a contact is known to deletion', async () => {
  const ofTheWorkspace =
    'workspace counter team member invitation api_token request channel closing_note tag custom_field field_place lifecycle_stage ' +
    'segment segment_count audit process_slot inbound_event suggestion_rebuild blocked_value shared_key bulk_job export import import_plan contact_columns doomed_file billing_day usage_cycle line_hour workflow workflow_version workflow_trigger workflow_total webchat_end migration'
  const own = ofTheWorkspace.split(' ')
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' order by 1`.execute(server.deps.db)
  const known = new Set([
    ...removedTables.map(({ table }) => table),
    ...removedByOther,
    ...Object.keys(emptiedTables),
    ...own,
  ])
  expect(rows.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([])
  // and whatever names a contact is not the workspace's alone
  const { rows: columns } = await sql<{ table_name: string }>`
    select distinct table_name from information_schema.columns
    where table_schema = 'public' and column_name ~ 'contact_id|owner_id|survivor_id'`.execute(server.deps.db)
  expect(columns.map(({ table_name }) => table_name).filter((name) => own.includes(name))).toEqual([])
})

test('whoever deletes says how many; whom it is about is settled then', async () => {
  const { deletion: client, contacts, merging, bulk } = shop.owner.client
  const [ana, eva] = [
    await add('Ana', { lastName: 'Ruiz', language: 'es' }),
    await add('Eva', { lastName: 'Ruiz', language: 'es' }),
  ]
  const [bob, tom] = [await add('Bob', { language: 'en' }), await add('Tom')]
  const { mergeId } = await merging.merge({ contactIds: [bob, tom], survivorId: bob })
  const spanish: Selection = {
    kind: 'matching',
    filter: { and: [{ field: 'language', operator: 'isEqualTo', value: 'es' }] },
    except: [],
  }
  expect(await client.preview({ selection: spanish })).toMatchObject({ contacts: 2, absorbed: 0, conversations: 0 })
  expect(await client.preview({ selection: ids(bob) })).toMatchObject({ contacts: 1, absorbed: 1 })
  await expect(client.start({ selection: spanish, contacts: 3 })).rejects.toMatchObject({
    code: 'STALE',
    data: { fields: [{ field: 'contacts', current: 2 }] },
  })
  await expect(client.start({ selection: ids(ana, tom), contacts: 2 })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    data: { fields: [{ path: 'selection.ids.1', reason: 'absorbed', message: expect.stringContaining(String(bob)) }] },
  })
  await expect(client.start({ selection: ids(999_999), contacts: 1 })).rejects.toMatchObject({ code: 'STALE' })
  const { id: jobId } = await client.start({ selection: { ...spanish, q: 'ruiz' }, contacts: 2 })
  const late = await add('Alba', { language: 'es' })
  // meanwhile one of them becomes part of another, and one is no longer what was asked for
  await merging.merge({ contactIds: [late, eva], survivorId: late })
  await contacts.update({ contactId: ana, values: { language: 'en' } })
  await run(jobId)
  const job = await bulk.get({ jobId })
  expect(job).toMatchObject({ total: 2, done: 1, failed: 1, state: 'done' })
  expect(job.chosen).toEqual({ kind: 'matching', searched: true, filtered: true, segment: null, except: 0 })
  expect((await bulk.contacts({ jobId, outcome: 'done' })).items.map(({ contactId }) => contactId)).toEqual([ana])
  expect((await bulk.contacts({ jobId, outcome: 'failed' })).items).toEqual([
    { contactId: eva, reason: 'absorbed', survivorId: late },
  ])
  expect((await contacts.list({})).items.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual([bob, late])

  // everyone is everyone: who is blocked, too
  await setBlocked(bob)
  expect(await destroy({ kind: 'everyone' }, 2)).toMatchObject({ done: 2, result: { counts: { absorbed: 2 } } })
  expect(await findWords(['Alba', 'Bob'])).toEqual([])
  await expect(merging.undo({ mergeId })).rejects.toMatchObject({ code: 'CONFLICT', data: { reason: 'final' } })
})

test('cancelled in the middle, it says who is deleted, and leaves all others as they are', async () => {
  const { deletion: client, bulk, contacts } = shop.owner.client
  const jobId = await deleteMany()
  let batches = 0
  const stopping = {
    ...deletion,
    lanes: 1,
    afterBatch: async () => void (++batches === 1 && (await client.cancel({ jobId }))),
  }
  await run(jobId, { delete: stopping })
  const job = await bulk.get({ jobId })
  expect(job).toMatchObject({ state: 'cancelled', cancelledBy: 'Olga Dueñas', done: 250, failed: 0, total: 620 })
  expect(job.result).toMatchObject({ counts: { contacts: 250 }, checked: { left: 0 } })
  const listed = async (outcome: 'done' | 'left') => (await bulk.contacts({ jobId, outcome })).items.length
  expect([await listed('done'), await listed('left')]).toEqual([250, 370])
  expect(await contacts.count({})).toEqual({ contacts: 370, isExact: true })
  // asked again, nothing happens
  expect(await client.cancel({ jobId })).toEqual(job)
  await run(jobId)
  expect(await contacts.count({})).toEqual({ contacts: 370, isExact: true })
})

test('one contact that cannot be deleted holds up nobody else', async () => {
  const [ana, eva, bob] = [await add('Ana'), await add('Eva'), await add('Bob')]
  const { bulk, deletion: client } = shop.owner.client
  const { id: jobId } = await client.start({ selection: ids(ana, eva, bob), contacts: 3 })
  await run(jobId, {
    delete: {
      ...deletion,
      carryOut: (tx, work, contactIds, place) =>
        contactIds.includes(eva) ? Promise.reject(new Error('no')) : deletion.carryOut(tx, work, contactIds, place),
    },
  })
  expect(await bulk.get({ jobId })).toMatchObject({ state: 'done', done: 2, failed: 1 })
  expect((await bulk.contacts({ jobId, outcome: 'failed' })).items).toEqual([
    { contactId: eva, reason: 'error', survivorId: null },
  ])
  expect((await shop.owner.client.contacts.get({ contactId: eva })).displayName).toBe('Eva')
})

test('a thread too long for one transaction goes in several, and none of it is seen meanwhile', async () => {
  const phone = '+34600000142'
  await shop.hear(phone, 'hola')
  const contactId = await bornOf(phone)
  await sql`
    insert into message (workspace_id, id, contact_id, incoming, sender_type, status, body)
    select ${shop.id}, n, ${contactId}, true, 'contact', 0, '{}' from generate_series(1, 45000) n`.execute(
    server.deps.db,
  )
  expect((await destroy(ids(contactId), 1)).result).toMatchObject({
    counts: { messages: 45_001 },
    checked: { left: 0 },
  })
})

test('messages that come in while their people are deleted are in a thread or gone, and never half of either', async () => {
  const people = Array.from({ length: 12 }, (_, at) => `+3460000${String(2000 + at)}`)
  const { contacts } = shop.owner.client
  for (const person of people) await shop.hear(person, 'hola')
  const first = (await contacts.list({ limit: 100 })).items.map(({ id }) => id)
  const { id: jobId } = await shop.owner.client.deletion.start({ selection: ids(...first), contacts: 12 })
  const texts = people.map((person) => [person, randomUUID()] as const)
  for (const [person, text] of texts) await shop.post(person, [textEvent(text)])
  await Promise.all([
    shop.ingest(),
    run(jobId),
    ...first.map((id) => contacts.update({ contactId: id, values: { lastName: 'X' } }).catch(() => null)),
  ])
  await shop.ingest()
  const job = await shop.owner.client.bulk.get({ jobId })
  expect(job).toMatchObject({ done: 12, state: 'done', result: { checked: { left: 0 } } })
  const { rows } = await sql<{ orphans: number; pending: number }>`
    select (select count(*) from message m where m.workspace_id = ${shop.id} and not exists (select from contact c
        where c.workspace_id = m.workspace_id and c.id = m.contact_id))::integer as orphans,
      (select count(*) from inbound_event where workspace_id = ${shop.id} and state <> 1)::integer as pending`.execute(
    server.deps.db,
  )
  expect(rows[0]).toEqual({ orphans: 0, pending: 0 })
  expect(await brokenLaws(server.deps, shop.id)).toEqual([])
})

test.each(['while others are deleted', 'after all are'])(
  'what somebody leaves who began to write before goes too, be it %s',
  async (when) => {
    const jobId = await deleteMany()
    const late = await server.deps.db.startTransaction().execute()
    await late
      .insertInto('read_mark')
      .values({ workspace_id: shop.id, contact_id: 1001, member_id: 1, read_id: 1 })
      .execute()
    const rowsOf = (table: 'read_mark' | 'bulk_batch') =>
      server.deps.db.selectFrom(table).selectAll().where('workspace_id', '=', shop.id).execute()
    let batches = 0
    await run(jobId, {
      delete: {
        ...deletion,
        lanes: 1,
        async afterBatch(...of) {
          await deletion.afterBatch?.(...of)
          batches++
          if (when === 'while others are deleted' && batches === 1) {
            await late.commit().execute()
            expect(await rowsOf('read_mark')).toHaveLength(1)
          }
        },
        async check(...of) {
          expect(await rowsOf('read_mark')).toHaveLength(0)
          const checking = deletion.check!(...of)
          if (!late.isCommitted) await late.commit().execute()
          return checking
        },
      },
    })
    expect(await shop.owner.client.bulk.get({ jobId })).toMatchObject({ done: 620, result: { checked: { left: 0 } } })
    expect(await rowsOf('read_mark')).toEqual([])
    expect((await rowsOf('bulk_batch')).map((batch) => 'left_over' in batch && batch.left_over)).toEqual([0, 0, 0])
  },
)

test('what was called nobody’s own stands in the audit trail until whoever had it is deleted; then who did it, and when', async () => {
  const { duplicates, audit } = shop.owner.client
  const id = await add('Luz', { phone: '+34600000177' })
  await duplicates.blockValue({ value: '+34600000177' })
  await duplicates.blockValue({ value: '+34600000178' })
  const subjects = async () =>
    (await audit.list({ group: 'contacts' })).items.map(({ kind, subject }) => [kind, subject])
  expect(await subjects()).toEqual([
    ['valueBlocked', '+34600000178'],
    ['valueBlocked', '+34600000177'],
  ])
  await destroy(ids(id), 1)
  expect((await subjects()).slice(1)).toEqual([
    ['valueBlocked', '+34600000178'],
    ['valueBlocked', null],
  ])
})
