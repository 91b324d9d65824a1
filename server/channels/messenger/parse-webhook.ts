import { z } from 'zod'
import type { Incoming } from '../adapter.ts'
import { readJson } from '../read-json.ts'
import { readEvent } from './read-event.ts'

const Envelope = z.object({
  object: z.string(),
  entry: z.array(
    z.looseObject({
      id: z.union([z.string(), z.number()]).transform(String),
      messaging: z.array(z.unknown()).optional(),
      /** What another app of the page's has in hand; it stands in the thread all the same. */
      standby: z.array(z.unknown()).optional(),
    }),
  ),
})

/** Whose events a webhook carries: pages of an app share its address. */
export interface Account {
  /** `object` of the webhook. */
  readonly object: 'page' | 'instagram'
  /** Of the page or the Instagram account. */
  readonly id: string
  /** Of its line. */
  readonly publicId: string
}

/** The accounts that a webhook speaks of. */
export function accountsOf(object: Account['object'], body: Buffer): string[] {
  const envelope = Envelope.safeParse(readJson(body)).data
  return envelope?.object === object ? [...new Set(envelope.entry.map((entry) => entry.id))] : []
}

/**
 * Reads a webhook of the Messenger Platform. Pure. Every event stands alone: one that cannot be read is set aside with its
 * raw form, the others go on. What is said to other accounts of the same app is left to their lines.
 * Source: developers.facebook.com/documentation/business-messaging/messenger-platform/webhooks
 */
export function parseWebhook(account: Account, body: Buffer): Incoming[] {
  const json = readJson(body)
  const envelope = Envelope.safeParse(json).data
  if (envelope?.object !== account.object)
    return [unreadable('not a webhook of this product', json ?? body.toString('latin1'))]
  return envelope.entry
    .filter((entry) => entry.id === account.id)
    .flatMap((entry) => [...(entry.messaging ?? []), ...(entry.standby ?? [])])
    .flatMap((event) => apart(event, account))
}

function apart(event: unknown, account: Account): Incoming[] {
  try {
    return readEvent(event, account)
  } catch (error) {
    return [unreadable(error instanceof z.ZodError ? z.prettifyError(error) : String(error), event)]
  }
}

const unreadable = (reason: string, raw: unknown): Incoming => ({ type: 'unreadable', reason, raw })
