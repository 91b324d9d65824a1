import { randomBytes } from 'node:crypto'
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js'
import { startDouble, type DoubleAnswer, type DoubleRequest, type Trouble } from './double-server.ts'
import { twilioError, type TwilioErrorCode } from './twilio-errors.ts'
import { contentRequestViolation, violationOf, type TwilioViolation } from './twilio-rules.ts'
import { newSid, twilioExample } from './twilio-webhooks.ts'

/** Source: twilio.com/docs/content/content-api-resources (fetch content and approval status) */
export interface TwilioContent {
  readonly sid: string
  readonly friendly_name: string
  readonly language: string
  readonly types: Readonly<Record<string, unknown>>
  readonly approval_requests: Readonly<Record<string, unknown>>
}

export interface TwilioDouble {
  /** For `FICHA_TWILIO_API`. */
  readonly url: string
  /** What to connect a channel with. */
  readonly settings: { kind: 'sms'; accountSid: string; authToken: string; sender: string }
  /** The same for WhatsApp. */
  readonly whatsapp: { kind: 'whatsapp'; provider: 'twilio'; accountSid: string; authToken: string; sender: string }
  readonly requests: DoubleRequest[]
  /** Messages it took, as they were sent, each with the SID it answered. */
  readonly sent: { sid: string; form: URLSearchParams }[]
  /** Requests it had to object to, with where the rule is published. A test that provokes none expects none. */
  readonly violations: TwilioViolation[]
  /** Contents as the API shows them with their approval; those that were asked to be made are added. */
  readonly contents: TwilioContent[]
  /** Where each number or service is told to call. */
  readonly webhooks: Map<string, string>
  accountStatus: 'active' | 'suspended'
  /** Trouble for the next requests to send a message. */
  trouble(...next: Trouble[]): void
  /** The next messages are refused so. */
  refuse(...codes: TwilioErrorCode[]): void
  /** A file as if somebody had sent it; the answer is its address. */
  addMedia(content: Buffer, type: string): string
  /**
   * Calls a webhook as Twilio does: signed, by Twilio's own library, over the address it was told.
   * @param change another address, secret or body than those that were signed
   */
  call(
    given: { webhookUrl: string; toldUrl: string },
    params: Readonly<Record<string, string>>,
    change?: { headers?: Record<string, string>; authToken?: string; body?: string; query?: string },
  ): Promise<Response>
  close(): Promise<void>
}

/** A stand-in for Twilio's API that checks every request against the published rules. */
export async function startTwilioDouble(): Promise<TwilioDouble> {
  const settings = {
    kind: 'sms' as const,
    accountSid: `AC${randomBytes(16).toString('hex')}`,
    authToken: randomBytes(16).toString('hex'),
    sender: twilioExample.number,
  }
  const root = `/2010-04-01/Accounts/${settings.accountSid}`
  const media = new Map<string, { content: Buffer; type: string }>()
  const webhooks = new Map([
    [twilioExample.number, ''],
    [`whatsapp:${twilioExample.number}`, ''],
    [twilioExample.service, ''],
  ])
  const sent: TwilioDouble['sent'] = []
  const violations: TwilioViolation[] = []
  const contents: TwilioContent[] = []

  function answer(request: DoubleRequest): DoubleAnswer {
    // where media really lies wants no credentials, and gets none
    const kept = /^\/kept\/(ME\w+)$/.exec(request.path)?.[1]
    if (kept !== undefined) return download(kept, request)
    const basic = Buffer.from(`${settings.accountSid}:${settings.authToken}`).toString('base64')
    if (request.headers['authorization'] !== `Basic ${basic}`) return twilioError(20003)
    const asked = /\/Media\/(ME\w+)$/.exec(request.path)?.[1]
    if (asked !== undefined)
      return media.has(asked)
        ? { status: 307, headers: { location: `${elsewhere.url}/kept/${asked}` }, body: {} }
        : twilioError(20404)
    switch (`${request.method} ${request.path}`) {
      case `GET ${root}.json`:
        return {
          status: 200,
          body: { sid: settings.accountSid, friendly_name: 'Lucky Shrub', status: double.accountStatus, type: 'Full' },
        }
      case `GET ${root}/IncomingPhoneNumbers.json`:
        return listNumbers(request.query['PhoneNumber'] ?? '')
      case `POST ${root}/Messages.json`:
        return send(request)
      case 'GET /v2/Channels/Senders':
        return {
          status: 200,
          body: {
            senders: [
              {
                sid: `XE${'1'.repeat(32)}`,
                sender_id: `whatsapp:${twilioExample.number}`,
                status: 'ONLINE',
                profile: { name: 'Lucky Shrub' },
                webhook: { callback_url: webhooks.get(`whatsapp:${twilioExample.number}`), callback_method: 'POST' },
              },
            ],
            meta: { page: 0, key: 'senders' },
          },
        }
      case 'GET /v1/ContentAndApprovals':
        return listContents(request.query)
      case 'GET /v2/Content':
        return {
          status: 200,
          body: {
            contents: contents.filter(({ friendly_name }) =>
              new RegExp(request.query['ContentName'] ?? '').test(friendly_name),
            ),
            meta: { page: 0, key: 'contents' },
          },
        }
      case 'POST /v1/Content':
        return makeContent(request)
      case `GET /v1/Services/${twilioExample.service}`:
        return {
          status: 200,
          body: {
            sid: twilioExample.service,
            friendly_name: 'Avisos',
            inbound_request_url: webhooks.get(twilioExample.service) || null,
            use_inbound_webhook_on_number: false,
          },
        }
      case `GET /v1/Services/${twilioExample.service}/PhoneNumbers`:
        return { status: 200, body: { phone_numbers: [{ phone_number: twilioExample.number }], meta: { page: 0 } } }
      default:
        return twilioError(20404, `The requested resource ${request.path} was not found`)
    }
  }

  /** Two to a page, so that paging is met. */
  function listContents({ PageToken: token = '0' }: DoubleRequest['query']): DoubleAnswer {
    const from = Number(token)
    const next =
      contents.length > from + 2 ? `https://content.twilio.com/v1/ContentAndApprovals?PageToken=${from + 2}` : null
    return {
      status: 200,
      body: { contents: contents.slice(from, from + 2), meta: { page: 0, next_page_url: next, key: 'contents' } },
    }
  }

  function makeContent({ body }: DoubleRequest): DoubleAnswer {
    const wanted = JSON.parse(body.toString()) as Omit<TwilioContent, 'sid'>
    const violation = contentRequestViolation(wanted)
    if (violation !== null) return object(violation)
    const made = { ...wanted, sid: newSid('HX'), approval_requests: { status: 'unsubmitted' } }
    contents.push(made)
    return { status: 201, body: made }
  }

  function object(violation: TwilioViolation): DoubleAnswer {
    violations.push(violation)
    return twilioError(violation.code, violation.details)
  }

  function listNumbers(number: string): DoubleAnswer {
    const found = webhooks.has(number)
      ? [{ phone_number: number, sms_url: webhooks.get(number), sms_method: 'POST', capabilities: { sms: true } }]
      : []
    return { status: 200, body: { incoming_phone_numbers: found, page: 0, page_size: 50 } }
  }

  function send(request: DoubleRequest): DoubleAnswer {
    const form = new URLSearchParams(request.body.toString())
    const violation =
      request.headers['content-type'] === 'application/x-www-form-urlencoded'
        ? violationOf(form, {
            senders: new Set(webhooks.keys()),
            contents: new Map(contents.map(({ sid, types }) => [sid, { variables: placeholders(types) }])),
          })
        : {
            code: 20001 as const,
            details: 'not a form',
            source: 'https://www.twilio.com/docs/usage/requests-to-twilio',
          }
    if (violation !== null) return object(violation)
    const sid = newSid(form.has('MediaUrl') ? 'MM' : 'SM')
    sent.push({ sid, form })
    return {
      status: 201,
      body: {
        sid,
        account_sid: settings.accountSid,
        status: form.has('MessagingServiceSid') ? 'accepted' : 'queued',
        to: form.get('To'),
        from: form.get('From'),
        body: form.get('Body') ?? '',
        num_segments: '1',
        error_code: null,
        error_message: null,
      },
    }
  }

  function download(id: string, request: DoubleRequest): DoubleAnswer {
    const file = media.get(id)
    if (request.headers['authorization'] !== undefined) return { status: 400, body: { message: 'credentials leaked' } }
    return file === undefined
      ? twilioError(20404)
      : { status: 200, headers: { 'content-type': file.type }, body: file.content }
  }

  const server = await startDouble(answer, ({ method, path }) => method === 'POST' && path.endsWith('/Messages.json'))
  const elsewhere = await startDouble(answer)
  const double: TwilioDouble = {
    url: server.url,
    settings,
    whatsapp: { ...settings, kind: 'whatsapp', provider: 'twilio' },
    contents,
    requests: server.requests,
    sent,
    violations,
    webhooks,
    accountStatus: 'active',
    trouble: (...next) => server.trouble(...next),
    refuse: (...codes) => server.trouble(...codes.map((code) => ({ answer: twilioError(code) }))),
    addMedia(content, type) {
      const id = newSid('ME')
      media.set(id, { content, type })
      return `${server.url}${root}/Messages/${newSid('MM')}/Media/${id}`
    },
    call({ webhookUrl, toldUrl }, params, { headers = {}, authToken = settings.authToken, body, query = '' } = {}) {
      return fetch(webhookUrl + query, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
          'x-twilio-signature': getExpectedTwilioSignature(authToken, toldUrl + query, { ...params }),
          'i-twilio-idempotency-token': randomBytes(16).toString('hex'),
          ...headers,
        },
        body: body ?? new URLSearchParams(params).toString(),
      })
    },
    async close() {
      await server.close()
      await elsewhere.close()
    },
  }
  return double
}

const placeholders = (types: unknown): string[] => [
  ...new Set([...JSON.stringify(types).matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]!)),
]
