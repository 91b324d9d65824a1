import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { z } from 'zod'
import { openDoorbell } from '../channels/doorbell.ts'
import { openFileLinks } from '../channels/file-link.ts'
import { openLineCache } from '../channels/line-cache.ts'
import { storeEvent } from '../channels/store-event.ts'
import type { VisitorEvent } from '../channels/webchat/parse-event.ts'
import type { WebchatLine } from '../channels/webchat/settings.ts'
import { isAllowed } from '../channels/webchat/settings.ts'
import type { Visitor } from '../channels/webchat/visitor-token.ts'
import type { Deps } from '../deps.ts'
import { answering } from '../http/answering.ts'
import { fail } from '../http/fail.ts'
import { ownAddress } from '../members/own-address.ts'
import { countStreams } from './count-streams.ts'
import { endToken } from './end-token.ts'
import { findCaller, findVisitor, refusePaused, requireVisitor } from './find-caller.ts'
import { refuseFlood } from './limits.ts'
import { listMessages } from './list-messages.ts'
import { openSession } from './open-session.ts'
import { streamMessages } from './stream-messages.ts'
import { fileHeader, mostFileBytes, takeFile } from './take-file.ts'
import { openVisitorHub } from './visitor-hub.ts'

const mostBytes = 32 * 1024
const messageId = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

const SessionInput = z.object({ identity: z.string().max(5000).nullish() })
const Written = z.object({
  id: z.uuid(),
  language: z
    .string()
    .regex(/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/)
    .max(35)
    .nullish()
    .catch(null),
  page: z
    .object({ url: z.url({ protocol: /^https?$/ }).max(2000), title: z.string().max(300) })
    .nullish()
    .catch(null),
})
const MessageInput = Written.extend({ text: z.string().trim().min(1).max(4000) })
const FileInput = Written.extend({ name: z.string().max(300), type: z.string().max(200) })
const ListInput = z.object({ before: messageId })
const ReceiptInput = z.object({ status: z.enum(['delivered', 'read']), ids: z.array(messageId).min(1).max(50) })
const StreamInput = z.object({ after: messageId })

/**
 * What the widget on somebody's site asks for, below `/webchat/:channel`. Each is a POST, of which a browser always says
 * which page it is for; who the visitor is says a token in a header, never an address.
 */
export async function mountWebchat(app: FastifyInstance, deps: Deps): Promise<void> {
  const lines = openLineCache(deps)
  const bell = openDoorbell(deps)
  const hub = openVisitorHub(deps)
  const streams = countStreams()
  const linkFile = openFileLinks(deps.config.secret, ownAddress(deps.config))
  app.addHook('onClose', async () => {
    lines.close()
    await bell.close()
  })

  app.options<{ Params: { channel: string } }>('/webchat/:channel/*', async (request, reply) => {
    const { channel } = request.params
    const settings = (await lines.find(channel))?.line.settings
    const { origin } = request.headers
    if (settings?.kind !== 'webchat' || !isAllowed(settings, origin)) return reply.code(403).send()
    return reply
      .code(204)
      .headers({
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': `authorization, content-type, ${fileHeader}`,
        'access-control-max-age': '600',
        vary: 'Origin',
      })
      .send()
  })

  const post = (path: string, act: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>) =>
    app.post(`/webchat/:channel/${path}`, { bodyLimit: mostBytes }, answering(act))
  const store = (line: WebchatLine, event: VisitorEvent, content?: Buffer) => {
    const words = Buffer.from(JSON.stringify(event))
    const body = content === undefined ? words : Buffer.concat([words, Buffer.from('\n'), content])
    return storeEvent(deps, bell, [line], { headers: {}, body })
  }

  post('session', async (request, reply) => {
    const caller = await findCaller(lines, request, reply)
    await refuseFlood(deps, caller, null, 'session', reply)
    const { identity = null } = read(SessionInput, request.body)
    // a token that is no longer good is no reason to refuse: its holder begins anew
    const known = await findVisitor(deps, caller, request).catch(() => null)
    const given = known === null ? null : request.headers.authorization!.slice('Bearer '.length)
    return reply.send(await openSession(deps, caller, linkFile, { known, given, identity }))
  })

  post('messages', async (request, reply) => {
    const caller = await findCaller(lines, request, reply)
    refusePaused(caller)
    const { address, profile } = await limited(caller, request, reply, 'message')
    const { id, text, language = null, page = null } = read(MessageInput, request.body)
    await store(caller.line, { type: 'message', id, address, profile, text, language, page })
    return reply.code(202).send({ stored: true })
  })

  await app.register(async (scope) => {
    const admitted = new WeakMap<FastifyRequest, { line: WebchatLine; visitor: Visitor }>()
    scope.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    )
    scope.post(
      '/webchat/:channel/files',
      {
        bodyLimit: mostFileBytes,
        // before a byte of the file is read
        onRequest: async (request, reply) => {
          try {
            admitted.set(request, await admit(request, reply))
          } catch (error) {
            await answering(() => Promise.reject(error))(request, reply)
          }
        },
      },
      answering(async (request, reply) => {
        const { line, visitor } = admitted.get(request)!
        const { said, file, content } = await takeFile(FileInput, request)
        const { id, language = null, page = null } = said
        const { address, profile } = visitor
        await store(line, { type: 'file', id, address, profile, file, language, page }, content)
        return reply.code(202).send({ stored: true })
      }),
    )
  })

  post('earlier', async (request, reply) => {
    const caller = await findCaller(lines, request, reply)
    const visitor = await limited(caller, request, reply, 'stream')
    const { before } = read(ListInput, request.body)
    return reply.send(await listMessages(deps.db, { line: caller.line, linkFile }, visitor, { before }))
  })

  post('receipts', async (request, reply) => {
    const caller = await findCaller(lines, request, reply)
    const visitor = await limited(caller, request, reply, 'receipt')
    const { status, ids } = read(ReceiptInput, request.body)
    const messageIds = await findOwn(deps, caller.line, visitor, ids)
    if (messageIds.length > 0) await store(caller.line, { type: 'receipt', status, messageIds, at: Date.now() })
    return reply.code(202).send({ stored: true })
  })

  post('stream', async (request, reply) => {
    const caller = await findCaller(lines, request, reply)
    const visitor = await limited(caller, request, reply, 'stream')
    const { after } = read(StreamInput, request.body)
    const { line, ip } = caller
    const leave = streams.take({ line: line.publicId, address: visitor.address, ip })
    if (leave === null) {
      void reply.header('retry-after', '60')
      return fail('TOO_MANY_REQUESTS', { retryAfterSeconds: 60 })
    }
    reply.raw.once('close', leave)
    streamMessages(deps, hub, { line, linkFile }, visitor, after, reply)
    return reply
  })

  post('end', async (request, reply) => {
    const caller = await findCaller(lines, request, reply)
    const visitor = await limited(caller, request, reply, 'session')
    await endToken(deps, caller.line, visitor.nonce)
    return reply.send({ ended: true })
  })

  /** Who sends a file, if they may. */
  async function admit(request: FastifyRequest, reply: FastifyReply): Promise<{ line: WebchatLine; visitor: Visitor }> {
    const caller = await findCaller(lines, request, reply)
    refusePaused(caller)
    return { line: caller.line, visitor: await limited(caller, request, reply, 'file') }
  }

  async function limited(...[caller, request, reply, what]: Limited): Promise<Visitor> {
    const visitor = await requireVisitor(deps, caller, request)
    await refuseFlood(deps, caller, visitor, what, reply)
    return visitor
  }
}

type Limited = [
  caller: Awaited<ReturnType<typeof findCaller>>,
  request: FastifyRequest,
  reply: FastifyReply,
  what: Parameters<typeof refuseFlood>[3],
]

function read<T>(shape: z.ZodType<T>, body: unknown): T {
  const read = shape.safeParse(body ?? {})
  if (read.success) return read.data
  return fail('BAD_REQUEST', {
    fields: read.error.issues.map(({ path, code, message }) => ({ path: path.join('.'), reason: code, message })),
  })
}

/** Of the messages named, those of ours that this very visitor was sent. */
async function findOwn(
  { db }: Pick<Deps, 'db'>,
  { workspaceId, channelId }: WebchatLine,
  { address }: Visitor,
  ids: readonly number[],
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select m.id from contact_channel link
    join message m on m.workspace_id = link.workspace_id and m.contact_channel_id = link.id
    where link.workspace_id = ${workspaceId} and link.channel_id = ${channelId} and link.address_key = ${address}
      and link.removed_at is null and m.id = any(${[...ids]}::bigint[]) and not m.incoming and not m.note`.execute(db)
  return rows.map(({ id }) => id)
}
