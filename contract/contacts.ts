import { z } from 'zod'
import { reads, writes } from './base.ts'
import { ChannelKind } from './channel-kind.ts'
import { sorts } from './field-words.ts'
import { Narrowing } from './filter.ts'
import { CustomKey, CustomValues, FieldValue } from './fields.ts'
import { LifecycleMark } from './lifecycle.ts'
import { Country, Cursor, Id, Language, Limit, Timestamp, page, text } from './primitives.ts'
import { Suggestion } from './suggestion.ts'
import { Tag, TagName } from './tags.ts'

/** Where a value came from. `workflow` = set by a step of one. `derived` = computed from another value, such as the country from the phone. */
export const ValueSource = z.enum(['channel', 'person', 'import', 'merge', 'api', 'workflow', 'derived', 'sample'])

/** A value of the record with its provenance: source, who (member or channel, by name), since when. */
const value = <T extends z.ZodType>(of: T) =>
  z.object({ value: of.nullable(), source: ValueSource, by: z.string().nullable(), at: Timestamp })

export const standardFields = ['firstName', 'lastName', 'email', 'phone', 'country', 'language'] as const
export const StandardField = z.enum(standardFields)
export type StandardField = z.infer<typeof StandardField>

export const ConversationStatus = z.enum(['open', 'snoozed', 'closed'])
export type ConversationStatus = z.infer<typeof ConversationStatus>

export const Assignee = z.object({ memberId: Id, name: z.string() })

/** What is wrong with a line, or nothing. */
const LineState = z.enum(['connected', 'paused', 'broken'])

/** The link between a contact and a channel, with the address used there. */
export const ContactChannel = z.object({
  id: Id,
  channelId: Id,
  kind: ChannelKind,
  channelName: z.string(),
  /** As the provider gave it; what is sent to. */
  address: z.string(),
  /** Set from the first accepted message, either way. */
  connectedAt: Timestamp.nullable(),
  lastInAt: Timestamp.nullable(),
  lastOutAt: Timestamp.nullable(),
  /** The channel itself, now. */
  channelState: LineState.or(z.literal('deleted')),
  /** WhatsApp: until when free text may be sent; null where there is no such rule or the window is shut. */
  windowUntil: Timestamp.nullable(),
  /** Website chat: the page on which they last wrote. */
  page: z.object({ url: z.string(), title: z.string() }).nullable(),
  hasWindow: z.boolean(),
  /** What was last said there, either way; null where it is not known. */
  last: z
    .object({
      at: Timestamp,
      direction: z.enum(['in', 'out']),
      /** Of the message's body; null for messages without text. */
      text: z.string().nullable(),
      type: z.string(),
    })
    .nullable(),
  /** Where the conversation stands at the provider, for people who work there too; null where it stands nowhere. */
  url: z.string().nullable(),
})
export type ContactChannel = z.infer<typeof ContactChannel>

/** A channel of the workspace as it stands to a contact: with its links, what `classifyLine` sorts. */
export const ContactLine = z.object({
  channelId: Id,
  kind: ChannelKind,
  channelName: z.string(),
  channelState: LineState,
  /** What the contact must have for us to write first; null where only they can begin. */
  startsWith: z.enum(['phone', 'email']).nullable(),
  /** The address that we would write to first is another contact's there. */
  isTaken: z.boolean(),
  hasWindow: z.boolean(),
  /** Where somebody begins to write to this line, to be handed on; null where there is no such address. */
  inviteUrl: z.string().nullable(),
  /** The link that was last taken off the contact here; `by` stays when the member is removed. */
  removed: z.object({ contactChannelId: Id, address: z.string(), at: Timestamp, by: z.string().nullable() }).nullable(),
})
export type ContactLine = z.infer<typeof ContactLine>

/** That a contact is blocked: by whom, since when and why. */
export const Block = z.object({
  at: Timestamp,
  by: z.string().nullable(),
  reason: z.string().nullable(),
  /** How many of its messages were held since. */
  held: z.number().int(),
  /** How many of them are still kept, counted to 1 000: they can be shown when it is unblocked. */
  kept: z.number().int(),
})
export type Block = z.infer<typeof Block>

/** That a contact does not want to be written to by a channel. */
export const OptOut = z.object({
  /** Null: by none. */
  channelId: Id.nullable(),
  kind: ChannelKind.nullable(),
  channelName: z.string().nullable(),
  /** `marketing`: it wants nothing that advertises (a template of that category), and is answered all the same. */
  scope: z.enum(['all', 'marketing']),
  at: Timestamp,
  /** The contact wrote STOP, the provider said so, somebody or a program or an import noted it. */
  source: z.enum(['contact', 'channel', 'person', 'api', 'import']),
  by: z.string().nullable(),
  reason: z.string().nullable(),
})
export type OptOut = z.infer<typeof OptOut>

/** Where a contact may say more than one thing once it has absorbed others. */
const AlternateField = z.enum(['phone', 'email']).or(CustomKey)

/** Everything the drawer shows, in one answer. */
export const ContactDetails = z.object({
  id: Id,
  version: z.number().int(),
  /** First and last name, else the name the channel gave, else phone, else e-mail; null when there is none of them. */
  displayName: z.string().nullable(),
  /** The name the person uses on the channel they last wrote by. */
  profileName: z.string().nullable(),
  pictureUrl: z.string().nullable(),
  fields: z.object({
    firstName: value(z.string()),
    lastName: value(z.string()),
    email: value(z.string()),
    /** E.164. */
    phone: value(z.string()).extend({
      /** International spacing, for reading. */
      formatted: z.string().nullable(),
      /** Of possible length, but in no range known to be in use. */
      unverified: z.boolean(),
    }),
    country: value(Country),
    language: value(Language),
  }),
  /** The workspace's own fields that hold something, by number. */
  custom: z.record(z.string(), value(FieldValue)),
  lifecycle: value(LifecycleMark),
  assignee: Assignee.nullable(),
  /** Null until there has been a conversation. */
  status: ConversationStatus.nullable(),
  snoozedUntil: Timestamp.nullable(),
  lastMessageAt: Timestamp.nullable(),
  createdAt: Timestamp,
  /** Its live links, last used first. */
  channels: z.array(ContactChannel),
  /** Every channel of the workspace, in the order in which they were connected. */
  lines: z.array(ContactLine),
  /** In the order in which they were put on. */
  tags: z.array(Tag),
  /**
   * Further phones and e-mails of the person, and what else those it has absorbed say in the workspace's own fields: shown, found,
   * removable; used for sending only when chosen.
   */
  alternates: z.array(
    z.object({
      field: AlternateField,
      /** Of a phone E.164, of an e-mail the address. */
      value: FieldValue,
      /** For reading. */
      formatted: z.string(),
      source: ValueSource,
      by: z.string().nullable(),
      at: Timestamp,
    }),
  ),
  /** The contacts that this one has absorbed, and the merge that can be undone. */
  absorbed: z.array(z.object({ contactId: Id, displayName: z.string().nullable(), mergeId: Id, at: Timestamp })),
  /** Null unless it is blocked. */
  blocked: Block.nullable(),
  /** Where it does not want to be written to; nothing is sent there. */
  optOuts: z.array(OptOut),
  /** Contacts that are certainly or likely this person and that the member sees, surest first: at most five. */
  suggestions: z.array(Suggestion),
  /** How many more are possible: a quiet line, no call for attention. */
  possibleSuggestions: z.number().int(),
  /** Has it been led through workflows, and may one be started by hand? Which ones is asked for where it is so. */
  workflows: z.object({ has: z.boolean(), startable: z.boolean() }),
})
export type ContactDetails = z.infer<typeof ContactDetails>

export const ContactRow = z.object({
  id: Id,
  displayName: z.string().nullable(),
  pictureUrl: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  phoneFormatted: z.string().nullable(),
  country: Country.nullable(),
  language: Language.nullable(),
  /** Last used first. */
  channelKinds: z.array(ChannelKind),
  tags: z.array(Tag),
  status: ConversationStatus.nullable(),
  assignee: Assignee.nullable(),
  lifecycle: LifecycleMark.nullable(),
  /** The custom fields that were asked for and hold something, by number. */
  fields: z.record(z.string(), FieldValue),
  lastMessageAt: Timestamp.nullable(),
  createdAt: Timestamp,
})
export type ContactRow = z.infer<typeof ContactRow>

/** What a list is sorted by: a column, or `#` and the number of a custom field. */
export const ContactSort = z.enum(sorts).or(z.templateLiteral(['#', Id]))
export type ContactSort = z.infer<typeof ContactSort>

/** A column of the Contacts table; `#` and a number is a custom field. */
export const ColumnKey = z
  .enum([
    'name',
    'channels',
    'phone',
    'email',
    'tags',
    'lifecycle',
    'country',
    'language',
    'status',
    'assignee',
    'lastMessage',
    'added',
  ])
  .or(z.templateLiteral(['#', Id]))
export type ColumnKey = z.infer<typeof ColumnKey>

export const Column = z.object({
  key: ColumnKey,
  /** In px; null leaves it to the room there is. */
  width: z.number().int().min(48).max(800).nullable(),
})
export type Column = z.infer<typeof Column>

/** The values a person may type; null or '' empties. Phone in any spelling, checked and stored as E.164. */
export const ContactValues = z.object({
  firstName: text(100).nullable().optional(),
  lastName: text(100).nullable().optional(),
  email: text(254).nullable().optional(),
  phone: text(60).nullable().optional(),
  country: Country.nullable().or(z.literal('')).optional(),
  language: Language.nullable().or(z.literal('')).optional(),
  /** The number of a stage. Who is made without one begins in the workspace's default. */
  lifecycle: Id.nullable().optional(),
  /** A value that its field's type does not take is refused: `values.custom.12`. */
  custom: CustomValues.optional(),
})

const seen = z.string().nullable().optional()
/** Per field the value that somebody saw. */
const SeenValues = z.object({
  firstName: seen,
  lastName: seen,
  email: seen,
  phone: seen,
  country: seen,
  language: seen,
  lifecycle: Id.nullable().optional(),
  custom: CustomValues.optional(),
})

export const contacts = {
  /**
   * Sorted keyset pages; contacts without a value come last. Managers and Owners. A filter that makes no sense is refused with
   * the path of the condition: `filter.and.0.value`. A page that takes longer than a second ends early (`isPartial`), however
   * few it holds: `next` goes on from there.
   */
  list: reads('contacts.browse', '/contacts')
    .input(
      Narrowing.extend({
        sort: ContactSort.default('lastMessage'),
        /** Unless said otherwise, what is newest first, all else from A to Z. */
        order: z.enum(['asc', 'desc']).optional(),
        /** Custom fields to tell of each contact. */
        fields: z.array(Id).max(50).default([]),
        cursor: Cursor.nullish(),
        limit: Limit,
      }),
    )
    .output(page(ContactRow).extend({ isPartial: z.boolean() })),
  /** The member's own columns of the table, in order; null as long as they have chosen none. */
  columns: reads('contacts.browse', '/contacts/columns').output(z.object({ items: z.array(Column).nullable() })),
  /** Each column once, the name among them: else refused. null goes back to what everybody begins with. */
  setColumns: writes('contacts.browse', '/contacts/columns', 'PUT')
    .input(z.object({ items: z.array(Column).min(1).max(40).nullable() }))
    .output(z.object({ items: z.array(Column).nullable() })),
  /** How many a list holds: exactly up to 1 000, else `atLeast`; also where counting took longer than a second. */
  count: reads('contacts.browse', '/contacts/count')
    .input(Narrowing)
    .output(z.object({ contacts: z.number().int(), isExact: z.boolean() })),
  /** One round trip opens the drawer. The id of an absorbed contact answers with the survivor. */
  get: reads('contacts.view', '/contacts/{contactId}')
    .input(z.object({ contactId: Id }))
    .output(ContactDetails),
  create: writes('contacts.browse', '/contacts')
    .input(z.object({ values: ContactValues }))
    .output(ContactDetails),
  /**
   * Edits fields. `replaces` is, per field, the value the person saw: a field conflicts (409 STALE with the present
   * value) only when it has changed since; fields that are not named stay as they are. Custom fields are called `#12` there.
   */
  update: writes('contacts.edit', '/contacts/{contactId}', 'PATCH')
    .input(
      z.object({
        contactId: Id,
        values: ContactValues,
        replaces: SeenValues.default({}),
      }),
    )
    .output(ContactDetails),
  /**
   * Takes back what the member has last made of a field: the value before stands there again, as it did. CONFLICT
   * `changed-since`: somebody has changed it since, or it is not theirs.
   */
  takeBack: writes('contacts.edit', '/contacts/{contactId}/take-back')
    .input(z.object({ contactId: Id, field: z.enum([...standardFields, 'lifecycle']).or(CustomKey) }))
    .output(ContactDetails),
  /**
   * Puts tags on, beside those that are there; a name that is no tag yet becomes one. Asking again changes nothing. A contact
   * holds at most 100: CONFLICT `too-many-tags`; a workspace has at most 1 000: `too-many`.
   */
  tag: writes('contacts.tag', '/contacts/{contactId}/tags')
    .input(
      z.object({
        contactId: Id,
        tagIds: z.array(Id).max(100).default([]),
        names: z.array(TagName).max(20).default([]),
      }),
    )
    .output(ContactDetails),
  /** Takes tags off this contact alone, and off all whom it has absorbed. Asking again changes nothing. */
  untag: writes('contacts.tag', '/contacts/{contactId}/tags', 'DELETE')
    .input(z.object({ contactId: Id, tagIds: z.array(Id).min(1).max(100) }))
    .output(ContactDetails),
  /**
   * Takes a further value off whoever says it of those the contact has absorbed, so that it stays off if they are parted. `value`
   * in any spelling. Refused (409) with `primary` where it is the one shown first. Safe to repeat.
   */
  removeAlternate: writes('contacts.edit', '/contacts/{contactId}/alternates/remove')
    .input(z.object({ contactId: Id, field: AlternateField, value: FieldValue }))
    .output(ContactDetails),
}
