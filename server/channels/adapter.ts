import type { ChannelKind } from '#contract/channel-kind.ts'
import type { ChannelSettings, CheckResult, MessageTemplate } from '#contract/channels.ts'
import type { MessageBody, OutgoingBody } from '#contract/conversations.ts'
import type { FieldProblem } from '#contract/errors.ts'
import type { Deps, Logger } from '../deps.ts'

/** A channel as an adapter sees it: settings with its secrets opened. */
export interface Line<Settings extends { kind: ChannelKind } = ChannelSettings> {
  readonly workspaceId: number
  readonly channelId: number
  readonly publicId: string
  readonly name: string
  readonly address: string | null
  readonly settings: Settings
  /** Made by us when the line was connected (`newSecrets`). */
  readonly secrets?: Readonly<Record<string, string>>
  /** What the adapter itself keeps between calls (mailbox position, templates as last seen …). */
  readonly progress: Readonly<Record<string, unknown>>
}

/** A stored, not yet understood hand-over of a provider or mail server: the raw bytes with the headers worth keeping. */
export interface StoredEvent {
  readonly id: number
  readonly receivedAt: Date
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** A file that came with a message: bytes at hand (mail), or where the provider keeps them. */
export interface IncomingFile {
  readonly kind: 'image' | 'video' | 'audio' | 'file'
  readonly name: string
  /** As claimed; the store sniffs the real one. */
  readonly type: string
  readonly contentId: string | null
  readonly content: Buffer | { readonly source: Readonly<Record<string, string>> }
}

/** The sender as the provider describes them. */
export interface IncomingSender {
  /** As the provider gave it; replies go exactly there. */
  readonly address: string
  /** What makes two spellings one address on this channel. */
  readonly addressKey: string
  /** Further keys of the same person on this channel: WhatsApp's own id of somebody who also shows a phone. */
  readonly otherKeys?: readonly string[]
  readonly profileName: string | null
  readonly firstName?: string | null
  readonly lastName?: string | null
  readonly pictureUrl?: string | null
  readonly language?: string | null
  readonly country?: string | null
  /** Known phone or e-mail of the sender (WhatsApp, SMS: the phone; e-mail: the address); raw spelling. */
  readonly phone?: string | null
  readonly email?: string | null
  /** E-mail: did the sender's authentication hold? `false` never joins an existing contact; null = no verdict. */
  readonly verified?: boolean | null
}

/** What a provider tells of a person when it is asked. Null: it says nothing of it. */
export interface Profile {
  readonly profileName: string | null
  readonly firstName: string | null
  readonly lastName: string | null
  readonly language: string | null
  /** Where their picture can be seen, for some days. */
  readonly pictureUrl: string | null
  /** Where people of the business see the conversation at the provider. */
  readonly conversationUrl: string | null
}

/** What parsing a stored event yields, in order. Parsing is pure: recorded bytes in, these out. */
export type Incoming =
  | {
      readonly type: 'message'
      /** The provider's id: the guard against doubles. */
      readonly extId: string
      /** When the provider says it was sent. The time left to answer counts from it (`windowHours`); order is by arrival. */
      readonly sentAt: Date | null
      readonly sender: IncomingSender
      readonly body: MessageBody
      readonly html?: string | null
      readonly files: readonly IncomingFile[]
      /** The page of one's own site on which it was written. */
      readonly page?: { readonly url: string; readonly title: string } | null
      /** The provider's id of the message it answers. */
      readonly replyToExtIds?: readonly string[]
      /** Ids of the thread's earlier messages as the provider names them, newest first, whether they are known here or not. */
      readonly references?: readonly string[]
      /** Sent by the business (echo), by this program or from elsewhere: stands as outgoing. */
      readonly echo?: boolean
      /** Echo: which of our own messages it is, by the mark it went out with; null: by another hand; absent: nothing tells. */
      readonly ours?: number | null
      /** An automatic answer: never triggers anything automatic of ours. */
      readonly automatic?: boolean
      /** The person asked to hear no more (STOP), or to hear again (START), in a form that the provider acts on. */
      readonly optOut?: 'stop' | 'start'
    }
  | {
      readonly type: 'status'
      readonly extId: string
      readonly status: 'sent' | 'delivered' | 'read' | 'failed'
      readonly at: Date | null
      readonly failure?: { readonly code: string; readonly detail: string | null }
    }
  | {
      readonly type: 'reaction'
      readonly extId: string
      readonly targetExtId: string
      readonly sender: IncomingSender
      /** Null takes the reaction back. */
      readonly emoji: string | null
    }
  /** All that was sent to this person up to then has come so far: of providers that do not name the messages. */
  | {
      readonly type: 'watermark'
      readonly sender: IncomingSender
      readonly status: 'delivered' | 'read'
      readonly upTo: Date
    }
  /** A message was given other words by who wrote it. */
  | {
      readonly type: 'edit'
      readonly targetExtId: string
      readonly sender: IncomingSender
      readonly text: string
      /** Grows from edit to edit: an older one that comes late changes nothing. */
      readonly revision: number
      readonly at: Date | null
    }
  /** The person told the provider that they want no advertising of the business, or want it again. */
  | { readonly type: 'preference'; readonly sender: IncomingSender; readonly marketing: 'stop' | 'resume' }
  /** A message was taken back by who sent it: nothing of it may be kept. */
  | { readonly type: 'unsend'; readonly targetExtId: string; readonly sender: IncomingSender }
  /** One item of the event could not be understood: the rest goes on, this one is set aside with its raw copy. */
  | { readonly type: 'unreadable'; readonly reason: string; readonly raw: unknown }

/** A message on its way out, with everything the adapter may need. Files are opened by `openFile`. */
export interface Outgoing {
  readonly messageId: number
  readonly to: { readonly address: string; readonly name: string | null }
  readonly body: OutgoingBody
  readonly files: readonly { id: string; kind: IncomingFile['kind']; name: string; type: string; size: number }[]
  /** The provider's ids of the thread's latest messages, newest first, for threading headers; `[0]` is the one answered. */
  readonly thread: readonly {
    extId: string
    incoming: boolean
    subject: string | null
    /** As the message itself named them (`Incoming.references`). */
    references: readonly string[] | null
  }[]
  readonly replyToExtId: string | null
  readonly senderName: string | null
  /** A member wrote it, not a program. */
  readonly byHand: boolean
  /** When the person last wrote to this line. */
  readonly lastInAt: Date | null
  /** No person wrote it: mail says so, so that nobody's automatic answers it. */
  readonly automatic?: boolean
  /** The contact's address at this line: what it unsubscribes from what is automatic by. */
  readonly contactChannelId?: number
  /** 1 for the first attempt. */
  readonly attempt: number
  openFile(id: string): Promise<Buffer>
}

/** How an attempt ended. `unknown`: it may have been sent; it is never repeated unless a person decides so. */
export type Attempt =
  | { readonly outcome: 'accepted'; readonly extId: string }
  | {
      readonly outcome: 'retry'
      readonly code: string
      readonly detail: string | null
      readonly afterSeconds?: number
      /** It says something of this contact's messages and nothing of the line: all others go on. */
      readonly contactOnly?: boolean
    }
  | {
      readonly outcome: 'failed'
      readonly code: string
      readonly detail: string | null
      /** The line itself is at fault (bad token, wrong password): the channel is marked broken. */
      readonly lineBroken?: boolean
    }
  | { readonly outcome: 'unknown'; readonly detail: string | null }

/** An HTTP call of a provider to a line's webhook address, before anything of it is believed. */
export interface WebhookCall {
  readonly method: 'GET' | 'POST'
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  /** Where it was called, as the provider was told: our own address with the path and query that came. */
  readonly url: string
  /** The very bytes that were signed. */
  readonly rawBody: Buffer
}
export type WebhookVerdict =
  /**
   * Authentic: store it, answer 200 (with `reply` as the body where the protocol wants one, `xml` where it wants that).
   * `lineKeys`: the provider lines it speaks of, where one address serves several; each of the workspace's lines gets its
   * own copy.
   */
  | {
      readonly accept: true
      readonly reply?: unknown
      readonly xml?: string
      readonly lineKeys?: readonly string[]
    }
  /** A handshake: nothing to store. */
  | { readonly accept: false; readonly status: 200; readonly text: string }
  | { readonly accept: false; readonly status: 400 | 401 | 403; readonly reason: string }

/** Where an adapter hands over what it received by itself (IMAP, SMTP listener): stored before it returns. */
export type StoreEvent = (
  line: Pick<Line, 'workspaceId' | 'channelId'>,
  event: { headers: Record<string, string>; body: Buffer },
) => Promise<void>

/** What a provider publishes of how fast one may send; each adapter names where. */
export interface Pace {
  readonly perSecond?: number
  /** Calls under way at a time. */
  readonly atOnce?: number
  /** Between two messages to the same person. */
  readonly contactSeconds?: number
}

/**
 * What every kind of channel provides; the rest of the application knows channels only through this. Pure parts decide,
 * `send`, `check`, `listen` and `fetchFile` reach the world and are never called inside a transaction.
 */
export interface ChannelAdapter<Settings extends { kind: ChannelKind } = ChannelSettings> {
  readonly kind: Settings['kind']
  /** Which keys of the settings are secrets: sealed at rest, never sent out. Dotted paths. */
  readonly secretPaths: readonly string[]
  /** Provider line identity (one line is connected once; null: there is none) and the line's own address. */
  describe(settings: Settings): { lineKey: string | null; address: string | null }
  /** The line's own address where only the provider knows it; null when it does not say. */
  findAddress?(settings: Settings, signal: AbortSignal): Promise<string | null>
  /** What is wrong with settings of the right shape: an empty secret, an address with credentials in it. */
  refusesSettings?(settings: Settings): readonly FieldProblem[]
  /** Anything made by us when the line is connected (verify token, API token): kept with the secrets. */
  newSecrets?(line: { publicId: string }): Record<string, string>
  /** The adapter as it is for a line with these settings, where they change what is constant otherwise. */
  forSettings?(settings: Settings): ChannelAdapter<Settings>
  /** What can be sent: decides before queueing. Returns a reason code when it cannot. `byHand`: see `Outgoing`. */
  refuses?(
    line: Line<Settings>,
    message: { body: OutgoingBody; fileCount: number; lastInAt: Date | null; now: Date; byHand: boolean },
  ): string | null
  /** How many files one message of the provider carries; unlimited where it is not said. */
  readonly filesPerMessage?: number
  /** A file goes by itself: words beside it are a message of their own. */
  readonly withoutCaptions?: boolean
  /**
   * How fast the provider lets one line send; not said: as fast as it goes, some at a time. What is too fast all the same
   * it answers with `rate-limited`, and the line rests.
   */
  readonly pace?: Pace
  /** WhatsApp: how long after the contact's last message free text may be sent. */
  readonly windowHours?: number
  /** Does an address of this channel give a phone or e-mail? Decides which contact field it fills and is looked up by. */
  readonly addressedBy: 'phone' | 'email' | 'other'
  /** The address to send to for a phone (E.164) or e-mail the contact has, where we may write first; null where we may not. */
  addressFor?(
    line: Line<Settings>,
    contact: { phone: string | null; email: string | null },
  ): {
    address: string
    addressKey: string
  } | null
  /** How the provider writes the body of its calls; JSON where it is not said. */
  readonly webhookType?: 'application/x-www-form-urlencoded'
  /** The same while it has not told (`Profile.conversationUrl`); null where the conversation stands nowhere. */
  conversationUrl?(line: Pick<Line<Settings>, 'settings' | 'address'>, address: string): string | null
  /** Where a person begins to write to this line, such as `https://wa.me/…`; null where there is no such address. */
  inviteUrl?(line: Pick<Line<Settings>, 'settings' | 'address'>): string | null
  verifyWebhook?(line: Line<Settings>, call: WebhookCall): WebhookVerdict
  parse(line: Line<Settings>, event: StoredEvent): Promise<readonly Incoming[]> | readonly Incoming[]
  send(line: Line<Settings>, message: Outgoing, signal: AbortSignal): Promise<Attempt>
  /** Really tries the line, step by step. Of a connected line: where its calls should arrive, and its name in addresses. */
  check(
    settings: Settings,
    signal: AbortSignal,
    context?: { webhookUrl: string | null; publicId?: string | null },
  ): Promise<CheckResult>
  fetchFile?(line: Line<Settings>, source: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Buffer>
  /** Asks about a person who has written; what calls do not tell of them. `hasUrl`: the conversation's address is known. */
  fetchProfile?(
    line: Line<Settings>,
    person: { address: string; hasUrl: boolean },
    signal: AbortSignal,
  ): Promise<Profile>
  templates?(line: Line<Settings>, signal: AbortSignal): Promise<MessageTemplate[]>
  /** The line is removed: the provider is told not to call any more. A courtesy, tried once. */
  leave?(line: Line<Settings>, signal: AbortSignal): Promise<void>
  /** Keeps receiving until `signal` aborts (IMAP). Called once per connected line across all processes. */
  listen?(line: Line<Settings>, listening: Listening): Promise<void>
}

export interface Listening {
  readonly signal: AbortSignal
  readonly store: StoreEvent
  /** Keeps the adapter's own position; call it only after what it stands for is stored. */
  saveProgress(progress: Record<string, unknown>): Promise<void>
  /** Marks the line broken, or whole again with null. */
  report(problem: { code: string; detail: string | null } | null): Promise<void>
  readonly log: Logger
}

export interface ChannelAdapters {
  get(kind: ChannelKind): ChannelAdapter | undefined
  readonly kinds: readonly ChannelKind[]
}

/** Makes the adapters of this build; `deps` gives them configuration and safe outgoing requests, not the database. */
export type MakeAdapters = (deps: Pick<Deps, 'config' | 'log' | 'outgoing'>) => ChannelAdapters
