import type { FastifyReply, FastifyRequest } from 'fastify'
import type { LineCache } from '../channels/line-cache.ts'
import { isAllowed, type WebchatLine } from '../channels/webchat/settings.ts'
import { readToken, type Visitor } from '../channels/webchat/visitor-token.ts'
import type { Deps } from '../deps.ts'
import { fail } from '../http/fail.ts'
import { hasEnded } from './end-token.ts'

/** The widget on a page that may show it. */
export interface Caller {
  readonly line: WebchatLine
  readonly ip: string
  /** What was said is still shown; nothing is taken. */
  readonly isPaused: boolean
}

/**
 * The line that an address names, for a page that may show its widget; the browser alone says which page that is. Sets what
 * lets the page read the answer.
 * @throws NOT_FOUND, FORBIDDEN
 */
export async function findCaller(lines: LineCache, request: FastifyRequest, reply: FastifyReply): Promise<Caller> {
  const { channel } = request.params as { channel: string }
  const opened = await lines.find(channel)
  if (opened === null || opened.line.settings.kind !== 'webchat') return fail('NOT_FOUND')
  const line = opened.line as WebchatLine
  const { origin } = request.headers
  if (!isAllowed(line.settings, origin)) return fail('FORBIDDEN')
  void reply.headers({
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'retry-after',
    vary: 'Origin',
    'cache-control': 'no-store',
    'cross-origin-resource-policy': 'cross-origin',
  })
  return { line, ip: request.ip, isPaused: opened.paused }
}

/** Whoever's token comes along; null without one. @throws UNAUTHENTICATED for one that is not, or no longer, good */
export async function findVisitor(
  deps: Pick<Deps, 'db' | 'clock'>,
  { line }: Caller,
  request: FastifyRequest,
): Promise<Visitor | null> {
  const header = request.headers.authorization
  if (header === undefined) return null
  const token = /^Bearer ([\w.-]{1,6000})$/.exec(header)?.[1] ?? ''
  const visitor = readToken(line.secrets?.['visitorKey'] ?? '', token, deps.clock.now())
  if (visitor === null || (await hasEnded(deps.db, line, visitor.nonce))) return fail('UNAUTHENTICATED')
  return visitor
}

/** For what is to be taken in. @throws CONFLICT `channel-paused` */
export function refusePaused({ isPaused }: Caller): void {
  if (isPaused) fail('CONFLICT', { reason: 'channel-paused' })
}

/** The same where somebody has to be there. */
export async function requireVisitor(
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  request: FastifyRequest,
): Promise<Visitor> {
  return (await findVisitor(deps, caller, request)) ?? fail('UNAUTHENTICATED')
}
