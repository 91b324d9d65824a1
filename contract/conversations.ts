import { z } from 'zod'
import { reads, writes } from './base.ts'
import { ChannelKind } from './channel-kind.ts'
import { Assignee, ContactDetails, ConversationStatus } from './contacts.ts'
import { Cursor, Id, Limit, MessageId, Nothing, Timestamp, name, page, text } from './primitives.ts'

/** A file of a message. `url` needs the member's session; null while it is still being fetched or could not be. */
export const Attachment = z.object({
  id: z.string(),
  kind: z.enum(['image', 'video', 'audio', 'file']),
  name: z.string(),
  /** As sniffed from the bytes, not as claimed. */
  type: z.string(),
  size: z.number().int().nullable(),
  state: z.enum(['pending', 'stored', 'failed']),
  url: z.string().nullable(),
  /** A small form of a picture; of a picture that is small already, the file itself. */
  smallUrl: z.string().nullable(),
})
export type Attachment = z.infer<typeof Attachment>

export const MessageBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({
    type: z.literal('email'),
    subject: z.string().nullable(),
    /** What the person wrote, without what they quoted. */
    text: z.string(),
    quoted: z.string().nullable(),
    /** There is an HTML form: `conversations.emailHtml` gives it, cleaned. */
    hasHtml: z.boolean(),
    to: z.array(z.string()),
    cc: z.array(z.string()),
    autoReply: z.boolean(),
  }),
  z.object({ type: z.literal('attachment'), text: z.string().nullable() }),
  z.object({
    type: z.literal('location'),
    latitude: z.number(),
    longitude: z.number(),
    name: z.string().nullable(),
    address: z.string().nullable(),
  }),
  z.object({
    type: z.literal('contacts'),
    contacts: z.array(z.object({ name: z.string(), phones: z.array(z.string()), emails: z.array(z.string()) })),
  }),
  /** A text with buttons (`choices`), or the contact's choice of one (`chosen`). */
  z.object({
    type: z.literal('buttons'),
    text: z.string(),
    choices: z.array(z.string()),
    chosen: z.string().nullable(),
  }),
  z.object({ type: z.literal('template'), name: z.string(), language: z.string(), text: z.string() }),
  z.object({ type: z.literal('note'), text: z.string(), mentions: z.array(Id) }),
  /** Said to a story of ours on Instagram, or that theirs names us; `url` shows it while it lasts. */
  z.object({
    type: z.literal('story'),
    cause: z.enum(['reply', 'mention']),
    text: z.string().nullable(),
    url: z.string().nullable(),
  }),
  /** Taken back by who sent it: that there was a message is all that is left. */
  z.object({ type: z.literal('unsent') }),
  /** Kept in raw form, but of a kind that cannot be shown. */
  z.object({ type: z.literal('unsupported'), hint: z.string() }),
])
export type MessageBody = z.infer<typeof MessageBody>

/** Statuses only move forward; `unknown` = it may have been sent, a person decides. */
export const MessageStatus = z.enum(['received', 'queued', 'sent', 'delivered', 'read', 'failed', 'unknown'])
export type MessageStatus = z.infer<typeof MessageStatus>

export const Message = z.object({
  id: MessageId,
  at: Timestamp,
  direction: z.enum(['in', 'out']),
  sender: z.object({
    type: z.enum(['contact', 'member', 'api', 'workflow', 'echo']),
    memberId: Id.nullable(),
    name: z.string().nullable(),
  }),
  channelId: Id.nullable(),
  kind: ChannelKind.nullable(),
  body: MessageBody,
  attachments: z.array(Attachment),
  reactions: z.array(z.object({ emoji: z.string(), from: z.enum(['contact', 'member']) })),
  /** Website chat: the page on which it was written. */
  page: z.object({ url: z.string(), title: z.string() }).nullable(),
  /** Given other words since: when last, and what it said before, newest first. */
  edited: z.object({ at: Timestamp, earlier: z.array(z.string()) }).nullable(),
  /** `type` is that of its body, for those without words. */
  replyTo: z.object({ messageId: MessageId, text: z.string(), type: z.string() }).nullable(),
  status: MessageStatus,
  /** Why it failed: a code the web puts into words with what to do, and the provider's own words. */
  failure: z.object({ code: z.string(), detail: z.string().nullable(), canRetry: z.boolean() }).nullable(),
  /** E-mail: did the sender's authentication hold? Null where it does not apply. */
  verified: z.boolean().nullable(),
})
export type Message = z.infer<typeof Message>

/** What happened in between: assigned, closed, reopened … `data` by kind, with names as they were. */
export const ThreadEvent = z.object({
  id: MessageId,
  at: Timestamp,
  kind: z.enum([
    'assigned',
    'unassigned',
    'opened',
    'closed',
    'snoozed',
    'unsnoozed',
    'contactChannelAdded',
    'contactChannelRemoved',
    'contactChannelRestored',
    /** `absorbed` or `into`; `returned` or `outOf`: with `contactId` and `name`. */
    'merged',
    'unmerged',
    'optedOut',
    'optedIn',
    'blocked',
    'unblocked',
  ]),
  actor: z.object({
    type: z.enum(['member', 'contact', 'system', 'api']),
    memberId: Id.nullable(),
    name: z.string().nullable(),
  }),
  data: z.record(z.string(), z.unknown()),
})
export type ThreadEvent = z.infer<typeof ThreadEvent>

export const ThreadItem = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), message: Message }),
  z.object({ type: z.literal('event'), event: ThreadEvent }),
])
export type ThreadItem = z.infer<typeof ThreadItem>

export const ConversationRow = z.object({
  contactId: Id,
  displayName: z.string().nullable(),
  pictureUrl: z.string().nullable(),
  lastMessageAt: Timestamp,
  /** The channel of the last message. */
  kind: ChannelKind.nullable(),
  snippet: z.object({
    direction: z.enum(['in', 'out']),
    /** Null for messages without text: the web names the type. */
    text: z.string().nullable(),
    type: z.string(),
    senderName: z.string().nullable(),
    byMe: z.boolean(),
    status: MessageStatus,
  }),
  status: ConversationStatus,
  snoozedUntil: Timestamp.nullable(),
  assignee: Assignee.nullable(),
  /** Counted up to 100: 100 means "99+". */
  unread: z.number().int().min(0).max(100),
})
export type ConversationRow = z.infer<typeof ConversationRow>

/** A message that did not go out (`failed`), or perhaps did (`unknown`). */
export const Undelivered = z.object({
  contact: z.object({ id: Id, displayName: z.string().nullable(), pictureUrl: z.string().nullable() }),
  channelName: z.string(),
  message: Message,
})
export type Undelivered = z.infer<typeof Undelivered>

export const InboxView = z.enum(['mine', 'unassigned', 'all'])
export type InboxView = z.infer<typeof InboxView>

const contact = z.object({ contactId: Id })

export const OutgoingBody = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('text'),
    text: text(65_536),
    /** E-mail only: null answers under the thread's subject. */
    subject: text(500).nullish(),
    cc: z.array(text(254, 3)).max(20).optional(),
  }),
  z.object({
    type: z.literal('template'),
    name: text(512, 1),
    language: text(20, 1),
    /** Placeholder → value, as `channels.templates` names them. */
    variables: z.record(z.string(), text(1024)),
  }),
  z.object({ type: z.literal('buttons'), text: text(1024, 1), choices: z.array(text(20, 1)).min(1).max(10) }),
])
export type OutgoingBody = z.infer<typeof OutgoingBody>

export const ClosingNote = z.object({ id: Id, category: z.string(), description: z.string() })
export type ClosingNote = z.infer<typeof ClosingNote>

const ClosingNoteValues = z.object({ category: name(128), description: text(512).default('') })

export const conversations = {
  list: reads('inbox.use', '/conversations')
    .input(
      z.object({
        view: InboxView.default('mine'),
        status: ConversationStatus.default('open'),
        unreadOnly: z.boolean().default(false),
        q: text(200).optional(),
        cursor: Cursor.nullish(),
        limit: Limit,
      }),
    )
    .output(page(ConversationRow)),
  /** Open conversations with something unread, each capped at 100. */
  counts: reads('inbox.use', '/conversations/counts').output(
    z.object({ mine: z.number().int(), unassigned: z.number().int(), all: z.number().int() }),
  ),
  /** Newest first; `cursor` goes back in time. */
  thread: reads('inbox.use', '/contacts/{contactId}/thread')
    .input(contact.extend({ cursor: Cursor.nullish(), limit: Limit }))
    .output(page(ThreadItem).extend({ readUpTo: MessageId.nullable() })),
  /** The message's HTML, cleaned on the server, for a sandboxed frame. Remote content only when asked for. */
  emailHtml: reads('inbox.use', '/contacts/{contactId}/messages/{messageId}/html')
    .input(contact.extend({ messageId: MessageId, remoteContent: z.boolean().default(false) }))
    .output(z.object({ html: z.string(), hasRemoteContent: z.boolean() })),
  /**
   * Whom a phone or an e-mail address (`to`, in any spelling) leads to, for writing to them first: the contact that has it,
   * the oldest of several, else a new one, which is theirs where the member sees only some. CONFLICT `blocked`,
   * `address-of-another` (a contact that the member does not see).
   */
  start: writes('conversations.start', '/conversations')
    .input(z.object({ to: text(254, 1) }))
    .output(z.object({ contactId: Id, isNew: z.boolean() })),
  /**
   * Queues a message; it stands in the thread at once and its status moves on. Without `channelId` it goes by the channel
   * last heard from. Refused (409) where the channel cannot: `no-address`, `opted-out`, `marketing-stopped`, `window-closed`, `channel-paused` …
   */
  send: writes('inbox.use', '/contacts/{contactId}/messages')
    .input(
      contact.extend({
        channelId: Id.nullish(),
        body: OutgoingBody,
        attachmentIds: z.array(z.string().max(60)).max(10).default([]),
        replyTo: MessageId.nullish(),
      }),
    )
    .output(Message),
  /** A failed or unknown message again: one new attempt, however often it is pressed. */
  sendAgain: writes('inbox.use', '/contacts/{contactId}/messages/{messageId}/send-again')
    .input(contact.extend({ messageId: MessageId }))
    .output(Message),
  /**
   * Nothing more is to be done about a failed or unknown message: it leaves `undelivered`. An unknown one counts as sent from
   * now on, a failed one stays failed.
   */
  settle: writes('inbox.use', '/contacts/{contactId}/messages/{messageId}/settle')
    .input(contact.extend({ messageId: MessageId }))
    .output(Message),
  /**
   * What did not go out or perhaps did, newest first, of the contacts one sees. A page may be short and have a next one all
   * the same. `total` stops at 1000, and is null for who sees only some contacts. `removedChannels`, with the first page: those
   * that are no longer connected and have something here, beside the one that was asked for.
   */
  undelivered: reads('inbox.use', '/undelivered')
    .input(
      z.object({
        channelId: Id.nullish(),
        status: z.enum(['failed', 'unknown']).nullish(),
        cursor: Cursor.nullish(),
        limit: Limit,
      }),
    )
    .output(
      page(Undelivered).extend({
        total: z.number().int().nullable(),
        removedChannels: z.array(z.object({ id: Id, kind: ChannelKind, name: z.string() })),
      }),
    ),
  /**
   * Sends failed messages again, 200 a call, oldest first; hand back `next` until it is null. Unknown ones are left: each
   * may arrive twice. `left` counts what cannot be sent now by its reason, as `sendAgain` would give it.
   */
  sendAllAgain: writes('channels.watch', '/undelivered/send-again')
    .input(z.object({ channelId: Id.nullish(), cursor: Cursor.nullish() }))
    .output(
      z.object({
        queued: z.number().int(),
        left: z.array(z.object({ reason: z.string(), count: z.number().int() })),
        next: Cursor.nullable(),
      }),
    ),
  addNote: writes('inbox.use', '/contacts/{contactId}/notes')
    .input(contact.extend({ text: text(10_000, 1), mentions: z.array(Id).max(50).default([]) }))
    .output(Message),
  assign: writes('contacts.assign', '/contacts/{contactId}/assignee', 'PUT')
    .input(contact.extend({ memberId: Id.nullable(), replaces: Id.nullable().optional() }))
    .output(ContactDetails),
  close: writes('inbox.use', '/contacts/{contactId}/close')
    .input(contact.extend({ category: text(128).nullish(), summary: text(512).nullish() }))
    .output(Nothing),
  open: writes('inbox.use', '/contacts/{contactId}/open').input(contact).output(Nothing),
  snooze: writes('inbox.use', '/contacts/{contactId}/snooze')
    .input(contact.extend({ until: Timestamp }))
    .output(Nothing),
  /** Per member. `upTo` null marks the last incoming message unread again. */
  markRead: writes('inbox.use', '/contacts/{contactId}/read')
    .input(contact.extend({ upTo: MessageId.nullable() }))
    .output(Nothing),
  closingNotes: reads('inbox.use', '/closing-notes').output(z.object({ items: z.array(ClosingNote) })),
  /** At most 500 a workspace. Categories are unique without regard to case: CONFLICT `category-taken`, `too-many`. */
  addClosingNote: writes('settings.closingNotes', '/closing-notes').input(ClosingNoteValues).output(ClosingNote),
  /** Conversations that ended with it keep what they were closed with. */
  editClosingNote: writes('settings.closingNotes', '/closing-notes/{closingNoteId}', 'PATCH')
    .input(ClosingNoteValues.extend({ closingNoteId: Id }))
    .output(ClosingNote),
  removeClosingNote: writes('settings.closingNotes', '/closing-notes/{closingNoteId}', 'DELETE')
    .input(z.object({ closingNoteId: Id }))
    .output(Nothing),
}
