import type { FastifyReply } from 'fastify'
import type { Visitor } from '../channels/webchat/visitor-token.ts'
import type { Deps } from '../deps.ts'
import { fail } from '../http/fail.ts'
import { countAttempt } from '../members/throttle.ts'
import type { Caller } from './find-caller.ts'

/** In a minute: for one visitor, and for everybody behind one network address, of which an office has one. */
const limits = {
  session: { visitor: 30, network: 120 },
  message: { visitor: 30, network: 240 },
  receipt: { visitor: 120, network: 1200 },
  stream: { visitor: 30, network: 240 },
} as const

/** @throws TOO_MANY_REQUESTS */
export async function refuseFlood(
  deps: Pick<Deps, 'db'>,
  { line, ip }: Caller,
  visitor: Pick<Visitor, 'address'> | null,
  what: keyof typeof limits,
  reply: FastifyReply,
): Promise<void> {
  const { visitor: byVisitor, network } = limits[what]
  const key = (whose: string) => `webchat ${what} ${line.publicId} ${whose}`
  const window = { seconds: 60, forgiving: false }
  const wait = await countAttempt(deps.db, [
    { key: key(`network ${ip}`), limit: network, ...window },
    ...(visitor === null ? [] : [{ key: key(`visitor ${visitor.address}`), limit: byVisitor, ...window }]),
  ])
  if (wait === null) return
  void reply.header('retry-after', String(wait))
  fail('TOO_MANY_REQUESTS', { retryAfterSeconds: wait })
}
