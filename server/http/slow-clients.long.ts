import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenWorkspace, type GivenMember } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { waitFor } from '../testing/wait-for.ts'

/** Of each kind. */
const many = 700
/** Longer than what comes before a body may take, with the time until somebody looks. */
const longestMs = 120_000

let server: TestServer
let owner: GivenMember
const sockets: Socket[] = []
beforeAll(async () => {
  server = await startTestServer()
  owner = (await givenWorkspace(server)).owner
})
afterAll(async () => {
  for (const socket of sockets) socket.destroy()
  await server.close()
})

/** Connections that begin so, and then send a byte a second at most. */
async function hang(begin: string, drip: string): Promise<{ open: () => number }> {
  const { hostname, port } = new URL(server.url)
  const ours = await Promise.all(
    Array.from({ length: many }, async () => {
      const socket = connect(Number(port), hostname)
      sockets.push(socket)
      // whatever the server says to it, and however it ends it
      socket.resume().on('error', () => undefined)
      await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
      if (begin !== '') socket.write(begin)
      return socket
    }),
  )
  const dripping = setInterval(() => {
    for (const socket of ours) if (drip !== '' && !socket.destroyed) socket.write(drip)
  }, 1000)
  dripping.unref()
  return { open: () => ours.filter(({ destroyed }) => !destroyed).length }
}

test('thousands who send nothing, or a byte a second, keep nobody waiting, and are given up', async () => {
  const silent = await hang('', '')
  const heads = await hang('GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow: ', 'a')
  const body =
    'POST /rpc/contacts/get HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 900000\r\n\r\n'
  const bodies = await hang(body, ' ')
  for (let n = 0; n < 20; n += 1) {
    const { id } = await owner.client.contacts.create({ values: { firstName: `A${n}` } })
    expect((await owner.client.contacts.get({ contactId: id })).id).toBe(id)
  }
  await waitFor('those without a head to be given up', () => silent.open() + heads.open() === 0, longestMs)
  expect((await owner.client.contacts.list({})).items).toHaveLength(20)
  // a body may take longer: a file over a slow line
  expect(bodies.open()).toBe(many)
})
