import { createHmac, randomUUID } from 'node:crypto'
import type { ChannelSettings } from '#contract/channels.ts'
import { startDouble, type DoubleAnswer, type DoubleRequest, type Trouble } from './double-server.ts'
import { uploadViolationOf, violationOf, type Violation } from './messenger-rules.ts'
import { callSigned, shakeHands } from './meta-calls.ts'
import { account, page } from './messenger-webhooks.ts'

interface StoredFile {
  platform: 'messenger' | 'instagram'
  type: string
  content: Buffer
  name: string
  mime: string
}

export interface MessengerDouble {
  /** For `FICHA_META_API`. */
  readonly url: string
  /** What to connect a channel with. */
  readonly settings: Extract<ChannelSettings, { kind: 'messenger' }>
  readonly instagram: Extract<ChannelSettings, { kind: 'instagram' }>
  readonly appId: string
  readonly requests: DoubleRequest[]
  /** Messages it took, as they were sent, each with the id it answered. */
  readonly sent: { id: string; body: Record<string, unknown> }[]
  /** Requests it had to object to, with where the rule is published. A test that provokes none expects none. */
  readonly violations: Violation[]
  scopes: string[]
  /** What the app is subscribed to on the page; null: to nothing. */
  subscribed: string[] | null
  /** Has Meta allowed the app's people to answer for seven days? */
  humanAgent: boolean
  /** Where the app's calls go. */
  webhookUrl: string | null
  /** What is told of people who have written, by their ids. */
  readonly people: Map<string, { mayTellLocale?: boolean } & Record<string, unknown>>
  /** The Instagram account that the page is linked to. */
  linkedTo: string
  /** Whose token it is: the page's own, or another's. */
  profileId: string
  /** That somebody wrote, which opens the window: done by itself for calls made with `call`. */
  heard(psid: string, at?: number): void
  /** Trouble for the next requests to send a message. */
  trouble(...next: Trouble[]): void
  /** The next messages are refused so: `code` or `code/subcode`. */
  refuse(...codes: string[]): void
  expireToken(): void
  /** A file as if somebody had sent it; the answer is its address. */
  addFile(content: Buffer, name: string): string
  /** The file of a message that was sent. */
  fileOf(attachmentId: string): StoredFile | undefined
  /** Calls a webhook as Meta does: signed, unless another signature is given. */
  call(webhookUrl: string, payload: unknown, headers?: Record<string, string>): Promise<Response>
  /** The handshake of a webhook's set-up. */
  shakeHands(webhookUrl: string, verifyToken: string, challenge?: string): Promise<Response>
  close(): Promise<void>
}

/** HTTP status and words of the errors a test may provoke. Source: …/messenger-platform/error-codes */
const errors: Readonly<Record<string, { status: number; message: string }>> = {
  '2': { status: 500, message: 'An unexpected error has occurred. Please retry your request later.' },
  '4': { status: 400, message: '(#4) Application request limit reached' },
  '10': { status: 403, message: '(#10) This action requires the pages_messaging permission.' },
  '10/2018278': { status: 400, message: '(#10) This message is sent outside of allowed window.' },
  '10/2018108': { status: 400, message: '(#10) This person isn’t receiving messages from you right now.' },
  '10/1893063': { status: 400, message: '(#10) This Page is temporarily restricted from sending messages.' },
  '100/2018001': { status: 400, message: '(#100) No matching user found' },
  '100/2018109': { status: 400, message: '(#100) Attachment size exceeds allowable limit' },
  '190/460': { status: 401, message: 'Error validating access token: The session has been invalidated.' },
  '190/463': { status: 401, message: 'Error validating access token: Session has expired.' },
  '200/2018028': {
    status: 403,
    message: '(#200) Cannot message users who are not admins, developers or testers of the app.',
  },
  '368': { status: 403, message: 'The action attempted has been deemed abusive or is otherwise disallowed' },
  '551/1545041': { status: 400, message: '(#551) This person isn’t available right now.' },
  '613': { status: 400, message: '(#613) Calls to this api have exceeded the rate limit.' },
  '1200': { status: 500, message: '(#1200) Temporary send message failure. Please try again later.' },
}

/** An error in the form of the Graph API. Source: developers.facebook.com/docs/graph-api/guides/error-handling */
export function metaError(code: string, details?: string): DoubleAnswer {
  const [number, subcode] = code.split('/')
  const known = errors[code] ?? { status: 400, message: `(#${number}) Error` }
  return {
    status: known.status,
    body: {
      error: {
        message: details ?? known.message,
        type: 'OAuthException',
        code: Number(number),
        ...(subcode === undefined ? {} : { error_subcode: Number(subcode) }),
        fbtrace_id: 'BLBz/WZt8dN',
      },
    },
  }
}

/** A stand-in for Meta's Messenger Platform that checks every request against the published rules. */
export async function startMessengerDouble(): Promise<MessengerDouble> {
  const appSecret = randomUUID()
  const appId = '1517776481860111'
  const keys = { pageId: page.id, accessToken: `EAAB${randomUUID().replaceAll('-', '')}`, appSecret, humanAgent: false }
  const settings = { kind: 'messenger' as const, ...keys }
  const files = new Map<string, StoredFile>()
  const lastIn = new Map<string, number>()
  const sent: MessengerDouble['sent'] = []
  const violations: Violation[] = []
  let valid = true

  const object = (violation: Violation): DoubleAnswer => {
    violations.push(violation)
    return metaError(violation.code, violation.details)
  }

  async function answer(request: DoubleRequest): Promise<DoubleAnswer> {
    const cdn = /^\/cdn\/(\d+)\//.exec(request.path)
    if (cdn !== null) {
      // signed addresses: a token has no business there
      if (request.headers['authorization'] !== undefined)
        violations.push({ code: '0', details: 'a token was shown to the file server', source: 'https://oauth.net/2/' })
      const file = files.get(cdn[1]!)
      return file === undefined ? { status: 403, body: {} } : { status: 200, body: file.content }
    }
    const path = /^\/v\d+\.\d+\/(.+)$/.exec(request.path)?.[1]
    if (path === undefined) return { status: 404, body: {} }
    const token = /^Bearer (.+)$/.exec(request.headers['authorization'] ?? '')?.[1] ?? ''
    const isApp = token === `${appId}|${appSecret}`
    if (!isApp && (!valid || token !== settings.accessToken)) return metaError('190/463')
    const proof = createHmac('sha256', appSecret).update(token).digest('hex')
    if (request.query['appsecret_proof'] !== proof)
      return metaError('100', 'Invalid appsecret_proof provided in the API argument')
    switch (`${request.method} ${path}`) {
      case `GET ${settings.pageId}`:
        return {
          status: 200,
          body: request.query['fields']?.includes('instagram_business_account')
            ? { id: settings.pageId, instagram_business_account: { id: double.linkedTo, username: account.username } }
            : { id: settings.pageId, name: page.name },
        }
      case 'GET debug_token':
        return {
          status: 200,
          body: {
            data: { app_id: appId, type: 'PAGE', is_valid: true, profile_id: double.profileId, scopes: double.scopes },
          },
        }
      case `GET ${settings.pageId}/subscribed_apps`:
        return {
          status: 200,
          body: {
            data: double.subscribed === null ? [] : [{ id: appId, name: 'App', subscribed_fields: double.subscribed }],
          },
        }
      case `POST ${settings.pageId}/subscribed_apps`: {
        const { subscribed_fields } = JSON.parse(request.body.toString()) as { subscribed_fields: string }
        double.subscribed = subscribed_fields.split(',')
        return { status: 200, body: { success: true } }
      }
      case `GET ${appId}/subscriptions`:
        if (!isApp) return metaError('15', '(#15) This method must be called with an app access_token.')
        return {
          status: 200,
          body: {
            data:
              double.webhookUrl === null
                ? []
                : ['page', 'instagram'].map((object) => ({
                    object,
                    callback_url: double.webhookUrl,
                    active: true,
                    fields: [],
                  })),
          },
        }
      case `POST ${settings.pageId}/message_attachments`:
        return upload(request)
      case `POST ${settings.pageId}/messages`:
        return send(request)
      case `GET ${settings.pageId}/conversations`:
        return findConversation(request)
      default:
        if (request.method === 'GET' && double.people.has(path)) return tellPerson(request, path)
        return metaError('100/33', `Unsupported ${request.method} request. Object with ID '${path}' does not exist`)
    }
  }

  async function upload({ body, headers }: DoubleRequest): Promise<DoubleAnswer> {
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': headers['content-type'] ?? '' },
    }).formData()
    const violation = uploadViolationOf(form)
    if (violation !== null) return object(violation)
    const file = form.get('filedata') as File
    const { attachment } = JSON.parse(form.get('message') as string) as { attachment: { type: string } }
    const id = keep({
      platform: form.get('platform') === 'instagram' ? 'instagram' : 'messenger',
      type: attachment.type,
      content: Buffer.from(await file.arrayBuffer()),
      name: file.name,
      mime: file.type,
    })
    return { status: 200, body: { attachment_id: id } }
  }

  /** Source: …/messenger-platform/identity/user-profile, …/instagram-messaging/features/user-profile */
  function tellPerson({ query }: DoubleRequest, id: string): DoubleAnswer {
    const { mayTellLocale, ...person } = double.people.get(id)!
    const asked = (query['fields'] ?? '').split(',')
    const known =
      id === account.igsid
        ? ['name', 'username', 'profile_pic']
        : ['first_name', 'last_name', 'name', 'profile_pic', 'locale']
    const strange = asked.find((field) => !known.includes(field))
    if (strange !== undefined) return metaError('100', `(#100) Tried accessing nonexisting field (${strange})`)
    if (asked.includes('locale') && mayTellLocale !== true)
      return metaError('10', '(#10) This field needs the permission pages_user_locale.')
    return { status: 200, body: { id, ...Object.fromEntries(asked.map((field) => [field, person[field]])) } }
  }

  /** Source: …/messenger-platform/conversations */
  function findConversation({ query }: DoubleRequest): DoubleAnswer {
    const id = query['user_id'] ?? ''
    if (query['platform'] !== 'messenger' || !double.people.has(id)) return { status: 200, body: { data: [] } }
    return {
      status: 200,
      body: { data: [{ link: `/${settings.pageId}/inbox/${id}/?section=messages`, id: `t_${id}` }] },
    }
  }

  function keep(file: StoredFile): string {
    const id = String(Math.floor(Math.random() * 1e15))
    files.set(id, file)
    return id
  }

  function send(request: DoubleRequest): DoubleAnswer {
    const body = JSON.parse(request.body.toString()) as Record<string, unknown>
    const violation = violationOf(body, {
      attachments: files,
      lastInAt: (id) => lastIn.get(id) ?? null,
      isOnInstagram: (id) => id === account.igsid,
      mayAnswerLate: double.humanAgent,
      now: Date.now(),
    })
    if (violation !== null) return object(violation)
    const id = `m_${randomUUID()}`
    sent.push({ id, body })
    return { status: 200, body: { recipient_id: (body['recipient'] as { id: string }).id, message_id: id } }
  }

  const server = await startDouble(answer, ({ method, path }) => method === 'POST' && path.endsWith('/messages'))
  const double: MessengerDouble = {
    url: server.url,
    settings,
    instagram: { kind: 'instagram', instagramId: account.id, ...keys },
    appId,
    requests: server.requests,
    sent,
    violations,
    scopes: ['pages_messaging', 'pages_manage_metadata', 'instagram_basic', 'instagram_manage_messages'],
    subscribed: null,
    humanAgent: true,
    webhookUrl: null,
    people: new Map(),
    linkedTo: account.id,
    profileId: settings.pageId,
    heard: (psid, at = Date.now()) => void lastIn.set(psid, at),
    trouble: (...next) => server.trouble(...next),
    refuse: (...codes) => server.trouble(...codes.map((code) => ({ answer: metaError(code) }))),
    expireToken: () => void (valid = false),
    addFile: (content, name) =>
      `${server.url}/cdn/${keep({ platform: 'messenger', type: 'file', content, name, mime: '' })}/${encodeURIComponent(name)}?oh=signed`,
    fileOf: (attachmentId) => files.get(attachmentId),
    call(webhookUrl, payload, headers) {
      for (const psid of sendersIn(payload)) lastIn.set(psid, Date.now())
      return callSigned(appSecret, webhookUrl, payload, headers)
    },
    shakeHands,
    close: () => server.close(),
  }
  return double
}

const sendersIn = (payload: unknown): string[] =>
  ((payload as { entry?: { messaging?: { sender?: { id?: string }; message?: unknown }[] }[] }).entry ?? [])
    .flatMap((entry) => entry.messaging ?? [])
    .flatMap(({ sender, message }) => (message !== undefined && sender?.id !== undefined ? [sender.id] : []))
