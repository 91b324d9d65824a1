import fc from 'fast-check'
import { parse } from 'csv-parse/sync'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Selection } from '#contract/filter.ts'
import { runJob } from '../bulk/run-job.ts'
import { givenShop, type Shop } from '../conversations/testing.ts'
import { deletion } from '../deletion/deletion.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { givenMember, type GivenMember } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { waitFor } from '../testing/wait-for.ts'
import { csvLine, rearm } from './csv-text.ts'
import { dropOldExports } from './drop-exports.ts'
import { exporting } from './export-contacts.ts'

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

const ids = (...list: number[]): Selection => ({ kind: 'ids', ids: list })
const run = (jobId: number, act = exporting) =>
  runJob(server.deps, { delete: deletion, export: act }, { workspaceId: shop.id, jobId }, running)
const download = (url: string | null, member: Pick<GivenMember, 'headers'> = shop.owner) =>
  fetch(server.url + url, { headers: { cookie: member.headers['cookie'] ?? '' } })
const add = async (values: Record<string, unknown>) => (await shop.owner.client.contacts.create({ values })).id
type Wish = Parameters<Shop['owner']['client']['exports']['start']>[0]
async function made(wish: Wish) {
  const { exports } = shop.owner.client
  const { job } = await exports.start(wish)
  await run(job.id)
  return exports.get({ jobId: job.id })
}
async function rowsOf(wish: Wish): Promise<string[][]> {
  const answer = await download((await made(wish)).url)
  expect(answer.status).toBe(200)
  return parse(Buffer.from(await answer.arrayBuffer()), { bom: true, delimiter: wish.separator ?? ',' })
}

test('the columns that were asked for, in that order, with what the workspace’s own fields hold', async () => {
  const { client } = shop.owner
  const size = await client.fields.create({ name: 'Talla', type: 'number' })
  const id = await add({
    firstName: 'Ana',
    lastName: 'Núñez; "la jefa"',
    phone: '+34600000142',
    custom: { [size.id]: 38.5 },
  })
  await client.contacts.tag({ contactId: id, names: ['Cliente fiel', '-20 %'] })
  const other = await add({ firstName: 'Anita', phone: '+34600000143', email: 'ana@example.com' })
  await client.merging.merge({ contactIds: [id, other], survivorId: id })
  const columns = [`#${size.id}`, 'phone', 'name', 'otherPhones', 'tags', 'email', 'id'] as const
  for (const separator of [',', ';', '\t'] as const)
    expect(
      await rowsOf({ selection: ids(id), format: 'csv', columns: [...columns], language: 'es', separator }),
    ).toEqual([
      ['Talla', 'Teléfono', 'Nombre completo', 'Otros teléfonos', 'Etiquetas', 'Correo', 'ID de contacto'],
      [
        '38.5',
        '+34600000142',
        'Ana Núñez; "la jefa"',
        '+34600000143',
        'Cliente fiel | -20 %',
        'ana@example.com',
        String(id),
      ],
    ])
  const card = await (await download((await made({ selection: ids(id), format: 'vcard' })).url)).text()
  expect(card).toContain('BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ana Núñez\\; "la jefa"\r\nN:Núñez\\; "la jefa";Ana;;;\r\n')
  expect(card).toContain('TEL;VALUE=uri;PREF=1:tel:+34600000142\r\nTEL;VALUE=uri:tel:+34600000143\r\n')
  expect(card).toContain('CATEGORIES:Cliente fiel,-20 %\r\nX-FICHA-TALLA:38.5\r\n')
})

test('no cell is a formula, in whatever way a spreadsheet cuts the file; what was written can be read back', () => {
  const sign = fc.constantFrom(
    '=',
    '+',
    '-',
    '@',
    '＝',
    '\t=',
    '\u200b=',
    ' =',
    "'=",
    ';=',
    ',+',
    '\n@',
    '"=',
    ';"=',
    'a',
    '1',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(sign, fc.string()), { maxLength: 5 }), (parts) => {
      const text = parts.join('')
      const line = csvLine(['a', text], ',')
      const [[, cell = '']] = parse(line, { relax_column_count: true, record_delimiter: '\r\n' }) as [string[]]
      expect(rearm(cell)).toBe(text)
      for (const cut of line.split(/[,;\t\r\n]/)) expect(cut).not.toMatch(/^[\s\p{Cc}\p{Cf}"]*[=@＝＋－＠](?!$)/u)
    }),
    { numRuns: 2000 },
  )
  expect(csvLine(['=HYPERLINK("http://evil")', '+34600000142', '-5', '-5+cmd|x'], ',')).toBe(
    '"\'=HYPERLINK(""http://evil"")",+34600000142,-5,\'-5+cmd|x\r\n',
  )
})

test('more than the workspace allows is refused, until an Owner lifts it', async () => {
  const { client } = shop.owner
  const some = [await add({ firstName: 'Uno' }), await add({ firstName: 'Dos' })]
  await client.workspaces.update({ bulkLimit: 1 })
  const wish = { selection: ids(...some), format: 'csv', columns: ['firstName'] } as const
  await expect(client.exports.start({ ...wish, columns: ['firstName'] })).rejects.toMatchObject({
    data: { reason: 'bulk-limit' },
  })
  expect((await client.exports.list({})).items).toEqual([])
  await expect(shop.manager.client.workspaces.update({ bulkLimit: null })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await client.workspaces.update({ bulkLimit: null })
  expect(await rowsOf({ ...wish, columns: ['firstName'] })).toEqual([['First name'], ['Uno'], ['Dos']])
})

test('the file is for whoever may export at that moment, and each download is on record', async () => {
  const { url } = await made({ selection: ids(await add({ firstName: 'Ana' })), format: 'csv' })
  const restricted = await givenMember(server, shop.id, { role: 'manager', restrictions: ['dataExport'] })
  const stranger = (await givenShop(server, double)).owner
  for (const member of [restricted, shop.agent, stranger, { headers: {} }])
    expect((await download(url, member)).status).toBe(404)
  expect((await download(url, shop.manager)).headers.get('content-disposition')).toMatch(
    /^attachment; filename="contacts-/,
  )
  const audit = await server.deps.db
    .selectFrom('audit')
    .select(['kind', 'actor_id'])
    .where('workspace_id', '=', shop.id)
    .where('kind', '=', 'exportDownloaded')
    .execute()
  expect(audit).toEqual([{ kind: 'exportDownloaded', actor_id: shop.manager.memberId }])
})

test('whoever is killed between two batches leaves a file that becomes whole, with nobody twice', async () => {
  const { client } = shop.owner
  await client.workspaces.update({ bulkLimit: null })
  for (let at = 0; at < 3; at++) await add({ firstName: `Persona ${at}` })
  const { job } = await client.exports.start({ selection: { kind: 'everyone' }, format: 'csv', columns: ['firstName'] })
  // three batches of one
  await server.deps.db
    .deleteFrom('bulk_batch')
    .where('workspace_id', '=', shop.id)
    .where('job_id', '=', job.id)
    .execute()
  const people = (await client.contacts.list({ sort: 'added', order: 'asc' })).items.map(({ id }) => id)
  await server.deps.db
    .insertInto('bulk_batch')
    .values(people.map((id, place) => ({ workspace_id: shop.id, job_id: job.id, place, contact_ids: [id] })))
    .execute()
  let batches = 0
  const dying = {
    ...exporting,
    afterBatch: async () => {
      batches++
      if (batches === 2) throw new Error('killed')
    },
  }
  await expect(run(job.id, dying)).rejects.toThrow('killed')
  expect((await client.exports.get({ jobId: job.id })).url).toBeNull()
  await run(job.id)
  await run(job.id)
  const answer = await download((await client.exports.get({ jobId: job.id })).url)
  expect(Buffer.from(await answer.arrayBuffer()).toString()).toBe(
    '\ufeffFirst name\r\nPersona 0\r\nPersona 1\r\nPersona 2\r\n',
  )
})

test('whoever is deleted while their line is written is waited for, and takes the file along', async () => {
  const { client } = shop.owner
  const ana = await add({ firstName: 'Ana' })
  const { job } = await client.exports.start({ selection: ids(ana), format: 'csv' })
  const gone = await client.deletion.start({ selection: ids(ana), contacts: 1 })
  let deleting = Promise.resolve()
  const carryOut: typeof exporting.carryOut = async (...call) => {
    const outcome = await exporting.carryOut(...call)
    deleting = run(gone.id)
    await waitFor('the deletion to wait', async () => {
      const { rows } = await sql`
        select from pg_locks where locktype = 'advisory' and not granted
          and database = (select oid from pg_database where datname = current_database())`.execute(server.deps.db)
      return rows.length > 0
    })
    return outcome
  }
  await run(job.id, { ...exporting, carryOut })
  await deleting
  expect(await client.exports.get({ jobId: job.id })).toMatchObject({ url: null, gone: 'contactDeleted' })
})

test('no file outlives its seven days, being stopped, or the deletion of somebody in it', async () => {
  const { client } = shop.owner
  const [ana, luz] = [await add({ firstName: 'Ana' }), await add({ firstName: 'Luz' })]
  const parts = async () =>
    (await server.deps.db.selectFrom('export_part').select('job_id').where('workspace_id', '=', shop.id).execute()).map(
      ({ job_id }) => job_id,
    )
  const both = await made({ selection: ids(ana, luz), format: 'csv' })
  const only = await made({ selection: ids(luz), format: 'csv' })
  const gone = await client.deletion.start({ selection: ids(ana), contacts: 1 })
  await run(gone.id)
  expect(await client.exports.get({ jobId: both.job.id })).toMatchObject({ url: null, gone: 'contactDeleted' })
  expect((await download(both.url)).status).toBe(404)
  expect((await download(only.url)).status).toBe(200)
  expect(new Set(await parts())).toEqual(new Set([only.job.id]))

  const { job: stopped } = await client.exports.start({ selection: ids(luz), format: 'csv' })
  await client.exports.cancel({ jobId: stopped.id })
  await run(stopped.id)
  expect(await client.exports.get({ jobId: stopped.id })).toMatchObject({ url: null, gone: 'cancelled' })
  await dropOldExports(server.deps, new Date(), running)
  expect(new Set(await parts())).toEqual(new Set([only.job.id]))
  await dropOldExports(server.deps, new Date(Date.now() + 8 * 24 * 3600 * 1000), running)
  expect(await parts()).toEqual([])
  expect(await client.exports.get({ jobId: only.job.id })).toMatchObject({ url: null, gone: 'expired' })
})
