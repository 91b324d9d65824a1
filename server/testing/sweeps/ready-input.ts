import type { Shop } from '../../conversations/testing.ts'
import { deliveryState } from '../../conversations/delivery-state.ts'
import { statusCode } from '../../conversations/next-status.ts'
import { inputsNaming, type Endpoint, type NamedRows } from '../every-endpoint.ts'
import { givenRows, workableInputs } from '../given-rows.ts'
import type { TestServer } from '../test-server.ts'

/** Does the input of an endpoint name rows at all? Then it reads differently when they are others. */
function namesRows(name: string): boolean {
  const [one, other] = [1, 2].map((id) => {
    const rows = { contactId: id, messageId: id, memberId: id, teamId: id, invitationId: id, channelId: id }
    return JSON.stringify(inputsNaming(rows)[name])
  })
  return one !== other
}

/** Reading takes nothing away: the same rows serve again, for each whose contact they are. */
const readable = new WeakMap<Shop, Map<number | null, Promise<NamedRows>>>()

async function assignedRows(server: TestServer, shop: Shop, memberId: number | null): Promise<NamedRows> {
  const rows = await givenRows(server, shop)
  const { contactId } = rows
  if (memberId !== null) await shop.owner.client.conversations.assign({ contactId, memberId })
  return rows
}

function rowsToRead(server: TestServer, shop: Shop, assigneeId: number | null): Promise<NamedRows> {
  const known = readable.get(shop) ?? new Map<number | null, Promise<NamedRows>>()
  readable.set(shop, known)
  const rows = known.get(assigneeId) ?? assignedRows(server, shop, assigneeId)
  known.set(assigneeId, rows)
  return rows
}

/**
 * An input that can be carried out right now: rows of its own for whatever changes something, in the state that the act is
 * about. `assigneeId` says whose the contact is, where somebody asks who sees only theirs.
 */
export async function readyInput(
  server: TestServer,
  shop: Shop,
  { name, effect, schema }: Endpoint,
  assigneeId: number | null = null,
): Promise<Record<string, unknown> | undefined> {
  if (schema === undefined) return undefined
  const toChange = effect === 'write' && namesRows(name)
  const rows = await (toChange ? assignedRows(server, shop, assigneeId) : rowsToRead(server, shop, assigneeId))
  const { contactId, memberId } = rows
  switch (name) {
    case 'account.endSessions':
      return { sessionId: null }
    case 'conversations.assign':
      return { contactId, memberId: assigneeId ?? memberId, replaces: assigneeId }
    case 'conversations.emailHtml':
      await giveHtml(server, shop, rows)
      return workableInputs(rows, shop)[name]
    case 'conversations.sendAgain':
      return { contactId, messageId: await failedMessage(server, shop, contactId) }
    default:
      return workableInputs(rows, shop)[name]
  }
}

async function giveHtml({ deps }: TestServer, { id }: Shop, { contactId, messageId }: NamedRows): Promise<void> {
  await deps.db
    .insertInto('message_html')
    .values({ workspace_id: id, message_id: messageId, contact_id: contactId, html: '<p>Hola</p>' })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

async function failedMessage({ deps }: TestServer, { id, owner, channelId }: Shop, contactId: number): Promise<number> {
  const message = await owner.client.conversations.send({ contactId, channelId, body: { type: 'text', text: 'hola' } })
  await deps.db
    .updateTable('message')
    .set({ status: statusCode.failed })
    .where('workspace_id', '=', id)
    .where('id', '=', message.id)
    .execute()
  await deps.db
    .updateTable('delivery')
    .set({ state: deliveryState.failed })
    .where('workspace_id', '=', id)
    .where('message_id', '=', message.id)
    .execute()
  return message.id
}
