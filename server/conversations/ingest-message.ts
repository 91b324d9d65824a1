import type { ChannelAdapter, Incoming, Line } from '../channels/adapter.ts'
import { fillFromChannel } from '../contacts/fill-from-channel.ts'
import type { LiveNotice } from '../db/notify.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { notifyMembers } from '../notifications/notify-members.ts'
import { liftOptOut, writeOptOuts } from '../opt-outs/write-opt-out.ts'
import { askProfile } from './ask-profile.ts'
import { keysOf, rememberKeys } from './find-link.ts'
import { findSeen } from './find-seen.ts'
import { holdMessage } from './hold-message.ts'
import { gone, joinContact } from './join-contact.ts'
import { keepFiles, type KeptFile } from './keep-files.ts'
import { lockAddresses } from './lock-address.ts'
import { contactNotice, conversationNotice, lockState, type LockedState } from './lock-state.ts'
import { matchEcho } from './match-echo.ts'
import { remember, writeIncoming } from './write-incoming.ts'

export type Notice = Omit<LiveNotice, 'workspaceId'>

/**
 * Writes a message that came in (or that the business sent from elsewhere) into its contact's thread, making the contact
 * where the address is new. One transaction; a message already known changes nothing, an echo of our own settles it
 * (`unmatched`: it may be one that is on its way just now). Answers what browsers must hear,
 * also for a known one: whoever was killed between the commit and the telling tells it the second time.
 */
export async function ingestMessage(
  deps: Deps,
  line: Line,
  adapter: Pick<ChannelAdapter, 'addressedBy' | 'windowHours' | 'fetchProfile'>,
  item: Extract<Incoming, { type: 'message' }>,
): Promise<Notice[] | 'unmatched'> {
  const known = await findSeen(deps.db, line, item.extId)
  if (known !== undefined) return noticesOfKnown(deps, line.workspaceId, known)
  if (item.echo === true) {
    const whose = await matchEcho(deps, line, item)
    if (whose !== 'elsewhere') return whose === 'ours' ? [] : 'unmatched'
  }
  const files = await keepFiles(deps, line, item)
  const write = () => writeMessage(deps, line, adapter, item, files)
  try {
    return await write()
  } catch (error) {
    // whoever was deleted while we waited for them is nobody now
    if (error === gone) return write()
    throw error
  }
}

function writeMessage(
  deps: Deps,
  line: Line,
  adapter: Pick<ChannelAdapter, 'addressedBy' | 'windowHours' | 'fetchProfile'>,
  item: Extract<Incoming, { type: 'message' }>,
  files: readonly KeptFile[],
): Promise<Notice[]> {
  const { workspaceId, channelId } = line
  const { sender } = item
  return deps.db.transaction().execute(async (tx) => {
    await lockAddresses(tx, line, keysOf(sender))
    if ((await findSeen(tx, line, item.extId)) !== undefined) return []
    const joined = await joinContact(tx, deps, line, adapter.addressedBy, sender)
    const { bornOn, contactChannel, isNew } = joined
    // by whom it was born on: who is live in their place, and whether they are blocked, may have changed while we waited
    const state = await lockState(tx, workspaceId, bornOn)
    if (state === undefined) throw gone
    const asked = await heedWish(tx, deps, state, line, item)
    if (state.blocked || contactChannel === null) {
      const messageId = await holdMessage(
        tx,
        deps,
        line,
        { contactId: bornOn, fresh: state.lastMessageId === 0 },
        item,
        files,
      )
      await remember(tx, line, [{ extId: item.extId, messageId, contactId: bornOn }])
      return [contactNotice(state, 'held'), ...asked]
    }
    await rememberKeys(tx, line, [{ id: contactChannel.id, keys: keysOf(sender) }])
    // who may have forged the address may not change what is known of its owner
    const believed = !isNew && sender.verified !== false
    const heard = { ...sender, workspaceId, channelId, contactId: state.contactId, bornOn }
    const filled = isNew || (believed && (await fillFromChannel(tx, deps, heard)))
    const [messageId = 0] = await writeIncoming(tx, deps, { line, adapter }, [{ state, contactChannel, item, files }])
    if (adapter.fetchProfile !== undefined && item.echo !== true) await askProfile(tx, deps, line, [contactChannel.id])
    const notice = conversationNotice(state, 'message', { messageId })
    const news = await tellAssignee(tx, deps, state, item, messageId)
    return filled
      ? [notice, contactNotice(state, isNew ? 'added' : 'edited'), ...asked, ...news]
      : [notice, ...asked, ...news]
  })
}

/** The contact asked not to be written to by this channel any more (STOP), or to be again (START). */
async function heedWish(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  state: LockedState,
  { channelId }: Line,
  { optOut, echo = false, sender }: Extract<Incoming, { type: 'message' }>,
): Promise<Notice[]> {
  // who may have forged the address asks nothing in its owner's name
  if (optOut === undefined || echo || sender.verified === false) return []
  const { workspaceId, contactId } = state
  const asked = { contactId, channelId }
  const actor = { type: 'contact', id: contactId } as const
  if (optOut === 'start') {
    const stood = await liftOptOut(tx, deps, { workspaceId, ...asked }, { reason: null, actor })
    return stood ? [contactNotice(state, 'optedIn')] : []
  }
  const asking = { source: 'contact', by: null, reason: null, actor } as const
  const news = await writeOptOuts(tx, deps, workspaceId, [asked], asking)
  return news.length > 0 ? [contactNotice(state, 'optedOut')] : []
}

/** Whoever looks after the contact is to know that it wrote. */
async function tellAssignee(
  tx: Tx,
  deps: Deps,
  { workspaceId, contactId, assigneeId }: LockedState,
  { echo = false }: Extract<Incoming, { type: 'message' }>,
  messageId: number,
): Promise<Notice[]> {
  if (echo || assigneeId === null) return []
  const news = { workspaceId, contactId, kind: 'message', actorId: null, messageId } as const
  return notifyMembers(tx, deps, { ...news, memberIds: [assigneeId] })
}

async function noticesOfKnown(
  deps: Deps,
  workspaceId: number,
  known: { messageId: number; contactId: number },
): Promise<Notice[]> {
  const state = await deps.db
    .selectFrom('contact')
    .innerJoin('contact_state as state', (join) =>
      join
        .onRef('state.workspace_id', '=', 'contact.workspace_id')
        .on('state.contact_id', '=', (eb) => eb.fn.coalesce('contact.root_id', 'contact.id')),
    )
    .select(['state.contact_id as contactId', 'state.assignee_id as assigneeId', 'state.team_id as teamId'])
    .where('contact.workspace_id', '=', workspaceId)
    .where('contact.id', '=', known.contactId)
    .where('contact.blocked_at', 'is', null)
    .executeTakeFirst()
  return state === undefined ? [] : [conversationNotice(state, 'message', { messageId: known.messageId })]
}
