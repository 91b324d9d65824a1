import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/** The address of a contact at a line, from which somebody unsubscribes. */
export interface Subscription {
  readonly workspaceId: number
  readonly contactChannelId: number
}

/** Where whoever has been sent something unsubscribes: the link says for whom, is good for ever, and names nothing else. */
export const unsubscribeUrl = (secret: string, publicUrl: string, subscription: Subscription): string =>
  `${publicUrl.replace(/\/+$/, '')}/unsubscribe/${sign(secret, subscription)}`

/** @returns null for a link that was changed or made with another secret */
export function readUnsubscribeLink(secret: string, link: string): Subscription | null {
  const [, workspace = '', address = ''] = /^([0-9a-z]{1,11})\.([0-9a-z]{1,11})\.[\w-]{43}$/.exec(link) ?? []
  const subscription = {
    workspaceId: Number.parseInt(workspace, 36),
    contactChannelId: Number.parseInt(address, 36),
  }
  if (!Object.values(subscription).every(Number.isSafeInteger)) return null
  const [given, expected] = [link, sign(secret, subscription)].map((text) => Buffer.from(text))
  return given!.length === expected!.length && timingSafeEqual(given!, expected!) ? subscription : null
}

function sign(secret: string, { workspaceId, contactChannelId }: Subscription): string {
  const text = `${workspaceId.toString(36)}.${contactChannelId.toString(36)}`
  const key = Buffer.from(hkdfSync('sha256', secret, 'ficha', 'unsubscribe links', 32))
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`
}
