import type { Shop } from '../../conversations/testing.ts'
import { deliveryState } from '../../conversations/delivery-state.ts'
import { statusCode } from '../../conversations/next-status.ts'
import { kindsNamed, type Endpoint, type NamedRows } from '../every-endpoint.ts'
import { runImport } from '../../imports/run-import.ts'
import { givenToken, rowsToCome, workableInputs, type RowsToCome } from '../given-rows.ts'
import type { TestServer } from '../test-server.ts'

let count = 0

/** Reading takes nothing away: the same rows serve again, for each whose contact they are. */
const readable = new WeakMap<Shop, Map<number | null, RowsToCome>>()

function rowsToRead(server: TestServer, shop: Shop, assigneeId: number | null): RowsToCome {
  const known = readable.get(shop) ?? new Map<number | null, RowsToCome>()
  readable.set(shop, known)
  const rows = known.get(assigneeId) ?? rowsToCome(server, shop, assigneeId)
  known.set(assigneeId, rows)
  return rows
}

/**
 * An input that can be carried out right now: rows of its own for whatever changes something, in the state that the act is
 * about. `assigneeId` says whose the contacts are, where somebody asks who sees only theirs; `askerId` who asks, where it
 * matters who did something before.
 */
export async function readyInput(
  server: TestServer,
  shop: Shop,
  { name, effect, schema }: Endpoint,
  assigneeId: number | null = null,
  askerId: number | null = null,
): Promise<Record<string, unknown> | undefined> {
  if (schema === undefined) return undefined
  const named = kindsNamed(name)
  const toChange = effect === 'write' && named.length > 0
  const toCome = toChange ? rowsToCome(server, shop, assigneeId) : rowsToRead(server, shop, assigneeId)
  const rows = await toCome.among(named)
  const { contactId, memberId } = rows
  const { client } = shop.owner
  switch (name) {
    case 'account.endSessions':
      return { sessionId: null }
    case 'apiTokens.revoke':
      // everybody may revoke their own
      return askerId === null ? workableInputs(rows, shop)[name] : { tokenId: await givenToken(server, shop, askerId) }
    case 'contacts.takeBack':
      await client.contacts.update({ contactId, values: { custom: { [rows.fieldId]: '38' } } })
      if (askerId !== null) await giveEdit(server, shop, rows, askerId)
      return workableInputs(rows, shop)[name]
    case 'contacts.untag':
      await client.contacts.tag({ contactId, tagIds: [rows.tagId] })
      return workableInputs(rows, shop)[name]
    case 'contactChannels.restore':
      await client.contactChannels.remove({ contactId, contactChannelId: rows.contactChannelId })
      return workableInputs(rows, shop)[name]
    case 'contacts.removeAlternate':
      return {
        contactId,
        field: 'email',
        value: await furtherEmail(shop, contactId, await toCome.make('otherContactId')),
      }
    case 'imports.cancel':
    case 'imports.undo':
      await client.imports.start({ importId: rows.importId, wish: { columns: ['firstName', 'phone'] } })
      if (name === 'imports.undo')
        await runImport(server.deps, { workspaceId: shop.id, importId: rows.importId }, AbortSignal.timeout(60_000))
      return workableInputs(rows, shop)[name]
    case 'workflows.testRequest': {
      const request = { id: 'pide', kind: 'http', method: 'GET', url: 'http://127.0.0.1:9/' } as const
      const { revision } = await client.workflows.get({ workflowId: rows.workflowId })
      const draft = { triggers: [], steps: [request] }
      await client.workflows.edit({ workflowId: rows.workflowId, revision, draft })
      return workableInputs(rows, shop)[name]
    }
    case 'duplicates.reopen':
      await client.duplicates.dismiss({ a: contactId, b: rows.otherContactId })
      return workableInputs(rows, shop)[name]
    case 'duplicates.unblockValue':
      return { key: (await client.duplicates.blockValue({ value: `+346${30_000_000 + ++count}` })).key }
    case 'optOuts.lift':
      await client.optOuts.set({ contactId, channelId: rows.channelId })
      return workableInputs(rows, shop)[name]
    case 'blocking.block':
      await client.workspaces.update({ blockingInInbox: 'everyone' })
      return workableInputs(rows, shop)[name]
    case 'blocking.unblock':
      await client.blocking.block({ contactId })
      return workableInputs(rows, shop)[name]
    case 'merging.undoPlan':
    case 'merging.undo':
      if (askerId !== null) await giveMerge(server, shop, rows, askerId)
      return workableInputs(rows, shop)[name]
    case 'conversations.assign':
      return { contactId, memberId: assigneeId ?? memberId, replaces: assigneeId }
    case 'conversations.emailHtml':
      await giveHtml(server, shop, rows)
      return workableInputs(rows, shop)[name]
    case 'conversations.sendAgain':
    case 'conversations.settle':
      return { contactId, messageId: await failedMessage(server, shop, contactId) }
    case 'conversations.sendAllAgain':
      await failedMessage(server, shop, await toCome.make('contactId'))
      return { channelId: shop.channelId }
    default:
      return workableInputs(rows, shop)[name]
  }
}

/** Makes a contact say two e-mails, of which the second came with a contact that it absorbed. */
async function furtherEmail({ owner }: Shop, contactId: number, otherContactId: number): Promise<string> {
  const { contacts, merging } = owner.client
  const { fields } = await contacts.get({ contactId: otherContactId })
  await contacts.update({ contactId, values: { email: `primera${contactId}@example.com` } })
  await merging.merge({ contactIds: [contactId, otherContactId], survivorId: contactId })
  return fields.email.value!
}

/** As if this member had made the merge: some may take back only their own. */
async function giveMerge({ deps }: TestServer, { id }: Shop, { mergeId }: NamedRows, memberId: number): Promise<void> {
  await deps.db
    .updateTable('merge_op')
    .set({ merged_by: memberId })
    .where('workspace_id', '=', id)
    .where('id', '=', mergeId)
    .execute()
}

/** As if this member had made the last change of the contact. */
async function giveEdit({ deps }: TestServer, { id }: Shop, { contactId }: NamedRows, memberId: number): Promise<void> {
  await deps.db
    .updateTable('activity')
    .set({ actor_id: memberId })
    .where('workspace_id', '=', id)
    .where('contact_id', '=', contactId)
    .where('kind', '=', 'fieldChanged')
    .execute()
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
