import type { FastifyReply } from 'fastify'
import type { LinkFile } from '../channels/file-link.ts'
import type { WebchatLine } from '../channels/webchat/settings.ts'
import type { Visitor } from '../channels/webchat/visitor-token.ts'
import type { Deps } from '../deps.ts'
import { hasEnded } from './end-token.ts'
import { listMessages } from './list-messages.ts'
import type { VisitorHub } from './visitor-hub.ts'

/** A line of nothing, by which both sides know that the other is there; what was missed is looked for at the same time. */
const beatMs = 20_000
/** Who is so far behind is let go, and comes back for what it missed. */
const mostWaiting = 1_000_000

/**
 * Tells a visitor's widget each message as it comes, as server-sent events, until either side goes. It begins with what
 * came after the last message the widget has, so that nothing is missed however long it was away.
 */
export function streamMessages(
  deps: Pick<Deps, 'db' | 'log'>,
  hub: VisitorHub,
  { line, linkFile }: { line: WebchatLine; linkFile: LinkFile },
  visitor: Visitor,
  after: number,
  reply: FastifyReply,
): void {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    // proxies that collect answers would keep them
    'x-accel-buffering': 'no',
  })
  raw.write(': here\n\n')
  let last = after
  let contactId: number | null = null
  let looking: Promise<void> | null = null
  let again = false

  const look = () => {
    again = true
    looking ??= lookAgain().finally(() => (looking = null))
  }
  async function lookAgain(): Promise<void> {
    while (again && !raw.destroyed) {
      again = false
      try {
        contactId = await findContact(deps, line, visitor)
        const { items } = await listMessages(deps.db, { line, linkFile }, visitor, { after: last })
        const newest = items.at(-1)
        if (newest === undefined) continue
        last = newest.id
        raw.write(`data: ${JSON.stringify(items)}\n\n`)
      } catch (error) {
        deps.log.warn({ err: error, channelId: line.channelId }, 'a visitor could not be told')
        raw.end()
      }
    }
  }
  const beat = setInterval(() => {
    if (raw.writableLength > mostWaiting) return raw.destroy()
    raw.write(': beat\n\n')
    hasEnded(deps.db, line, visitor.nonce).then(
      (ended) => (ended ? raw.end() : look()),
      () => raw.end(),
    )
  }, beatMs)
  const { channelId } = line
  const { address } = visitor
  const stop = hub.listen(line.workspaceId, {
    channelId,
    address,
    contactId: () => contactId,
    look,
    end: () => raw.end(),
  })
  raw.on('close', () => {
    clearInterval(beat)
    stop()
  })
  look()
}

/** Who is live in the place of the visitor's contact. */
async function findContact(deps: Pick<Deps, 'db'>, line: WebchatLine, { address }: Visitor): Promise<number | null> {
  const link = await deps.db
    .selectFrom('contact_channel')
    .select('owner_id')
    .where('workspace_id', '=', line.workspaceId)
    .where('channel_id', '=', line.channelId)
    .where('address_key', '=', address)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return link?.owner_id ?? null
}
