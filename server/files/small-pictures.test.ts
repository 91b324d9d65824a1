import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Attachment } from '#contract/conversations.ts'
import { givenWorkspace, type GivenWorkspace } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
let shop: GivenWorkspace

beforeAll(async () => {
  server = await startTestServer({ work: false })
  shop = await givenWorkspace(server)
})
afterAll(() => server.close())

async function given(content: Buffer, name: string): Promise<Attachment> {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(content)]), name)
  const answer = await fetch(`${server.url}/files`, { method: 'POST', headers: shop.owner.headers, body: form })
  return ((await answer.json()) as { items: Attachment[] }).items[0]!
}
const get = (path: string, headers = shop.owner.headers) =>
  fetch(server.url + path, { headers: { cookie: headers['cookie']! } })
const photo = (width: number, height: number) =>
  sharp({
    create: { width, height, channels: 3, background: 'white', noise: { type: 'gaussian', mean: 128, sigma: 60 } },
  })

test('a photograph is shown small, upright and without where it was taken; the file itself stays as it came', async () => {
  const taken = await photo(1600, 1200)
    .withExif({ IFD0: { Model: 'Camara' }, IFD3: { GPSLatitude: '40/1 25/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
  const { url, smallUrl } = await given(taken, 'foto.jpg')
  expect(smallUrl).toBe(`${url}/small`)
  for (const time of ['made', 'kept']) {
    const small = Buffer.from(await (await get(smallUrl!)).arrayBuffer())
    const { format, width, height, exif } = await sharp(small).metadata()
    expect({ time, format, width, height, exif }).toEqual({
      time,
      format: 'webp',
      width: 720,
      height: 960,
      exif: undefined,
    })
    expect(small.length).toBeLessThan(taken.length / 3)
  }
  expect(Buffer.from(await (await get(url!)).arrayBuffer()).equals(taken)).toBe(true)
})

test('a picture that is small already, and what is none, has no other form', async () => {
  const small = await given(await photo(60, 40).png().toBuffer(), 'icono.png')
  expect(small.smallUrl).toBe(small.url)
  expect((await get(`${small.url}/small`)).status).toBe(404)
  const text = await given(Buffer.alloc(200_000, 'a;b\n'), 'medidas.csv')
  expect(text.smallUrl).toBeNull()
  expect((await get(`${text.url}/small`)).status).toBe(404)
})

test('a small picture is seen by who may see the file, and by nobody else', async () => {
  const { smallUrl } = await given(await photo(900, 900).jpeg({ quality: 95 }).toBuffer(), 'foto.jpg')
  const elsewhere = await givenWorkspace(server)
  expect((await get(smallUrl!)).status).toBe(200)
  for (const { headers } of [shop.agent, elsewhere.owner]) expect((await get(smallUrl!, headers)).status).toBe(404)
})

test('a picture that would fill the memory, or is broken, is not opened; its file is there', async () => {
  // sixteen thousand points a side: 268 million, in a file of kilobytes
  const bomb = await sharp({ create: { width: 16_000, height: 16_000, channels: 3, background: 'red' } })
    .png({ compressionLevel: 1 })
    .toBuffer()
  expect(bomb.length).toBeGreaterThan(150_000)
  const broken = (await photo(1200, 900).jpeg().toBuffer()).subarray(0, 200_000)
  for (const content of [bomb, broken]) {
    const before = process.memoryUsage.rss()
    const { url, smallUrl } = await given(content, 'foto.png')
    expect((await get(smallUrl!)).status).toBe(404)
    expect((await get(smallUrl!)).status).toBe(404)
    expect((await get(url!)).status).toBe(200)
    expect(process.memoryUsage.rss() - before).toBeLessThan(120 * 1024 * 1024)
  }
})
