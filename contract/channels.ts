import { z } from 'zod'
import { reads, writes } from './base.ts'
import { ChannelKind } from './channel-kind.ts'
import { Id, Nothing, Timestamp, name, text } from './primitives.ts'

const host = text(253, 1).trim()
const port = z.number().int().min(1).max(65535)
/** `tls` from the first byte, `starttls` required, `none` only for a server on one's own machine. */
const security = z.enum(['tls', 'starttls', 'none'])
/** '' stands for "as it is" where a line exists; a new line needs the real one. */
const secret = text(1000).trim()
/** Meta has allowed the app to let people answer for seven days (“Human Agent”); 24 hours otherwise. */
const humanAgent = z.boolean().default(false)
/** How Meta names numbers, accounts and pages. */
const metaId = z.string().regex(/^\d{5,25}$/)

const twilioAccount = z.string().regex(/^AC[0-9a-fA-F]{32}$/)
/** A number (+34…), a short code, or a messaging service (MG…), which chooses among its numbers. */
const twilioSender = z
  .string()
  .trim()
  .regex(/^(\+[1-9]\d{6,14}|\d{3,8}|MG[0-9a-fA-F]{32})$/)

const mailServer = z.object({ host, port, security, user: text(254), password: text(1000) })

/** What each kind of channel needs to connect. Secrets go in and never come out. */
export const ChannelSettings = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('email'),
    /** The mailbox's own address: what customers write to and what answers come from. */
    address: text(254, 3),
    displayName: text(100).default(''),
    smtp: mailServer,
    /** Null: mail comes by the built-in listener only. */
    imap: mailServer.extend({ folder: text(200, 1).default('INBOX') }).nullable(),
  }),
  z.discriminatedUnion('provider', [
    z.object({
      kind: z.literal('whatsapp'),
      /** Meta's own Cloud API, unless another is named. */
      provider: z.literal('meta').optional(),
      phoneNumberId: metaId,
      businessAccountId: metaId,
      accessToken: secret,
      appSecret: secret,
    }),
    z.object({
      kind: z.literal('whatsapp'),
      provider: z.literal('twilio'),
      accountSid: twilioAccount,
      authToken: secret,
      sender: twilioSender,
    }),
  ]),
  z.object({
    kind: z.literal('messenger'),
    /** The page that people write to. */
    pageId: metaId,
    accessToken: secret,
    appSecret: secret,
    humanAgent,
  }),
  z.object({
    kind: z.literal('instagram'),
    instagramId: metaId,
    /** The page that the account is linked to: its token speaks for both. */
    pageId: metaId,
    accessToken: secret,
    appSecret: secret,
    humanAgent,
  }),
  z.object({
    kind: z.literal('sms'),
    accountSid: twilioAccount,
    authToken: secret,
    sender: twilioSender,
  }),
  z.object({ kind: z.literal('telegram'), botToken: text(100).trim() }),
  z.object({
    kind: z.literal('webchat'),
    /** The sites that may show the chat, as browsers name them: `https://www.example.com`. */
    origins: z.array(text(200, 1).trim()).min(1).max(20),
    /** What stands at its head. */
    title: name(60),
    /** What stands in it before anything was said. */
    welcome: text(500).trim().default(''),
    color: z.string().regex(/^#[0-9a-f]{6}$/i),
    /** Only those whom the site vouches for may write. */
    identifiedOnly: z.boolean().default(false),
  }),
  z.object({
    kind: z.literal('custom'),
    /** Messages are posted to `<this>/message`. */
    apiBaseUrl: z.url({ protocol: /^https?$/ }).max(500),
    contactIdType: z.enum(['phone', 'custom']),
  }),
])
export type ChannelSettings = z.infer<typeof ChannelSettings>

export const Channel = z.object({
  id: Id,
  kind: ChannelKind,
  name: z.string(),
  state: z.enum(['connected', 'paused', 'broken']),
  /** Why it is broken or what last went wrong: a code the web puts into words, with the provider's own words. */
  problem: z.object({ code: z.string(), detail: z.string().nullable(), at: Timestamp }).nullable(),
  /** Why sending rests for a while: nothing is tried before `until`; what is queued waits. Null where it goes on. */
  holdup: z.object({ code: z.string(), detail: z.string().nullable(), since: Timestamp, until: Timestamp }).nullable(),
  /** The line's own address as people know it: +34…, ventas@…, or null. */
  address: z.string().nullable(),
  createdAt: Timestamp,
  lastInAt: Timestamp.nullable(),
  lastOutAt: Timestamp.nullable(),
})
export type Channel = z.infer<typeof Channel>

/** For those who manage channels: settings without secrets, and what to enter at the provider. */
export const ChannelDetails = Channel.extend({
  /** As connected, secrets replaced by ''. */
  settings: z.record(z.string(), z.unknown()),
  setup: z.object({
    webhookUrl: z.string().nullable(),
    verifyToken: z.string().nullable(),
    /** Custom channel: the opaque channel id the integrator sends. Website chat: the one in its snippet. */
    channelId: z.string().nullable(),
    /** Website chat: where its script is, and the secret by which the site vouches for a visitor. */
    scriptUrl: z.string().nullable(),
    identitySecret: z.string().nullable(),
    /** Custom channel: the bearer token for both directions. */
    apiToken: z.string().nullable(),
    /** E-mail: the address of the built-in listener, when it is on. */
    listener: z.string().nullable(),
  }),
})
export type ChannelDetails = z.infer<typeof ChannelDetails>

/** What became of messages: how many were tried, how many of them were refused or came back, and how many are in doubt. */
const Outcomes = z.object({ tried: z.number().int(), failed: z.number().int(), unknown: z.number().int() })

/** How a line does. The figures are those of the last 24 hours and of the last seven days, by the hour. */
export const ChannelHealth = z.object({
  channel: Channel,
  day: Outcomes,
  week: Outcomes,
  /** Messages that wait to be sent; 10 000 stands for that many or more. */
  queued: z.number().int(),
  /** What a person has to look at; together 1000 stands for that many or more. */
  undelivered: z.object({ failed: z.number().int(), unknown: z.number().int() }),
})
export type ChannelHealth = z.infer<typeof ChannelHealth>

/** One thing that was tried, in order; the first failure ends the list. */
export const CheckStep = z.object({
  step: z.string(),
  ok: z.boolean(),
  code: z.string().nullable(),
  detail: z.string().nullable(),
})
export const CheckResult = z.object({ ok: z.boolean(), steps: z.array(CheckStep) })
export type CheckResult = z.infer<typeof CheckResult>

export const MessageTemplate = z.object({
  /** The provider's own id of it, where sending needs one. */
  providerId: z.string().optional(),
  name: z.string(),
  language: z.string(),
  category: z.string().nullable(),
  /** Text of the body with {{1}} or {{name}} placeholders. */
  body: z.string(),
  header: z.string().nullable(),
  footer: z.string().nullable(),
  variables: z.array(z.string()),
})
export type MessageTemplate = z.infer<typeof MessageTemplate>

export const channels = {
  list: reads('channels.view', '/channels').output(z.object({ items: z.array(Channel) })),
  get: reads('channels.manage', '/channels/{channelId}')
    .input(z.object({ channelId: Id }))
    .output(ChannelDetails),
  health: reads('channels.watch', '/channels/{channelId}/health')
    .input(z.object({ channelId: Id }))
    .output(ChannelHealth),
  /** Really tries it (sign in by SMTP and IMAP, ask the provider's API); changes nothing. */
  check: writes('channels.manage', '/channels/check')
    .input(z.object({ channelId: Id.nullable().default(null), settings: ChannelSettings }))
    .output(CheckResult),
  connect: writes('channels.manage', '/channels')
    .input(z.object({ name: name(60), settings: ChannelSettings }))
    .output(ChannelDetails),
  /** Secrets sent as '' stay as they are. The kind is fixed. */
  update: writes('channels.manage', '/channels/{channelId}', 'PATCH')
    .input(
      z.object({ channelId: Id, name: name(60).optional(), settings: z.record(z.string(), z.unknown()).optional() }),
    )
    .output(ChannelDetails),
  pause: writes('channels.manage', '/channels/{channelId}/pause')
    .input(z.object({ channelId: Id }))
    .output(Channel),
  resume: writes('channels.manage', '/channels/{channelId}/resume')
    .input(z.object({ channelId: Id }))
    .output(Channel),
  /**
   * Tries the line with what is kept of it. Where it works, what was wrong with it is forgotten and what waited goes out;
   * where it does not, `check` says what stands against it.
   */
  reconnect: writes('channels.manage', '/channels/{channelId}/reconnect')
    .input(z.object({ channelId: Id }))
    .output(z.object({ channel: Channel, check: CheckResult })),
  /** Contacts and history stay; what is still queued fails. */
  remove: writes('channels.manage', '/channels/{channelId}', 'DELETE')
    .input(z.object({ channelId: Id }))
    .output(Nothing),
  templates: reads('channels.view', '/channels/{channelId}/templates')
    .input(z.object({ channelId: Id }))
    .output(z.object({ items: z.array(MessageTemplate) })),
}
