import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { connectClient, type Client } from './testing/client.ts'
import { endProcess, freePort, postmastersOf, startServerProcess } from './testing/server-process.ts'
import { signUpOwner } from './testing/sign-up-owner.ts'
import { waitFor } from './testing/wait-for.ts'

const kills = 20
const people = 30

/** Small and repeatable: a failing run can be run again with its seed. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

test('whatever was acknowledged is there exactly once, however often the server is killed', async () => {
  const seed = Date.now() % 1_000_000
  console.log(`seed ${seed}`)
  const next = random(seed)
  const dataDir = realpathSync(mkdtempSync(join(tmpdir(), 'ficha-kill-')))
  const port = await freePort()
  const env = { FICHA_DATA: dataDir, PORT: String(port), FICHA_ALLOW_INTERNAL: '127.0.0.1' }
  const url = `http://127.0.0.1:${port}`
  let server = await startServerProcess(env)
  try {
    const { client, channelId, token } = await setUp(url)
    const edited = await client.contacts.create({ values: { firstName: 'edit 0', phone: '+34600000999' } })

    let running = true
    const sent: string[] = []
    /** A provider: sends in order, and the same again until it is acknowledged. */
    const provider = async (name: string) => {
      for (let number = 0; running; number++) {
        const mId = `${name}-${number}`
        const contactId = `+346000${String(10_000 + Math.floor(next() * people))}`
        await untilAcknowledged(() => postMessage(url, { channelId, token, contactId, mId }))
        sent.push(mId)
        // a pace that one server keeps up with, so that the end of the test is not a wait for the backlog
        await wait(4)
      }
    }
    let lastEdit = 0
    const editor = async () => {
      for (let number = 1; running; number++) {
        const saved = await client.contacts
          .update({ contactId: edited.id, values: { firstName: `edit ${number}` } })
          .then(
            () => true,
            () => false,
          )
        if (saved) lastEdit = number
        else await wait(20)
      }
    }
    const streams = [provider('a'), provider('b'), provider('c'), editor()]

    const seen = new Set<number>()
    for (let kill = 0; kill < kills; kill++) {
      await wait(200 + next() * 1200)
      await endProcess(server.child, 'SIGKILL')
      server = await startServerProcess(env)
      const postmasters = postmastersOf(dataDir)
      expect(postmasters, `PostgreSQL servers after kill ${kill + 1}`).toHaveLength(1)
      for (const pid of postmasters) seen.add(pid)
    }
    running = false
    await Promise.all(streams)

    const texts = await waitFor(
      'every acknowledged message to be in a thread',
      async () => {
        const found = await allTexts(client)
        return new Set(found).size >= sent.length && found
      },
      120_000,
    )
    expect(texts.toSorted()).toEqual(sent.toSorted())
    const { fields } = await client.contacts.get({ contactId: edited.id })
    expect(Number(fields.firstName.value?.replace('edit ', ''))).toBeGreaterThanOrEqual(lastEdit)
    console.log(`${kills} kills, ${sent.length} messages, ${lastEdit} edits, ${seen.size} PostgreSQL processes in turn`)

    await endProcess(server.child, 'SIGTERM')
    await waitFor('PostgreSQL to be gone', () => postmastersOf(dataDir).length === 0)
  } finally {
    await endProcess(server.child, 'SIGKILL')
    await waitFor('PostgreSQL to be gone', () => postmastersOf(dataDir).length === 0)
    rmSync(dataDir, { recursive: true, force: true })
  }
})

async function setUp(url: string): Promise<{ client: Client; channelId: string; token: string }> {
  const { workspaceId, cookie } = await signUpOwner(url)
  const client = connectClient(url, { cookie, 'x-ficha-workspace': String(workspaceId) })
  const channel = await client.channels.connect({
    name: 'SMS',
    settings: { kind: 'custom', apiBaseUrl: 'http://127.0.0.1:9', contactIdType: 'phone' },
  })
  return { client, channelId: channel.setup.channelId ?? '', token: channel.setup.apiToken ?? '' }
}

interface Sending {
  readonly channelId: string
  readonly token: string
  readonly contactId: string
  readonly mId: string
}

async function postMessage(url: string, { channelId, token, contactId, mId }: Sending): Promise<boolean> {
  const answer = await fetch(`${url}/custom/channel/webhook`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      channelId,
      contactId,
      events: [{ type: 'message', mId, timestamp: Date.now(), message: { type: 'text', text: mId } }],
    }),
  })
  return answer.status === 200
}

async function untilAcknowledged(post: () => Promise<boolean>): Promise<void> {
  while (!(await post().catch(() => false))) await wait(25)
}

async function allTexts(client: Client): Promise<string[]> {
  const texts: string[] = []
  const contacts = await client.contacts.list({ limit: 100 })
  for (const { id } of contacts.items) {
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<Client['conversations']['thread']>> = await client.conversations.thread({
        contactId: id,
        limit: 100,
        cursor,
      })
      for (const item of page.items)
        if (item.type === 'message' && item.message.body.type === 'text') texts.push(item.message.body.text)
      cursor = page.next
    } while (cursor !== null)
  }
  return texts
}
