import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { startDouble, type DoubleAnswer, type DoubleRequest, type Trouble } from './double-server.ts'

/**
 * The messages an integrator may be asked to send, as the custom channel's protocol writes them down. Its published sources
 * are the vendor's help pages on custom channels and its example integration; the protocol page of this project's
 * documentation is the contract the double holds us to.
 */
const Handed = z.strictObject({
  channelId: z.string().min(1),
  contactId: z.string().min(1).max(100),
  message: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('text'), text: z.string().min(1) }),
    z.strictObject({
      type: z.literal('attachment'),
      attachment: z.strictObject({
        type: z.enum(['image', 'video', 'audio', 'file']),
        url: z.url(),
        mimeType: z.string(),
        fileName: z.string(),
        description: z.string().optional(),
      }),
    }),
    z.strictObject({
      type: z.literal('quick_reply'),
      title: z.string().min(1),
      replies: z.array(z.string().min(1)).min(1).max(10),
    }),
  ]),
})
export type HandedMessage = z.infer<typeof Handed>

export interface CustomDouble {
  /** The API base URL to connect a channel with. */
  readonly url: string
  readonly requests: DoubleRequest[]
  /** What it was asked to send, with the mId it answered and the key of the attempt. */
  readonly sent: { mId: string; key: string | undefined; body: HandedMessage }[]
  readonly violations: string[]
  /** The token it expects; a channel has it once it is connected. */
  token: string | null
  trouble(...next: Trouble[]): void
  calm(): void
  /** Files it serves below its address, for attachments it sends. */
  readonly files: Map<string, { content: Buffer; type: string }>
  /** Calls a channel's webhook. */
  call(webhookUrl: string, body: unknown, token?: string | null): Promise<Response>
  close(): Promise<void>
}

/** A stand-in for the program behind a custom channel. */
export async function startCustomDouble(): Promise<CustomDouble> {
  const sent: CustomDouble['sent'] = []
  const violations: string[] = []
  const files = new Map<string, { content: Buffer; type: string }>()

  function answer(request: DoubleRequest): DoubleAnswer {
    const file = files.get(request.path)
    if (request.method === 'GET' && file !== undefined)
      return { status: 200, headers: { 'content-type': file.type }, body: file.content }
    if (request.method !== 'POST' || request.path !== '/message') return refusal(404, 'Not found')
    if (request.headers['authorization'] !== `Bearer ${double.token}`) return refusal(401, 'Unauthorized')
    const read = Handed.safeParse(
      request.headers['content-type'] === 'application/json' ? parse(request.body) : undefined,
    )
    if (!read.success) {
      violations.push(z.prettifyError(read.error))
      return refusal(400, z.prettifyError(read.error))
    }
    const mId = randomUUID()
    sent.push({ mId, key: request.headers['idempotency-key'], body: read.data })
    return { status: 200, body: { mId } }
  }

  const server = await startDouble(answer, ({ method }) => method === 'POST')
  const double: CustomDouble = {
    url: server.url,
    requests: server.requests,
    sent,
    violations,
    token: null,
    trouble: (...next) => server.trouble(...next),
    calm: () => server.calm(),
    files,
    call(webhookUrl, body, token = double.token) {
      return fetch(webhookUrl, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      })
    },
    close: () => server.close(),
  }
  return double
}

const refusal = (status: number, message: string): DoubleAnswer => ({ status, body: { error: { message } } })

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return undefined
  }
}
