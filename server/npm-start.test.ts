import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { findRoot } from './find-root.ts'
import { startS3Server, type S3Server } from './testing/s3-server.ts'
import { freePort, postmastersOf } from './testing/server-process.ts'
import { signUpOwner } from './testing/sign-up-owner.ts'
import { waitFor } from './testing/wait-for.ts'

const root = findRoot()
let dataDir: string
let bucket: S3Server
/** Ends what a test that failed has left running. */
let end = () => {}

beforeAll(async () => {
  dataDir = realpathSync(mkdtempSync(join(tmpdir(), 'ficha-start-')))
  bucket = await startS3Server()
})
afterEach(() => end())
afterAll(async () => {
  await bucket?.close()
  rmSync(dataDir, { recursive: true, force: true })
})

interface Started {
  readonly url: string
  readonly said: () => string
  /** As a terminal does it, all at once; how npm ends. */
  readonly press: (signal: 'SIGINT' | 'SIGTERM') => Promise<number | null>
}

/** In a group of its own, with nothing set but where it is to listen and to keep things. */
async function npmStart(): Promise<Started> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const { endpoint, region } = bucket.settings
  const child = spawn('npm', ['start'], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      PORT: String(port),
      FICHA_DATA: dataDir,
      FICHA_S3_BUCKET: bucket.settings.bucket,
      FICHA_S3_ENDPOINT: endpoint!,
      FICHA_S3_REGION: region,
      AWS_ACCESS_KEY_ID: process.env['AWS_ACCESS_KEY_ID'],
      AWS_SECRET_ACCESS_KEY: process.env['AWS_SECRET_ACCESS_KEY'],
    },
  })
  let said = ''
  child.stdout.on('data', (chunk) => (said += String(chunk)))
  child.stderr.on('data', (chunk) => (said += String(chunk)))
  const gone = once(child, 'close') as Promise<[number | null]>
  const press = async (signal: NodeJS.Signals) => {
    process.kill(-child.pid!, signal)
    const [code] = await gone
    end = () => {}
    return code
  }
  end = () => void press('SIGTERM')
  await waitFor(
    'npm start to answer',
    () => {
      if (child.exitCode !== null) throw new Error(`npm start ended: ${said}`)
      return said.includes(`Ficha listens at ${url}`)
    },
    120_000,
  )
  return { url, said: () => said, press }
}

test('npm start on an empty folder serves whoever comes, ends in order, and is not built twice', async () => {
  const first = await npmStart()
  const page = await (await fetch(first.url, { headers: { accept: 'text/html' } })).text()
  const asset = await fetch(first.url + /\/assets\/[\w.-]+\.js/.exec(page)![0])
  expect([asset.status, asset.headers.get('cache-control')]).toEqual([200, expect.stringContaining('immutable')])
  const { workspaceId, cookie } = await signUpOwner(first.url)

  // what is loaded when it is first needed: the program that makes pictures small, and the bucket's client
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
  const photo = await sharp({ create: { width: 1400, height: 1000, channels: 3, background: 'white', noise } })
    .jpeg()
    .toBuffer()
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(photo)]), 'foto.jpg')
  const headers = { cookie, 'x-ficha-workspace': String(workspaceId) }
  const taken = await fetch(`${first.url}/files`, { method: 'POST', headers, body: form })
  const { items } = (await taken.json()) as { items: { url: string; smallUrl: string }[] }
  const small = await fetch(first.url + items[0]!.smallUrl, { headers })
  expect([small.status, small.headers.get('content-type')]).toEqual([200, 'image/webp'])
  expect(bucket.keys()).toHaveLength(2)

  expect(await first.press('SIGINT')).toBe(0)
  expect(postmastersOf(dataDir)).toEqual([])

  const second = await npmStart()
  expect(second.said()).not.toContain('Building')
  const state = await fetch(`${second.url}/api/account/state`, { headers })
  expect(await state.json()).toMatchObject({ signedIn: true })
  await second.press('SIGTERM')
  await waitFor('its database to end', () => postmastersOf(dataDir).length === 0)
})

test('what was built keeps one byte for each character in memory, and has no builder in it', () => {
  const folder = join(root, 'dist', 'server')
  const wide = readdirSync(folder).filter((file) => /[^\0-\x7f]/.test(readFileSync(join(folder, file), 'utf8')))
  expect(wide).toEqual([])
  expect(readdirSync(folder).filter((file) => /^(vite|rolldown)\.js$/.test(file))).toEqual([])
})
