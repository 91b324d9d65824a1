import { randomUUID } from 'node:crypto'
import type { Message, ThreadItem } from '#contract/conversations.ts'
import type { Client } from '../testing/client.ts'
import type { CustomDouble } from '../testing/custom-double.ts'
import { givenCustom } from '../testing/given-channel.ts'
import { givenWorkspace, type GivenMember, type GivenWorkspace } from '../testing/given.ts'
import type { TestServer } from '../testing/test-server.ts'
import { deliverMessages } from './deliver-messages.ts'
import { ingestChannel } from './ingest-channel.ts'

/** A workspace with members and a line, for tests that take each step themselves. */
export interface LineShop {
  readonly id: number
  readonly owner: GivenMember
  readonly manager: GivenMember
  readonly agent: GivenMember
  readonly channelId: number
  /** Takes in what was posted. */
  ingest(deps?: TestServer['deps']): Promise<void>
  /** Sends what is queued on the line; the contact's is named for whoever reads it. */
  deliver(contactId: number): Promise<void>
  /** The contact's thread, oldest first. */
  thread(contactId: number, client?: Client): Promise<ThreadItem[]>
  messages(contactId: number, client?: Client): Promise<Message[]>
}

/** The same with a custom channel on which people can write. */
export interface Shop extends LineShop {
  /** What the provider posts. Answers the status. */
  post(from: string, events: readonly object[], contact?: object): Promise<number>
  /** One text message, posted and taken in. Answers its mId. */
  hear(from: string, text: string, contact?: object): Promise<string>
}

export const textEvent = (text: string, mId: string = randomUUID(), extra: object = {}) => ({
  type: 'message',
  mId,
  timestamp: Date.now(),
  message: { type: 'text', text },
  ...extra,
})

const running = new AbortController().signal

/** Opens a shop on a line that was connected in its workspace. */
export function openShop(server: TestServer, workspace: GivenWorkspace, channelId: number): LineShop {
  const { id, owner, manager, agent } = workspace
  const shop: LineShop = {
    id,
    owner,
    manager,
    agent,
    channelId,
    ingest: (deps = server.deps) => ingestChannel(deps, { workspaceId: id, channelId }, running),
    deliver: () => deliverMessages(server.deps, { workspaceId: id, channelId }, running),
    async thread(contactId, client = owner.client) {
      const { items } = await client.conversations.thread({ contactId, limit: 100 })
      return items.toReversed()
    },
    async messages(contactId, client) {
      const items = await shop.thread(contactId, client)
      return items.flatMap((item) => (item.type === 'message' ? [item.message] : []))
    },
  }
  return shop
}

export async function givenShop(
  server: TestServer,
  double: CustomDouble,
  contactIdType: 'phone' | 'custom' = 'phone',
): Promise<Shop> {
  const workspace = await givenWorkspace(server)
  const { channel, webhookUrl } = await givenCustom(server, workspace.owner, double, contactIdType)
  const token = channel.setup.apiToken
  const line = openShop(server, workspace, channel.id)
  const shop: Shop = {
    ...line,
    async post(from, events, contact) {
      const body = { channelId: channel.setup.channelId, contactId: from, events, ...(contact ? { contact } : {}) }
      return (await double.call(webhookUrl, body, token)).status
    },
    async hear(from, text, contact) {
      const event = textEvent(text)
      await shop.post(from, [event], contact)
      await shop.ingest()
      return event.mId
    },
    deliver(contactId) {
      double.token = token
      return line.deliver(contactId)
    },
  }
  return shop
}

/** The only contact in the Inbox's list of all that are open. */
export async function onlyContact(shop: LineShop): Promise<number> {
  const { items } = await shop.owner.client.conversations.list({ view: 'all' })
  if (items.length !== 1) throw new Error(`${items.length} conversations are open`)
  return items[0]!.contactId
}

export const words = (messages: readonly Message[]): string[] =>
  messages.map(({ body }) => ('text' in body ? (body.text ?? '') : body.type))
