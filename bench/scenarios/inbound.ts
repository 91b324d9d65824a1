import { openCaller } from '../measure/open-caller.ts'
import { takeTurns, type Operation } from '../measure/take-turns.ts'
import { watchArrivals, type Arrivals } from '../measure/watch-arrivals.ts'
import { atMost } from '../report.ts'
import { makeWebhook } from './make-webhook.ts'
import { openMailer } from './open-mailer.ts'
import type { Scenario } from './scenario.ts'

/**
 * A message comes in, by WhatsApp's webhook and by SMTP; one in ten from somebody new. `accept`: until it is acknowledged, in
 * bursts so short that taking them in has hardly begun; `sustained`: in bursts so long that it goes on meanwhile. `to
 * visible`: from sending it until a live browser is told, the next only then.
 */
export const inbound: Scenario = async (stage, concurrency) => {
  const arrivals = await watchArrivals(stage)
  const server = openCaller(stage.url, concurrency)
  const floor = openCaller(stage.floor.url, concurrency)
  const mailer = openMailer(stage.lines.mail, concurrency)
  try {
    const nextSender = senders(stage.contacts)
    const webhook = measured('whatsapp webhook', stage.serverPid, arrivals, async (worker) => {
      const { extId, request } = makeWebhook(stage.lines.whatsapp, nextSender())
      const sentAt = performance.now()
      return { extId, sentAt, took: await server.call(worker, request) }
    })
    const mail = measured('e-mail', stage.serverPid, arrivals, () => mailer.send(nextSender()))
    const insert = (name: string): Operation => ({
      name,
      pid: stage.floor.pid,
      once(worker) {
        const { body } = makeWebhook(stage.lines.whatsapp, nextSender()).request
        const headers = { ...stage.floor.headers, 'content-type': 'application/json' }
        return floor.call(worker, { method: 'POST', path: '/insert', headers, body })
      },
    })
    const turns = { scenario: 'inbound', contacts: stage.contacts, concurrency }
    const short = { ...turns, rounds: 200, warmUps: 100, perTurn: concurrency === 1 ? 5 : 2 * concurrency }
    const long = { ...turns, rounds: 5, warmUps: 1, perTurn: 200 }
    const single = { ...turns, rounds: 10, warmUps: 1, perTurn: 20 }
    const [accept, bare] = await takeTurns(short, [webhook.accept, insert('floor insert')])
    return {
      runs: [
        ...[accept, bare].filter((run) => run !== undefined),
        ...(await takeTurns(long, [webhook.sustain, insert('floor insert, meanwhile')])),
        ...(await takeTurns(single, [webhook.show])),
        ...(await takeTurns({ ...long, perTurn: 100 }, [mail.accept])),
        ...(await takeTurns(single, [mail.show])),
      ],
      ratios: [atMost(2, 'inbound accept / floor insert', (accept?.p50_ms ?? NaN) / (bare?.p50_ms ?? NaN))],
    }
  } finally {
    mailer.close()
    await Promise.all([server.close(), floor.close(), arrivals.close()])
  }
}

interface Sent {
  readonly extId: string
  /** On the clock of `performance.now()`. */
  readonly sentAt: number
  /** Milliseconds until it was acknowledged. */
  readonly took: number
}

/** The two times that one way of coming in is measured by. */
function measured(name: string, pid: number, arrivals: Arrivals, send: (worker: number) => Promise<Sent>) {
  const underway: Promise<number>[] = []
  const accepting: Omit<Operation, 'name'> = {
    pid,
    async once(worker) {
      const { extId, took } = await send(worker)
      underway.push(arrivals.of(extId))
      return took
    },
    // what was accepted is taken in before anything else is measured
    settle: async () => void (await Promise.all(underway.splice(0))),
  }
  const accept: Operation = { name: `${name} accept`, ...accepting }
  const sustain: Operation = { name: `${name} accept, sustained`, ...accepting }
  const show: Operation = {
    name: `${name} to visible`,
    pid,
    async once(worker) {
      const { extId, sentAt } = await send(worker)
      return (await arrivals.of(extId)) - sentAt
    },
  }
  return { accept, sustain, show }
}

/** Numbers of people: anybody of those who are there, and one in ten somebody new. */
function senders(contacts: number): () => number {
  let count = 0
  return () => (++count % 10 === 0 ? contacts + count / 10 : Math.floor(Math.random() * contacts))
}
