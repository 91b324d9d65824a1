import { createHmac, randomUUID } from 'node:crypto'
import { startDouble, type DoubleAnswer, type DoubleRequest, type Trouble } from './double-server.ts'
import { uploadViolationOf, violationOf, type Template, type Violation } from './whatsapp-rules.ts'
import { callSigned, shakeHands } from './meta-calls.ts'
import { example } from './whatsapp-webhooks.ts'

export interface WhatsappDouble {
  /** For `FICHA_WHATSAPP_API`. */
  readonly url: string
  /** What to connect a channel with. */
  readonly settings: {
    kind: 'whatsapp'
    phoneNumberId: string
    businessAccountId: string
    accessToken: string
    appSecret: string
  }
  readonly requests: DoubleRequest[]
  /** Messages it took, as they were sent, each with the id it answered. */
  readonly sent: { id: string; body: Record<string, unknown> }[]
  /** Requests it had to object to, with where the rule is published. A test that provokes none expects none. */
  readonly violations: Violation[]
  templates: Template[]
  scopes: string[]
  subscribed: boolean
  webhookUrl: string | null
  /** Trouble for the next requests to send a message. */
  trouble(...next: Trouble[]): void
  /** The next messages are refused so. */
  refuse(...codes: number[]): void
  expireToken(): void
  /** A file as if somebody had sent it; the answer is its media id. */
  addMedia(content: Buffer, type: string): string
  /** The file of a message that was sent. */
  fileOf(mediaId: string): { content: Buffer; type: string; name: string } | undefined
  /** Calls a webhook as WhatsApp does: signed, unless another signature is given. */
  call(webhookUrl: string, payload: unknown, headers?: Record<string, string>): Promise<Response>
  /** The handshake of a webhook's set-up. */
  shakeHands(webhookUrl: string, verifyToken: string, challenge?: string): Promise<Response>
  close(): Promise<void>
}

interface StoredMedia {
  content: Buffer
  type: string
  name: string
}

/** HTTP status and words of the errors a test may provoke. Source: …/whatsapp/support/error-codes */
const errors: Readonly<Record<number, { status: number; message: string; details?: string }>> = {
  1: { status: 503, message: 'An unknown error occurred' },
  4: { status: 400, message: 'Application request limit reached' },
  10: { status: 403, message: '(#10) Application does not have permission for this action' },
  100: { status: 400, message: '(#100) Invalid parameter' },
  190: { status: 401, message: 'Error validating access token: Session has expired' },
  368: { status: 403, message: 'Temporarily blocked for policies violations' },
  130429: {
    status: 429,
    message: '(#130429) Rate limit hit',
    details: 'Cloud API message throughput has been reached.',
  },
  131000: { status: 500, message: '(#131000) Something went wrong' },
  131009: { status: 400, message: '(#131009) Parameter value is not valid' },
  131026: { status: 400, message: '(#131026) Message undeliverable', details: 'Message Undeliverable.' },
  131030: { status: 400, message: '(#131030) Recipient phone number not in allowed list' },
  131047: {
    status: 400,
    message: '(#131047) Re-engagement message',
    details:
      'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
  },
  131053: { status: 400, message: '(#131053) Media upload error' },
  131056: {
    status: 400,
    message: '(#131056) (Business Account, Consumer Account) pair rate limit hit',
    details:
      'Message failed to send because there were too many messages sent from this phone number to the same phone number.',
  },
  132000: { status: 400, message: '(#132000) Number of parameters does not match the expected number of params' },
  132001: { status: 404, message: '(#132001) Template name does not exist in the translation' },
  133010: { status: 400, message: '(#133010) Account not registered' },
}

/** An error in the form of the Graph API. Source: developers.facebook.com/docs/graph-api/guides/error-handling */
export function graphError(code: number, details?: string): DoubleAnswer {
  const known = errors[code] ?? { status: 400, message: `(#${code}) Error` }
  const words = details ?? known.details
  return {
    status: known.status,
    body: {
      error: {
        message: known.message,
        type: 'OAuthException',
        code,
        ...(words === undefined ? {} : { error_data: { messaging_product: 'whatsapp', details: words } }),
        fbtrace_id: 'Az8or2yhqkZfEZ-_4Qn_Bam',
      },
    },
  }
}

/** A stand-in for WhatsApp's Cloud API that checks every request against the published rules. */
export async function startWhatsappDouble(): Promise<WhatsappDouble> {
  const appSecret = randomUUID()
  const settings = {
    kind: 'whatsapp' as const,
    phoneNumberId: example.phoneNumberId,
    businessAccountId: example.businessAccountId,
    accessToken: `EAAB${randomUUID().replaceAll('-', '')}`,
    appSecret,
  }
  const media = new Map<string, StoredMedia>()
  const sent: WhatsappDouble['sent'] = []
  const violations: Violation[] = []
  let valid = true

  const object = (violation: Violation): DoubleAnswer => {
    violations.push(violation)
    return graphError(violation.code, violation.details)
  }

  async function answer(request: DoubleRequest): Promise<DoubleAnswer> {
    if (!valid || request.headers['authorization'] !== `Bearer ${settings.accessToken}`) return graphError(190)
    const download = /^\/lookaside\/(\w+)$/.exec(request.path)
    if (download !== null)
      return stored(download[1]!, (file) => ({
        status: 200,
        headers: { 'content-type': file.type },
        body: file.content,
      }))
    const path = /^\/v\d+\.\d+\/(.+)$/.exec(request.path)?.[1]
    if (path === undefined) return { status: 404, body: {} }
    const proof = createHmac('sha256', appSecret).update(settings.accessToken).digest('hex')
    if (request.query['appsecret_proof'] !== undefined && request.query['appsecret_proof'] !== proof)
      return {
        status: 400,
        body: {
          error: {
            message: 'Invalid appsecret_proof provided in the API argument',
            type: 'GraphMethodException',
            code: 100,
          },
        },
      }
    if (request.method === 'POST' && request.headers['content-type'] === undefined)
      return object({
        code: 100,
        details: 'a body needs a content type',
        source: 'https://developers.facebook.com/docs/graph-api/overview',
      })
    switch (`${request.method} ${path}`) {
      case `GET ${settings.phoneNumberId}`:
        return {
          status: 200,
          body: {
            id: settings.phoneNumberId,
            display_phone_number: '+1 555-078-3881',
            verified_name: 'Lucky Shrub',
            ...(double.webhookUrl === null ? {} : { webhook_configuration: { application: double.webhookUrl } }),
          },
        }
      case `GET ${settings.businessAccountId}/phone_numbers`:
        return { status: 200, body: { data: [{ id: settings.phoneNumberId }] } }
      case 'GET debug_token':
        return { status: 200, body: { data: { app_id: '1', is_valid: true, scopes: double.scopes } } }
      case `GET ${settings.businessAccountId}/subscribed_apps`:
        return {
          status: 200,
          body: { data: double.subscribed ? [{ whatsapp_business_api_data: { id: '1', name: 'App' } }] : [] },
        }
      case `POST ${settings.businessAccountId}/subscribed_apps`:
        double.subscribed = true
        return { status: 200, body: { success: true } }
      case `GET ${settings.businessAccountId}/message_templates`:
        return listTemplates(request)
      case `POST ${settings.phoneNumberId}/media`:
        return upload(request)
      case `POST ${settings.phoneNumberId}/messages`:
        return send(request)
      default:
        if (request.method === 'GET' && request.query['phone_number_id'] === settings.phoneNumberId)
          return findMedia(path)
        return graphError(100, `Unsupported ${request.method} request. Object with ID '${path}' does not exist`)
    }
  }

  const stored = (id: string, show: (file: StoredMedia) => DoubleAnswer): DoubleAnswer => {
    const file = media.get(id)
    return file === undefined ? graphError(100, `Object with ID '${id}' does not exist`) : show(file)
  }

  const findMedia = (id: string) =>
    stored(id, (file) => ({
      status: 200,
      body: {
        messaging_product: 'whatsapp',
        url: `${server.url}/lookaside/${id}`,
        mime_type: file.type,
        file_size: String(file.content.length),
        id,
      },
    }))

  /** Two to a page, so that paging is met. */
  function listTemplates({ query }: DoubleRequest): DoubleAnswer {
    const from = Number(query['after'] ?? 0)
    const wanted = double.templates.filter(({ status }) => query['status'] === undefined || status === query['status'])
    const more = wanted.length > from + 2
    return {
      status: 200,
      body: {
        data: wanted.slice(from, from + 2),
        paging: { cursors: { before: 'x', after: String(from + 2) }, ...(more ? { next: `${server.url}/next` } : {}) },
      },
    }
  }

  async function upload({ body, headers }: DoubleRequest): Promise<DoubleAnswer> {
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': headers['content-type'] ?? '' },
    }).formData()
    const violation = uploadViolationOf(form)
    if (violation !== null) return object(violation)
    const file = form.get('file') as File
    const id = double.addMedia(Buffer.from(await file.arrayBuffer()), form.get('type') as string)
    media.get(id)!.name = file.name
    return { status: 200, body: { id } }
  }

  function send(request: DoubleRequest): DoubleAnswer {
    const body = JSON.parse(request.body.toString()) as Record<string, unknown>
    const violation = violationOf(body, { mediaIds: new Set(media.keys()), templates: double.templates })
    if (violation !== null) return object(violation)
    const id = `wamid.${randomUUID()}`
    sent.push({ id, body })
    const { to, recipient } = body as { to?: string; recipient?: string }
    const contact =
      to === undefined ? { input: recipient, user_id: recipient } : { input: to, wa_id: to.replace(/^\+/, '') }
    return { status: 200, body: { messaging_product: 'whatsapp', contacts: [contact], messages: [{ id }] } }
  }

  const server = await startDouble(answer, ({ method, path }) => method === 'POST' && path.endsWith('/messages'))
  const double: WhatsappDouble = {
    url: server.url,
    settings,
    requests: server.requests,
    sent,
    violations,
    templates: [],
    scopes: ['whatsapp_business_management', 'whatsapp_business_messaging'],
    subscribed: true,
    webhookUrl: null,
    trouble: (...next) => server.trouble(...next),
    refuse: (...codes) => server.trouble(...codes.map((code) => ({ answer: graphError(code) }))),
    expireToken: () => void (valid = false),
    addMedia(content, type) {
      const id = String(Math.floor(Math.random() * 1e15))
      media.set(id, { content, type, name: '' })
      return id
    },
    fileOf: (mediaId) => media.get(mediaId),
    call: (webhookUrl, payload, headers) => callSigned(appSecret, webhookUrl, payload, headers),
    shakeHands,
    close: () => server.close(),
  }
  return double
}
