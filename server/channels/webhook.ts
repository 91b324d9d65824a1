import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from '../deps.ts'
import { ownAddress } from '../members/own-address.ts'
import type { WebhookCall, WebhookVerdict } from './adapter.ts'
import { serveLinkedFile } from './serve-linked-file.ts'
import { bearerOf, publicIdOf } from './custom/token.ts'
import { openDoorbell } from './doorbell.ts'
import { openLineCache } from './line-cache.ts'
import { openRow, type OpenedLine } from './open-line.ts'
import { storeEvent } from './store-event.ts'

const customLimit = 256 * 1024
/** What WhatsApp sends at most. */
const providerLimit = 3 * 1024 * 1024

type Named = (request: FastifyRequest) => { publicId: string; kind: string }

/**
 * Where providers call. The line is found before the body is read, the call is proven before the body is understood, what
 * it brings is stored in one statement, and only then is it answered with 200; understanding it is a job's work. Whatever
 * is wrong on our side is a 503: providers then try again.
 */
export async function mountWebhooks(app: FastifyInstance, deps: Deps): Promise<void> {
  const bell = openDoorbell(deps)
  const lines = openLineCache(deps)
  const found = new WeakMap<FastifyRequest, OpenedLine>()

  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    scope.addHook('onClose', async () => {
      lines.close()
      await bell.close()
    })
    scope.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
      const status = error.statusCode ?? 500
      if (status < 500) return answer(reply, status, error.message)
      deps.log.error({ err: error }, 'a webhook could not be stored')
      return answer(reply.header('retry-after', '5'), 503, 'Not available for a moment. Try again.')
    })

    const route = (method: 'GET' | 'POST', url: string, bodyLimit: number, named: Named) =>
      scope.route({
        method,
        url,
        bodyLimit,
        async onRequest(request, reply) {
          const { publicId, kind } = named(request)
          const opened = await lines.find(publicId)
          // a token that names no line is a wrong token; an address that names none is not there
          if (opened === null && named === byToken)
            return answer(reply, 401, 'The token is missing or is not this channel’s.')
          if (opened === null || opened.paused || opened.adapter.kind !== kind) return answer(reply, 404, nothingHere)
          const type = opened.adapter.webhookType ?? 'application/json'
          if (method === 'POST' && !isPlain(request, type)) return answer(reply, 415, `Send ${type}, not compressed.`)
          found.set(request, opened)
        },
        handler: (request, reply) => take(request, reply, found.get(request)!),
      })

    const byAddress: Named = (request) => request.params as { publicId: string; kind: string }
    const byToken: Named = (request) => ({
      publicId: publicIdOf(bearerOf(request.headers.authorization) ?? ''),
      kind: 'custom',
    })
    route('GET', '/webhooks/:kind/:publicId', providerLimit, byAddress)
    route('POST', '/webhooks/:kind/:publicId', providerLimit, byAddress)
    route('POST', '/webhooks/custom/:publicId', customLimit, (request) => ({ ...byAddress(request), kind: 'custom' }))
    for (const path of ['/custom/channel/webhook', '/custom/webhook']) {
      route('POST', path, customLimit, byToken)
      route('POST', `${path}/`, customLimit, byToken)
    }
    scope.get<{ Params: { link: string } }>('/custom/channel/files/:link', (request, reply) =>
      serveLinkedFile(deps, request.params.link, reply),
    )
  })

  async function take(request: FastifyRequest, reply: FastifyReply, opened: OpenedLine): Promise<FastifyReply> {
    const call = callOf(deps, request)
    const verdict = opened.adapter.verifyWebhook?.(opened.line, call)
    if (verdict === undefined) return answer(reply, 404, nothingHere)
    if (!verdict.accept) {
      // text, whatever it looks like: the handshake’s challenge is a stranger’s
      if ('text' in verdict) return reply.type('text/plain; charset=utf-8').send(verdict.text)
      return answer(reply, verdict.status, verdict.reason)
    }
    const headers = { 'content-type': call.headers['content-type'] ?? '' }
    await storeEvent(deps, bell, await targetsOf(deps, opened, verdict, call), { headers, body: call.rawBody })
    if (verdict.xml !== undefined) return reply.type('text/xml; charset=utf-8').send(verdict.xml)
    return reply.send(verdict.reply ?? { status: 'ok' })
  }
}

const answer = (reply: FastifyReply, status: number, message: string) => reply.code(status).send({ error: { message } })

const nothingHere = 'There is nothing here.'

function isPlain({ headers }: FastifyRequest, type: string): boolean {
  const encoding = headers['content-encoding']
  return (
    headers['content-type']?.split(';')[0]!.trim().toLowerCase() === type &&
    (encoding === undefined || encoding.toLowerCase() === 'identity')
  )
}

function callOf({ config }: Pick<Deps, 'config'>, request: FastifyRequest): WebhookCall {
  const plain = (record: object) =>
    Object.fromEntries(
      Object.entries(record).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    )
  return {
    method: request.method === 'GET' ? 'GET' : 'POST',
    query: plain(request.query as object),
    headers: plain(request.headers),
    url: ownAddress(config) + request.url,
    rawBody: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  }
}

/**
 * Whom a call is for. A provider may have one address for several of its lines: each of the workspace's lines that it
 * speaks of, and whose own secret proves it, gets a copy.
 */
async function targetsOf(
  deps: Deps,
  { line, adapter }: OpenedLine,
  { lineKeys = [] }: Extract<WebhookVerdict, { accept: true }>,
  call: WebhookCall,
): Promise<{ workspaceId: number; channelId: number }[]> {
  const own = adapter.describe(line.settings).lineKey
  const others = lineKeys.filter((key) => key !== own)
  const mine = lineKeys.length === 0 || lineKeys.length > others.length ? [line] : []
  if (others.length === 0) return mine
  const rows = await deps.inbound
    .selectFrom('channel')
    .selectAll()
    .where('workspace_id', '=', line.workspaceId)
    .where('kind', '=', adapter.kind)
    .where('line_key', 'in', others)
    .where('deleted_at', 'is', null)
    .execute()
  const proven = rows.flatMap((row) => {
    const other = openRow(deps, row)
    return other !== null && other.adapter.verifyWebhook?.(other.line, call).accept === true ? [other.line] : []
  })
  return [...mine, ...proven]
}
