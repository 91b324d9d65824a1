import { randomUUID } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Attachment } from '#contract/conversations.ts'
import { openFileLinks } from '../channels/file-link.ts'
import { cleanUp } from '../conversations/clean-up.ts'
import { fetchAttachments } from '../conversations/fetch-attachments.ts'
import { givenShop, onlyContact, type Shop } from '../conversations/testing.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { givenMember, givenWorkspace, type GivenMember } from '../testing/given.ts'
import { startS3Server, type S3Server } from '../testing/s3-server.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

const ana = '+34600000142'
const running = new AbortController().signal
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
/** Writes as long as somebody reads. */
function pour(answer: ServerResponse): () => void {
  const timer = setInterval(() => {
    while (!answer.destroyed && answer.write(Buffer.alloc(1024 * 1024)));
  }, 1)
  return () => clearInterval(timer)
}
const svg = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

describe.each(['on the disk', 'in a bucket'])('files kept %s', (where) => {
  let server: TestServer
  let double: CustomDouble
  let shop: Shop
  let contactId: number
  let store: S3Server | null = null

  beforeAll(async () => {
    double = await startCustomDouble()
    if (where === 'in a bucket') store = await startS3Server()
    server = await startTestServer({ work: false, config: { s3: store?.settings ?? null } })
  })
  beforeEach(async () => {
    shop = await givenShop(server, double)
    await shop.hear(ana, 'hola')
    contactId = await onlyContact(shop)
    double.sent.length = 0
  })
  afterAll(async () => {
    await server.close()
    await double.close()
    await store?.close()
  })

  type Part = { content: Buffer | string; name: string; type: string }

  async function upload(member: Pick<GivenMember, 'headers'>, ...parts: Part[]): Promise<Response> {
    const form = new FormData()
    for (const { content, name, type } of parts)
      form.append('file', new Blob([typeof content === 'string' ? content : new Uint8Array(content)], { type }), name)
    return fetch(`${server.url}/files`, { method: 'POST', headers: member.headers, body: form })
  }
  async function given(member: GivenMember, part: Part): Promise<Attachment> {
    const answer = await upload(member, part)
    expect(answer.status).toBe(200)
    return ((await answer.json()) as { items: Attachment[] }).items[0]!
  }
  const picture: Part = { content: png, name: 'foto.png', type: 'image/png' }
  const get = (path: string, member?: Pick<GivenMember, 'headers'>, headers: Record<string, string> = {}) =>
    fetch(server.url + path, { headers: { ...(member ? { cookie: member.headers['cookie']! } : {}), ...headers } })
  const send = (member: GivenMember, attachmentIds: string[]) =>
    member.client.conversations.send({ contactId, body: { type: 'text', text: 'mira' }, attachmentIds })

  describe('uploading', () => {
    test('the type is what the bytes are, whatever was claimed', async () => {
      const file = (content: Buffer | string, name: string, type: string) => given(shop.owner, { content, name, type })
      expect(await file(png, 'a.html', 'text/html')).toMatchObject({
        kind: 'image',
        type: 'image/png',
        size: png.length,
      })
      expect(await file(svg, 'a.png', 'image/png')).toMatchObject({ kind: 'file' })
      expect(await file('<script>1</script>', 'a.png', 'image/png')).toMatchObject({
        kind: 'file',
        type: 'application/octet-stream',
      })
      expect(await file('a;b\n', 'a.csv', 'text/csv')).toMatchObject({ kind: 'file', type: 'text/csv' })
    })

    test('names lead nowhere', async () => {
      const name = async (raw: string) => (await given(shop.owner, { ...picture, name: raw })).name
      expect(await name('../../etc/passwd')).toBe('passwd')
      expect(await name('factura\u202efdp.exe')).toBe('facturafdp.exe')
      expect(await name(`${'ñ'.repeat(300)}.pdf`)).toMatch(/^ñ+\.pdf$/)
    })

    test('too many, too large, none, no form, nobody: refused', async () => {
      expect((await upload(shop.owner, ...Array.from({ length: 11 }, () => picture))).status).toBe(413)
      expect((await upload(shop.owner, { ...picture, content: Buffer.alloc(26 * 1024 * 1024) })).status).toBe(413)
      expect((await upload(shop.owner)).status).toBe(400)
      expect((await upload({ headers: {} }, picture)).status).toBe(401)
      const json = await fetch(`${server.url}/files`, {
        method: 'POST',
        headers: { ...shop.owner.headers, 'content-type': 'application/json' },
        body: JSON.stringify({ path: '/etc/passwd' }),
      })
      expect(json.status).toBe(415)
      const page = await fetch(`${server.url}/files`, {
        method: 'POST',
        headers: { ...shop.owner.headers, origin: 'https://evil.example' },
        body: new FormData(),
      })
      expect(page.status).toBe(403)
    })

    test('one member cannot fill the disk', async () => {
      await server.deps.db
        .insertInto('attachment')
        .values(
          Array.from({ length: 100 }, () => ({
            workspace_id: shop.id,
            id: randomUUID(),
            uploaded_by: shop.agent.memberId,
            kind: 'file',
            name: 'x',
            type: 'text/plain',
            state: 'stored',
          })),
        )
        .execute()
      expect((await upload(shop.agent, picture)).status).toBe(429)
      expect((await upload(shop.owner, picture)).status).toBe(200)
    })
  })

  describe('sending', () => {
    test('a file goes with a message, once, and only by who uploaded it', async () => {
      const file = await given(shop.agent, picture)
      const mine = await given(shop.owner, picture)
      await expect(send(shop.owner, [file.id])).rejects.toMatchObject({ code: 'BAD_REQUEST' })
      await expect(send(shop.owner, [randomUUID()])).rejects.toMatchObject({ code: 'BAD_REQUEST' })
      await expect(send(shop.owner, ['/etc/passwd'])).rejects.toMatchObject({ code: 'BAD_REQUEST' })
      await expect(send(shop.owner, [mine.id, mine.id])).rejects.toMatchObject({ code: 'BAD_REQUEST' })
      const message = await send(shop.agent, [file.id])
      expect(message).toMatchObject({ body: { type: 'attachment', text: 'mira' }, attachments: [{ id: file.id }] })
      await expect(send(shop.agent, [file.id])).rejects.toMatchObject({ code: 'BAD_REQUEST' })
      expect(await shop.messages(contactId)).toHaveLength(2)
      await shop.deliver(contactId)
      expect(double.sent).toMatchObject([{ body: { message: { type: 'attachment', attachment: { type: 'image' } } } }])
    })

    test('where a message takes one file, more files are more messages, in order', async () => {
      const files = [await given(shop.owner, picture), await given(shop.owner, { ...picture, name: 'dos.png' })]
      await send(
        shop.owner,
        files.map(({ id }) => id),
      )
      const sent = (await shop.messages(contactId)).slice(1)
      expect(sent.map(({ body, attachments }) => [body, attachments.map(({ id }) => id)])).toEqual([
        [{ type: 'attachment', text: 'mira' }, [files[0]!.id]],
        [{ type: 'attachment', text: null }, [files[1]!.id]],
      ])
      await shop.deliver(contactId)
      expect(double.sent).toHaveLength(2)
    })
  })

  describe('reading', () => {
    test('a picture shows, everything else is saved, and nothing in it runs', async () => {
      const shown = await given(shop.owner, picture)
      const saved = await given(shop.owner, { content: svg, name: 'l’ogo.svg', type: 'image/svg+xml' })
      const [image, file] = [await get(shown.url!, shop.owner), await get(saved.url!, shop.owner)]
      expect(Buffer.from(await image.arrayBuffer()).equals(png)).toBe(true)
      expect(image.headers.get('content-type')).toBe('image/png')
      expect(image.headers.get('content-disposition')).toMatch(/^inline/)
      expect(file.headers.get('content-type')).toBe('application/octet-stream')
      expect(file.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''l%E2%80%99ogo.svg")
      for (const { headers } of [image, file]) {
        expect(headers.get('x-content-type-options')).toBe('nosniff')
        expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
        expect(headers.get('cache-control')).toBe('private, no-cache')
      }
      expect((await get(shown.url!, shop.owner, { 'if-none-match': image.headers.get('etag')! })).status).toBe(304)
    })

    test.each([
      ['with its type', 'image/svg+xml'],
      ['with more behind its type', 'image/svg+xml; charset=utf-8'],
      ['as XML', 'text/xml'],
      ['as a page', 'text/html'],
      ['as a script', 'text/javascript'],
      ['without a type', ''],
    ])('a drawing that holds a script is saved, never shown: handed in %s', async (_how, type) => {
      for (const content of [
        svg,
        `\ufeff \n${svg}`,
        svg.replace('svg ', 'x:svg xmlns:x="http://www.w3.org/2000/svg" '),
      ]) {
        const file = await given(shop.owner, { content, name: 'logo.svg', type })
        expect(file).toMatchObject({ kind: 'file', smallUrl: null })
        const { headers } = await get(file.url!, shop.owner)
        expect(headers.get('content-type')).toBe('application/octet-stream')
        expect(headers.get('content-disposition')).toMatch(/^attachment/)
        expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
        expect((await get(`${file.url}/small`, shop.owner)).status).toBe(404)
      }
    })

    test('a link for an integrator opens its one file, saved and never run, until the file is gone', async () => {
      const script = await given(shop.owner, { content: svg, name: 'plano "1".svg', type: 'image/svg+xml' })
      const other = await given(shop.owner, picture)
      const links = openFileLinks(server.deps.config.secret, server.url)
      const link = links({ workspaceId: shop.id, fileId: script.id })
      const status = async (url: string) => (await fetch(url)).status
      // what was only uploaded is nobody else's yet
      expect(await status(link)).toBe(404)
      await send(shop.owner, [script.id])
      const { headers } = await fetch(link)
      expect(headers.get('content-disposition')).toMatch(/^attachment/)
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cache-control')).toBe('private, no-store')
      const elsewhere = openFileLinks('another secret, long enough to be one', server.url)
      for (const wrong of [
        link.replace(script.id, other.id),
        link.slice(0, -43),
        `${link}x`,
        elsewhere({ workspaceId: shop.id, fileId: script.id }),
        links({ workspaceId: shop.id + 1, fileId: script.id }),
        links({ workspaceId: shop.id, fileId: randomUUID() }),
      ])
        expect([wrong, await status(wrong)]).toEqual([wrong, 404])
      await server.deps.db
        .deleteFrom('attachment')
        .where('workspace_id', '=', shop.id)
        .where('id', '=', script.id)
        .execute()
      expect(await status(link)).toBe(404)
    })

    test('players may ask for a part', async () => {
      const { url } = await given(shop.owner, picture)
      const part = await get(url!, shop.owner, { range: 'bytes=1-3' })
      expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
        206,
        `bytes 1-3/${png.length}`,
        'PNG',
      ])
      const end = await get(url!, shop.owner, { range: 'bytes=-4' })
      expect(Buffer.from(await end.arrayBuffer()).equals(png.subarray(-4))).toBe(true)
      expect((await get(url!, shop.owner, { range: `bytes=${png.length}-` })).status).toBe(416)
    })

    test('what one may not see is not there: unsent ones of others, foreign, guessed, signed out, odd paths', async () => {
      const elsewhere = await givenWorkspace(server)
      const { url, id } = await given(shop.agent, picture)
      const status = async (path: string, member?: GivenMember) => (await get(path, member)).status
      expect(await status(url!, shop.agent)).toBe(200)
      expect(await status(url!, shop.owner)).toBe(404)
      expect(await status(url!, elsewhere.owner)).toBe(404)
      expect(await status(url!)).toBe(404)
      expect(await status(`/files/${elsewhere.id}/${id}`, elsewhere.owner)).toBe(404)
      expect(await status(`/files/${shop.id}/${randomUUID()}`, shop.owner)).toBe(404)
      for (const odd of ['..%2f..%2fetc%2fpasswd', '..%252f..%252fetc%252fpasswd', '%00', 'x'])
        expect([odd, await status(`/files/${shop.id}/${odd}`, shop.owner)]).toEqual([odd, 404])
      expect(await status(`/files/0x1/${id}`, shop.owner)).toBe(404)
    })

    test('once sent, those who see the contact see it, and only while they do', async () => {
      const { id, url } = await given(shop.owner, picture)
      await send(shop.owner, [id])
      const narrow = await givenMember(server, shop.id, { restrictions: ['onlyMine'] })
      expect((await get(url!, shop.agent)).status).toBe(200)
      expect((await get(url!, narrow)).status).toBe(404)
      await shop.owner.client.conversations.assign({ contactId, memberId: narrow.memberId })
      expect((await get(url!, narrow)).status).toBe(200)
    })
  })

  describe('files that came with a message', () => {
    const hearFile = async (path: string) => {
      const attachment = { type: 'image', url: double.url + path, fileName: 'foto.jpg', mimeType: 'image/jpeg' }
      await shop.post(ana, [{ type: 'message', mId: randomUUID(), message: { type: 'attachment', attachment } }])
      await shop.ingest()
      return (await shop.messages(contactId)).at(-1)!
    }
    const fetchAll = (messageId: number) => fetchAttachments(server.deps, { workspaceId: shop.id, messageId }, running)

    test('stand as coming, are fetched, and are what their bytes are', async () => {
      double.files.set('/foto', { content: png, type: 'image/jpeg' })
      const message = await hearFile('/foto')
      expect(message.attachments).toMatchObject([{ state: 'pending', url: null, kind: 'image' }])
      await fetchAll(message.id)
      const [file] = (await shop.messages(contactId)).at(-1)!.attachments
      expect(file).toMatchObject({ state: 'stored', type: 'image/png', size: png.length, name: 'foto.jpg' })
      expect((await get(file!.url!, shop.agent)).status).toBe(200)
    })

    test.each([
      [
        'that never end',
        (answer: ServerResponse) => void answer.writeHead(200).once('close', pour(answer)),
        'too-large',
      ],
      [
        'that say they are two gigabytes',
        (answer: ServerResponse) => void answer.writeHead(200, { 'content-length': 2 ** 31 }).write('x'),
        'too-large',
      ],
      ['that have gone', (answer: ServerResponse) => void answer.writeHead(410).end(), 'gone'],
      [
        'that lead inside',
        (answer: ServerResponse) => void answer.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
        'address-refused',
      ],
    ])('%s are given up at once, and cost neither memory nor the message', async (_what, reply, problem) => {
      const elsewhere = createServer((_request, answer) => reply(answer))
      await new Promise<void>((done) => elsewhere.listen(0, '127.0.0.1', done))
      const { port } = elsewhere.address() as AddressInfo
      const attachment = {
        type: 'image',
        url: `http://127.0.0.1:${port}/x`,
        fileName: 'foto.jpg',
        mimeType: 'image/jpeg',
      }
      await shop.post(ana, [{ type: 'message', mId: randomUUID(), message: { type: 'attachment', attachment } }])
      await shop.ingest()
      const before = process.memoryUsage.rss()
      await fetchAll((await shop.messages(contactId)).at(-1)!.id)
      elsewhere.closeAllConnections()
      elsewhere.close()
      expect(process.memoryUsage.rss() - before).toBeLessThan(250 * 1024 * 1024)
      expect((await shop.messages(contactId)).at(-1)!.attachments).toMatchObject([{ state: 'failed', url: null }])
      const [kept] = await server.deps.db
        .selectFrom('attachment')
        .select(['attempts', 'problem'])
        .where('workspace_id', '=', shop.id)
        .where('state', '=', 'failed')
        .execute()
      expect(kept).toMatchObject({ attempts: 1, problem: expect.stringContaining(problem) })
    })

    test('that do not come are tried again for some hours and then said to be missing; the message stays', async () => {
      const message = await hearFile('/gone')
      for (let attempt = 0; attempt < 9; attempt++) {
        await fetchAll(message.id)
        await server.deps.db
          .updateTable('attachment')
          .set({ next_attempt_at: sql`now()` })
          .where('workspace_id', '=', shop.id)
          .execute()
      }
      expect((await shop.messages(contactId)).at(-1)!.attachments).toMatchObject([{ state: 'failed', url: null }])
    })
  })

  test('what has served its purpose goes: unsent uploads, old answers, old guards, understood events', async () => {
    const unsent = await given(shop.owner, picture)
    const sent = await given(shop.owner, picture)
    await send(shop.owner, [sent.id])
    const { db } = server.deps
    const later = new Date(Date.now() + 2 * 24 * 3600 * 1000)
    await cleanUp(server.deps, new Date(), running)
    expect((await get(unsent.url!, shop.owner)).status).toBe(200)
    await cleanUp(server.deps, later, running)
    expect((await get(unsent.url!, shop.owner)).status).toBe(404)
    expect((await get(sent.url!, shop.owner)).status).toBe(200)
    const count = async (table: 'inbound_event' | 'message_seen') =>
      (await db.selectFrom(table).select('workspace_id').where('workspace_id', '=', shop.id).execute()).length
    expect([await count('inbound_event'), await count('message_seen')]).toEqual([1, 1])
    await cleanUp(server.deps, new Date(Date.now() + 8 * 24 * 3600 * 1000), running)
    expect([await count('inbound_event'), await count('message_seen')]).toEqual([0, 1])
    await cleanUp(server.deps, new Date(Date.now() + 91 * 24 * 3600 * 1000), running)
    expect([await count('inbound_event'), await count('message_seen')]).toEqual([0, 0])
  })
})
