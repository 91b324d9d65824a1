import { existsSync, readdirSync, readlinkSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { givenUpload } from '../testing/given-rows.ts'
import { givenWorkspace, type GivenWorkspace } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { unless } from '../testing/unless.ts'
import { refusalOf } from './testing.ts'

let server: TestServer
let workspace: GivenWorkspace

beforeAll(async () => {
  server = await startTestServer({ work: false })
})
beforeEach(async () => {
  workspace = await givenWorkspace(server)
})
afterAll(() => server.close())

const upload = (content: string | Uint8Array<ArrayBuffer>, name?: string) =>
  givenUpload(server.url, workspace.owner, content, name)
const refusal = (content: string | Uint8Array<ArrayBuffer>) => refusalOf(server.url, workspace.owner, content)
const rowsOf = (importId: number) =>
  server.deps.db
    .selectFrom('import_row')
    .select(['place', 'line', 'cells'])
    .where('workspace_id', '=', workspace.id)
    .where('import_id', '=', importId)
    .orderBy('place')
    .execute()

/** Pieces of a file end at multiples of this. */
const piece = 65_536

test('each cell is kept as it stands in the file, wherever a piece of that ends: within a letter, a line end or doubled quotes', async () => {
  const row = (letter: string, name: string) => `"ñ,${letter}""\r\n€",${name}\r\n`
  const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16()
  // each row is as long as shares no divisor with a piece: so many pieces end at each of its places
  const files: [string, string, string, (text: string) => Buffer][] = [
    ['utf-8', '😀', 'xy', (text) => Buffer.from(text)],
    ['utf-16le', '😀', 'x', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['utf-16be', '😀', 'x', (text) => swapped(`\ufeff${text}`)],
    ['windows-1252', 'é', 'xy', (text) => Buffer.from(text.replaceAll('€', '\x80'), 'latin1')],
  ]
  for (const [encoding, letter, name, written] of files) {
    const length = written(row(letter, name)).length - written('').length
    expect(encoding.startsWith('utf-16') ? (length / 2) % 2 : length % 2).toBe(1)
    const count = Math.ceil(piece * 1.1)
    const content = written(`a,b\r\n${row(letter, name).repeat(count)}`)
    expect(content.length).toBeGreaterThan(length * piece)
    const importId = await upload(new Uint8Array(content))
    expect(await workspace.owner.client.imports.get({ importId })).toMatchObject({ encoding, rows: count })
    const { rows } = await sql<{ right: number }>`
      select count(distinct place)::integer as right from import_row
      where workspace_id = ${workspace.id} and import_id = ${importId} and place between 1 and ${count} and line = 1 + 2 * place
        and cells = ${[`ñ,${letter}"\r\n€`, name]}::text[]`.execute(server.deps.db)
    expect(rows[0]!.right).toBe(count)
  }
})

test('cells hold whatever they like, and rows as many as they have; empty rows are passed over, and lines counted on', async () => {
  const content =
    '\ufeff\n a ;b\r\r" ";""\n1;2;3\r"a;b";"<0>";"<1>\n<2>"\r\n\n;;\n"";x\n<0>\n"\x1f""";\x1e;\t\n"1\r2\n3\r\n4"'
  const importId = await upload(content)
  expect((await workspace.owner.client.imports.get({ importId })).heads).toEqual(['a', 'b'])
  expect(await rowsOf(importId)).toEqual([
    { place: 1, line: 5, cells: ['1', '2', '3'] },
    { place: 2, line: 7, cells: ['a;b', '<0>', '<1>\n<2>'] },
    { place: 3, line: 10, cells: ['', 'x'] },
    { place: 4, line: 11, cells: ['<0>'] },
    { place: 5, line: 12, cells: ['\x1f"', '\x1e', '\t'] },
    { place: 6, line: 16, cells: ['1\r2\n3\r\n4'] },
  ])
  const cards = 'BEGIN:VCARD\nFN:Luz\\, la de\nCATEGORIES:VIP,<0>\nEND:VCARD\n'.repeat(1001)
  const kept = await rowsOf(await upload(cards, 'a.vcf'))
  expect(kept.map(({ place, line }) => [place, line])).toEqual(kept.map((_row, at) => [at + 1, 4 * at + 4]))
  expect(new Set(kept.map(({ cells }) => cells.join('|')))).toEqual(new Set(['||Luz, la de|||||VIP | <0>||||']))
})

test('what is no text is refused where the names of columns stand, too', async () => {
  expect(await refusal(new Uint8Array(Buffer.from('\ufeffNom\0bre\nAna\n', 'utf16le')))).toEqual([400, 'not-text'])
})

const noList = existsSync('/proc/self/fd') ? null : 'no list of open files'

test('a file that is refused is not held open, so that its room is free again', unless(noList), async () => {
  const heldOpen = () =>
    readdirSync('/proc/self/fd').filter((name) => {
      try {
        return readlinkSync(`/proc/self/fd/${name}`).includes('ficha-import-')
      } catch {
        return false
      }
    })
  const rows = 'Ana,ana@taller.es\n'.repeat(200_001)
  const files: [string, string][] = [
    [`name,name\n${rows.slice(0, 10 * piece)}`, 'duplicate-heads'],
    [`name,email\n"Ana"x\n${rows.slice(0, 10 * piece)}`, 'quotes'],
    [`name,email\n${rows}`, 'too-many-rows'],
  ]
  for (const [content, reason] of files) {
    expect(await refusal(content)).toEqual([400, reason])
    expect(heldOpen()).toEqual([])
  }
})

test('a file whose rows the database refuses midway is refused as a whole, and the next one comes in', async () => {
  const taken = { workspace_id: workspace.id, import_id: (await server.deps.numbers.next(workspace.id, 'import')) + 1 }
  await server.deps.db
    .insertInto('import_row')
    .values({ ...taken, place: 30_000, line: 1, cells: [] })
    .execute()
  expect(await refusal(`name\n${'Ana\n'.repeat(100_000)}`)).toEqual([503, undefined])
  expect(await rowsOf(taken.import_id)).toHaveLength(1)
  expect(await rowsOf(await upload('name\nAna\n'))).toHaveLength(1)
})
