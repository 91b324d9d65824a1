import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fetchAttachments } from '../conversations/fetch-attachments.ts'
import { givenShop, onlyContact, type Shop } from '../conversations/testing.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { unless } from '../testing/unless.ts'

const megabyte = 1024 * 1024
const running = new AbortController().signal
const disk = mkdtempSync(join(tmpdir(), 'ficha-full-'))

/** A disk of its own, small enough to be filled; null where this process may not mount one. */
const noDisk = (() => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', disk], { stdio: 'ignore' })
    return null
  } catch {
    return 'needs the right to mount a small disk'
  }
})()

describe('a disk that is full', unless(noDisk), () => {
  let server: TestServer
  let double: CustomDouble
  let shop: Shop
  const filler = join(disk, 'filler')

  beforeAll(async () => {
    double = await startCustomDouble()
    server = await startTestServer({ work: false, config: { dataDir: disk } })
    shop = await givenShop(server, double)
  })
  afterAll(async () => {
    await server.close()
    await double.close()
  })

  const upload = () => {
    const form = new FormData()
    form.append('file', new Blob([new Uint8Array(megabyte).fill(65)], { type: 'text/plain' }), 'a.txt')
    return fetch(`${server.url}/files`, { method: 'POST', headers: shop.owner.headers, body: form })
  }
  /** Leaves room for half of what is to come. */
  const fill = () => {
    try {
      writeFileSync(filler, Buffer.alloc(20 * megabyte))
    } catch {
      // it is full: that is what was wanted
    }
    truncateSync(filler, statSync(filler).size - megabyte / 2)
  }
  const bytesKept = () =>
    readdirSync(disk, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'filler')
      .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
  const attachments = () =>
    server.deps.db
      .selectFrom('attachment')
      .select(['id', 'state', 'size'])
      .where('workspace_id', '=', shop.id)
      .execute()

  test('takes no file and says when to come back, keeps words and what providers bring, and heals by itself', async () => {
    expect((await upload()).status).toBe(200)
    const kept = bytesKept()
    fill()
    for (let time = 0; time < 5; time++) {
      const refused = await upload()
      expect(refused.status).toBe(503)
      expect(await refused.text()).not.toMatch(/ENOSPC|\/tmp|node:/)
    }
    // nothing of what was refused takes up room, and no row says that it is there
    expect(bytesKept()).toBe(kept)
    expect((await attachments()).filter(({ state }) => state === 'stored')).toHaveLength(1)

    double.files.set('/foto', { content: Buffer.alloc(megabyte, 66), type: 'text/plain' })
    const attachment = { type: 'file', url: `${double.url}/foto`, fileName: 'b.txt', mimeType: 'text/plain' }
    const event = {
      type: 'message',
      mId: randomUUID(),
      timestamp: Date.now(),
      message: { type: 'attachment', attachment },
    }
    expect(await shop.post('+34600000142', [event])).toBe(200)
    await shop.ingest()
    const contactId = await onlyContact(shop)
    const { id: messageId } = (await shop.messages(contactId))[0]!
    const state = async () => (await shop.messages(contactId))[0]!.attachments[0]!.state
    const fetchIt = async () => {
      await sql`update attachment set next_attempt_at = now() where message_id = ${messageId}`.execute(server.deps.db)
      await fetchAttachments(server.deps, { workspaceId: shop.id, messageId }, running)
    }
    // more often than a provider would be asked: ours is at fault, not theirs
    for (let attempt = 0; attempt < 12; attempt++) await fetchIt()
    expect(await state()).toBe('pending')
    expect(bytesKept()).toBe(kept)
    expect(server.logged.filter((line) => line.includes('ENOSPC')).length).toBeLessThan(40)

    rmSync(filler)
    await fetchIt()
    expect(await state()).toBe('stored')
    expect((await upload()).status).toBe(200)
  })
})

// after the last server has let go of it
afterAll(() => {
  if (noDisk === null) execFileSync('umount', ['-l', disk])
  rmSync(disk, { recursive: true, force: true })
})
