import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { pino } from 'pino'
import { afterEach, expect, test } from 'vitest'
import { createTestDatabase } from '../testing/database.ts'
import { waitFor } from '../testing/wait-for.ts'
import { holdConnection } from './hold-connection.ts'
import { takeProcessSlot } from './process-slot.ts'

const log = pino({ level: 'silent' })
const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

/** A way to the database that can be cut: while it is, whoever comes is turned away at once. */
async function cuttableWay(url: string) {
  const there = new URL(url)
  const open = new Set<Socket>()
  const turnedAway: number[] = []
  let isCut = false
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    if (isCut) {
      turnedAway.push(performance.now())
      socket.destroy()
      return
    }
    const folder = there.searchParams.get('host')
    const onward =
      folder === null ? connect(Number(there.port), there.hostname) : connect(`${folder}/.s.PGSQL.${there.port}`)
    onward.on('error', () => undefined)
    for (const one of [socket, onward]) open.add(one.on('close', () => void open.delete(one)))
    socket.pipe(onward).pipe(socket)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => void server.once('listening', resolve))
  const here = new URL(url)
  here.hostname = '127.0.0.1'
  here.searchParams.delete('host')
  here.port = String((server.address() as AddressInfo).port)
  const cut = (): void => {
    isCut = true
    for (const socket of open) socket.destroy()
  }
  ends.push(async () => {
    cut()
    await new Promise((resolve) => void server.close(resolve))
  })
  return { url: here.href, turnedAway, cut, mend: () => void (isCut = false) }
}

test('a lost connection is taken up by one attempt after another, ever more seldom, and says when it stands anew', async () => {
  const way = await cuttableWay(await createTestDatabase())
  const heard: string[] = []
  let returns = 0
  const connection = await holdConnection({
    url: way.url,
    name: 'ficha test',
    log,
    prepare: (client) => client.query("listen a_bell; notify a_bell, 'rung'"),
    onNotice: (payload) => void heard.push(payload ?? ''),
    onReturn: () => void (returns += 1),
  })
  ends.push(() => connection.close())
  await waitFor('the bell', () => heard.length === 1)

  way.cut()
  await waitFor('five attempts', () => way.turnedAway.length >= 5)
  const pauses = way.turnedAway.slice(1).map((at, index) => at - (way.turnedAway[index] ?? 0))
  for (const pause of pauses) expect(pause).toBeGreaterThan(150)
  expect(returns).toBe(0)

  way.mend()
  await waitFor('the bell again', () => heard.length === 2)
  expect(returns).toBe(1)
})

test('a process whose connection was lost takes its place again, or another one if a faster process has taken it', async () => {
  const url = await createTestDatabase()
  const way = await cuttableWay(url)
  const one = await takeProcessSlot(way.url, log)
  ends.push(() => one.release())
  expect([one.slot(), one.alone]).toEqual([0, true])

  way.cut()
  const faster = await waitFor('the place to be free', async () => {
    const other = await takeProcessSlot(url, log)
    if (other.slot() === 0) return other
    await other.release()
    return null
  })
  ends.push(() => faster.release())
  way.mend()
  await waitFor('another place', () => one.slot() === 1)

  const third = await takeProcessSlot(url, log)
  ends.push(() => third.release())
  expect([third.slot(), third.alone]).toEqual([2, false])
})
