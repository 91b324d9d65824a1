import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface DoubleRequest {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
}
export interface DoubleAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: unknown
}

/**
 * What happens to a request instead of, or before, its proper answer: `drop` reads it and never answers, `cut` acts on it
 * and breaks the connection, `refuse` breaks it at once, `late` acts on it and answers after so many milliseconds.
 */
export type Trouble = 'drop' | 'cut' | 'refuse' | { readonly late: number } | { readonly answer: DoubleAnswer }

export interface DoubleServer {
  readonly url: string
  readonly requests: DoubleRequest[]
  /** The next requests that `match` meet this trouble, one each, in order. */
  trouble(...next: Trouble[]): void
  /** What trouble was still to come does not come, and who waits for an answer that never comes waits no longer. */
  calm(): void
  close(): Promise<void>
}

/** An HTTP server that stands in for somebody else's: it records every request and can misbehave. */
export async function startDouble(
  answer: (request: DoubleRequest) => DoubleAnswer | Promise<DoubleAnswer>,
  /** Which requests trouble is for; the others are answered properly. */
  meetsTrouble: (request: DoubleRequest) => boolean = () => true,
  /** What such a request meets where nothing was called for. */
  usual: () => Trouble | undefined = () => undefined,
): Promise<DoubleServer> {
  const requests: DoubleRequest[] = []
  const troubles: Trouble[] = []
  const hanging: IncomingMessage[] = []

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = await readRequest(incoming)
    requests.push(request)
    const trouble = meetsTrouble(request) ? (troubles.shift() ?? usual()) : undefined
    if (trouble === 'refuse') return void incoming.socket.destroy()
    if (trouble === 'drop') return void hanging.push(incoming)
    if (typeof trouble === 'object' && 'answer' in trouble) return reply(outgoing, trouble.answer)
    const proper = await answer(request)
    if (trouble === 'cut') return void incoming.socket.destroy()
    if (trouble === undefined) return reply(outgoing, proper)
    setTimeout(() => reply(outgoing, proper), trouble.late)
  }

  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch((error: unknown) => {
      outgoing.destroy(error instanceof Error ? error : undefined)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    trouble: (...next) => void troubles.push(...next),
    calm() {
      troubles.splice(0)
      for (const { socket } of hanging.splice(0)) socket.destroy()
    },
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

async function readRequest(incoming: IncomingMessage): Promise<DoubleRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk)
  const url = new URL(incoming.url ?? '/', 'http://double')
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: incoming.headers as Record<string, string | undefined>,
    body: Buffer.concat(chunks),
  }
}

function reply(outgoing: ServerResponse, { status, headers, body }: DoubleAnswer): void {
  if (outgoing.destroyed) return
  const bytes = Buffer.isBuffer(body)
  outgoing
    .writeHead(status, { 'content-type': bytes ? 'application/octet-stream' : 'application/json', ...headers })
    .end(bytes ? body : JSON.stringify(body))
}
