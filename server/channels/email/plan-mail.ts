import type { Outgoing } from '../adapter.ts'
import { readEmail } from '../../identity/read-email.ts'
import { messageIdOf } from './hash-mail.ts'
import type { OwnIds } from './own-id.ts'
import { addressKeyOf } from './read-sender.ts'
import type { EmailLine } from './settings.ts'
import type { Subscription } from '../unsubscribe-link.ts'
import { textToHtml } from './text-to-html.ts'

export interface PlannedMail {
  /** Without angle brackets. */
  readonly messageId: string
  readonly from: { readonly name: string; readonly address: string }
  readonly to: { readonly name: string; readonly address: string }
  readonly cc: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly inReplyTo: string | null
  /** The oldest first, the answered one last. */
  readonly references: readonly string[]
  readonly loopMark: string
  /** Where the recipient unsubscribes; null on what a person wrote. */
  readonly unsubscribe: string | null
}

/** Null where this server has no address that a recipient could reach. */
export type LinkUnsubscribe = (subscription: Subscription) => string | null

/** As many as every server takes in one field; what is older finds its thread by the others. */
const mostReferences = 20
const longestSubject = 500

/**
 * What a message looks like as a mail; null when its address is none that a mail can be sent to. Every attempt at the same
 * message has the same Message-ID. Pure.
 */
export function planMail(
  { workspaceId, name, settings }: Pick<EmailLine, 'workspaceId' | 'name' | 'settings'>,
  message: Pick<
    Outgoing,
    'messageId' | 'to' | 'body' | 'thread' | 'replyToExtId' | 'senderName' | 'automatic' | 'contactChannelId'
  >,
  ids: OwnIds,
  linkUnsubscribe: LinkUnsubscribe,
): PlannedMail | null {
  const own = readEmail(settings.address)
  if (typeof own === 'string' || !isPlainAddress(message.to.address) || message.body.type !== 'text') return null
  const { body } = message
  const known = message.thread.find(({ subject }) => subject !== null && subject.trim() !== '')?.subject ?? null
  const given = oneLine(body.subject ?? '')
  const isAnswer =
    message.replyToExtId !== null || given === '' || known === null || bareSubject(given) === bareSubject(known)
  const chain = isAnswer ? threadIds(message) : []
  return {
    messageId: ids.make(workspaceId, message.messageId, own.domain),
    from: { name: oneLine(settings.displayName || message.senderName || name), address: settings.address.trim() },
    to: { name: oneLine(message.to.name ?? ''), address: message.to.address.trim() },
    cc: otherRecipients(body.cc ?? [], [settings.address, message.to.address]),
    subject: given !== '' ? given : known !== null ? `Re: ${bareSubject(known)}` : firstLine(body.text),
    text: body.text,
    html: textToHtml(body.text),
    inReplyTo: chain.at(-1) ?? null,
    references: chain,
    loopMark: ids.loopMark(workspaceId),
    unsubscribe:
      message.automatic === true && message.contactChannelId !== undefined
        ? linkUnsubscribe({ workspaceId, contactChannelId: message.contactChannelId })
        : null,
  }
}

/**
 * Message-IDs of the thread, the oldest first; it comes with the answered one first, then from the newest back. What a mail
 * itself referred to goes on: the other side's programs know the thread by mails that never came here (RFC 5322, 3.6.4).
 */
function threadIds({ thread }: Pick<Outgoing, 'thread'>): string[] {
  const known = thread.flatMap(({ extId, references }) => {
    const id = messageIdOf(extId)
    return id === null ? [] : [id, ...(references ?? []).map(messageIdOf).filter((other) => other !== null)]
  })
  const [root, ...others] = [...new Set(known)].toReversed()
  return root === undefined ? [] : [root, ...others.slice(-(mostReferences - 1))]
}

/** Each once, and neither the line itself nor the one who is written to anyway. */
function otherRecipients(cc: readonly string[], others: readonly string[]): string[] {
  const seen = new Set(others.map(addressKeyOf))
  return cc.filter((address) => {
    const key = addressKeyOf(address)
    if (!isPlainAddress(address) || seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** Exactly one address, with nothing in it that ends a line, a list or the brackets around it. */
const isPlainAddress = (address: string): boolean =>
  typeof readEmail(address) !== 'string' && !/[\s<>,;:()[\]\\\p{C}]/u.test(address.trim())

/** The subject without the marks of answers, in the languages of mail programs. */
const bareSubject = (subject: string): string => {
  let bare = oneLine(subject)
  while (/^(?:re|aw|antw|sv|rif|r)\s*(?:\[\d+\])?\s*:/i.test(bare)) bare = bare.replace(/^[^:]*:\s*/, '')
  return bare
}

const firstLine = (text: string): string => {
  const line = oneLine(text.trim().split('\n')[0] ?? '')
  return line.length > 70 ? `${line.slice(0, 69).trimEnd()}…` : line
}

const oneLine = (text: string): string =>
  text
    .replace(/\p{C}+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longestSubject)
    .toWellFormed()
