import type { FastifyReply } from 'fastify'
import type { Visitor } from '../channels/webchat/visitor-token.ts'
import type { Deps } from '../deps.ts'
import { fail } from '../http/fail.ts'
import { networkOf } from '../members/network-of.ts'
import { countAttempt } from '../members/throttle.ts'
import type { Caller } from './find-caller.ts'

/** In a minute: for one visitor, and for everybody in one network, of which an office has one. */
const limits = {
  session: { visitor: 30, network: 120 },
  message: { visitor: 30, network: 240 },
  receipt: { visitor: 120, network: 1200 },
  stream: { visitor: 30, network: 240 },
  file: { visitor: 10, network: 60 },
} as const

/** In an hour: files stay, and fill a disk, however many networks they come from. */
const hourly: Partial<Record<keyof typeof limits, Limit & { line: number }>> = {
  file: { visitor: 40, network: 240, line: 600 },
}

interface Limit {
  readonly visitor: number
  readonly network: number
  readonly line?: number
}

/** @throws TOO_MANY_REQUESTS */
export async function refuseFlood(
  deps: Pick<Deps, 'db'>,
  { line, ip }: Caller,
  visitor: Pick<Visitor, 'address'> | null,
  what: keyof typeof limits,
  reply: FastifyReply,
): Promise<void> {
  const count = (seconds: number, of: Limit) => {
    const key = (whose: string) => `webchat ${what} ${seconds} ${line.publicId} ${whose}`
    const window = { seconds, forgiving: false }
    return [
      { key: key(`network ${networkOf(ip)}`), limit: of.network, ...window },
      ...(of.line === undefined ? [] : [{ key: key('line'), limit: of.line, ...window }]),
      ...(visitor === null ? [] : [{ key: key(`visitor ${visitor.address}`), limit: of.visitor, ...window }]),
    ]
  }
  const long = hourly[what]
  const wait = await countAttempt(deps.db, [
    ...count(60, limits[what]),
    ...(long === undefined ? [] : count(3600, long)),
  ])
  if (wait === null) return
  void reply.header('retry-after', String(wait))
  fail('TOO_MANY_REQUESTS', { retryAfterSeconds: wait })
}
