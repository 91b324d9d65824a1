import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'ficha-duplicates-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Ending {
  readonly code: number
  readonly out: string
  readonly words: string
}

let files = 0
/** What the command ends with, prints and complains about, for a file with these bytes. */
function find(content: string | Buffer, ...options: string[]): Promise<Ending> {
  const file = join(folder, `${++files}.csv`)
  writeFileSync(file, content)
  return run([file, ...options])
}
function run(args: string[]): Promise<Ending> {
  const command = [join(import.meta.dirname, 'main.ts'), 'duplicates', ...args]
  return new Promise((resolve) => {
    execFile(process.execPath, command, (error, out, words) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, words }),
    )
  })
}
async function pairs(content: string | Buffer, ...options: string[]) {
  const { code, out, words } = await find(content, '--json', ...options)
  expect([code, words]).toEqual([0, ''])
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { a: string; b: string; tier: string; score: number; reasons: unknown[] })
}

const head = 'id,name,phone,email,country,channel\n'

test('one phone in two spellings under one name is certain, and the rule is told', async () => {
  const found = await pairs(
    `${head}1,Ana Pérez,+52 1 55 1234 5678,,,whatsapp\n2,Ana Perez,55 1234 5678,,MX,\n3,Eva,,,,\n`,
  )
  expect(found).toMatchObject([{ a: '1', b: '2', tier: 'A' }])
  expect(found[0]!.reasons).toContainEqual(expect.objectContaining({ kind: 'phone', rules: ['mx-dial-prefix', null] }))
})

test('the country of the file reads phones that name none', async () => {
  const rows = `${head}1,Ana Pérez,55 1234 5678,,,\n2,Ana Pérez,+525512345678,,,\n`
  expect(await pairs(rows, '--country', 'MX')).toMatchObject([{ tier: 'A' }])
})

test('a family on one phone is not pressed on anybody', async () => {
  const rows = `${head}1,Ana Pérez,+34600000101,,,\n2,Juan García,+34600000101,,,\n`
  expect((await pairs(rows)).filter(({ tier }) => tier !== 'C')).toEqual([])
})

test('an inbox of a task makes nobody one person, and a value of many says nothing', async () => {
  const people = ['Ana Pérez', 'Luis Gómez', 'Eva Ruiz']
  const rows = people.map((name, at) => `${at},${name},,info@tienda.example,,`).join('\n')
  expect(await pairs(`${head}${rows}`)).toEqual([])
  const many = Array.from({ length: 30 }, (_, at) => `${at},,+34600000101,,,`).join('\n')
  expect(await pairs(`${head}${many}`)).toEqual([])
})

test.each([
  [
    'a mark of its encoding and semicolons',
    Buffer.from('\ufeffid;name;phone;email\r\n1;"Ruiz; Eva";;eva@x.es\r\n2;Eva Ruiz;;EVA@x.es\r\n'),
  ],
  [
    'tabs, and columns in another order',
    Buffer.from('email\tid\tphone\tname\neva@x.es\t1\t\tEva Ruiz\nEva@X.es\t2\t\tEva Ruiz\n'),
  ],
])('a file with %s is read', async (_, content) => {
  expect(await pairs(content)).toMatchObject([{ a: '1', b: '2', tier: 'A' }])
})

test('for reading, the surest come first and the counts at the end', async () => {
  const { out } = await find(`${head}1,Ana Pérez,+34600000101,,,\n2,Ana Pérez,600 000 101,,ES,\n`)
  expect(out).toMatch(/^A, certain\n/)
  expect(out.trimEnd()).toMatch(/2 contacts\. Pairs: 1 certain \(A\), 0 likely \(B\), 0 possible \(C\)\.$/)
})

test.each([
  ['no column of ids', 'name,phone,email\nAna,,\n', /id/],
  ['an id that stands twice', `${head}1,Ana,,,,\n1,Eva,,,,\n`, /Lines 2 and 3 .* same id, 1/],
  ['a quote that never ends', `${head}1,"Ana,,,,\n`, /\w/],
])('%s is refused with a sentence', async (_, content, words) => {
  const ending = await find(content, '--json')
  expect(ending.code).toBe(1)
  expect(ending.words).toMatch(words)
  expect(ending.words).not.toMatch(/\n\s+at /)
})

test('a file that is not there and a country that is none are named', async () => {
  const missing = await run([join(folder, 'none.csv')])
  expect(missing).toMatchObject({ code: 1, words: expect.stringContaining('none.csv') })
  expect(missing.words).not.toMatch(/\n\s+at /)
  expect((await find(head, '--country', 'ZZ')).words).toContain('ZZ')
})
