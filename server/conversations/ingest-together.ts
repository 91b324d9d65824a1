import type { ChannelAdapter, Incoming, Line } from '../channels/adapter.ts'
import { fillFromChannel, findSaidAnew } from '../contacts/fill-from-channel.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { notifyOfAll } from '../notifications/notify-members.ts'
import { askProfile } from './ask-profile.ts'
import { findLinks, keysOf, rememberKeys } from './find-link.ts'
import { findAllSeen } from './find-seen.ts'
import type { Notice } from './ingest-message.ts'
import { lockAddresses } from './lock-address.ts'
import { contactNotice, conversationNotice, lockStates } from './lock-state.ts'
import { writeIncoming, type Arrival } from './write-incoming.ts'

type IncomingMessage = Extract<Incoming, { type: 'message' }>

/** Nothing more has to be decided of it than whose it is: it may be written together with others. */
export const isPlain = ({ echo = false, optOut, files, sender }: IncomingMessage): boolean =>
  !echo && optOut === undefined && files.length === 0 && sender.verified !== false

/**
 * `ingestMessage` for several plain messages of a line at once, no address among whose keys is named twice: at the cost of a
 * few. Answers what browsers must hear of each, or null for those that are to be taken in one by one: of somebody unknown,
 * blocked or named twice, known already, or all of them where writing failed.
 */
export async function ingestTogether(
  deps: Deps,
  line: Line,
  adapter: Pick<ChannelAdapter, 'windowHours' | 'fetchProfile'>,
  items: readonly IncomingMessage[],
): Promise<(Notice[] | null)[]> {
  try {
    return await deps.db.transaction().execute((tx) => writeAll(tx, deps, line, adapter, items))
  } catch (error) {
    // whichever it was meets it again, alone
    deps.log.info({ err: error, channelId: line.channelId }, 'messages are taken in one by one')
    return items.map(() => null)
  }
}

async function writeAll(
  tx: Tx,
  deps: Deps,
  line: Line,
  adapter: Pick<ChannelAdapter, 'windowHours' | 'fetchProfile'>,
  items: readonly IncomingMessage[],
): Promise<(Notice[] | null)[]> {
  const answers = items.map((): Notice[] | null => null)
  const known = await findKnown(tx, line, items)
  if (known.length === 0) return answers
  const { workspaceId, channelId } = line
  await rememberKeys(
    tx,
    line,
    known.map(({ contactChannel, item }) => ({ id: contactChannel.id, keys: keysOf(item.sender) })),
  )
  const heard = known.map(({ item, state, contactChannel }) => ({
    ...item.sender,
    workspaceId,
    channelId,
    contactId: state.contactId,
    bornOn: contactChannel.contactId,
  }))
  const filled = new Set<number>()
  for (const at of await findSaidAnew(tx, workspaceId, heard))
    if (await fillFromChannel(tx, deps, heard[at]!)) filled.add(at)
  const ids = await writeIncoming(tx, deps, { line, adapter }, known)
  if (adapter.fetchProfile !== undefined)
    await askProfile(
      tx,
      deps,
      line,
      known.map(({ contactChannel }) => contactChannel.id),
    )
  const news = await notifyOfAll(
    tx,
    deps,
    workspaceId,
    known.flatMap(({ state: { contactId, assigneeId } }, at) => {
      const about = { contactId, kind: 'message', actorId: null, messageId: ids[at]! } as const
      return assigneeId === null ? [] : [{ ...about, memberIds: [assigneeId] }]
    }),
  )
  for (const [at, { place, state }] of known.entries())
    answers[place] = [
      conversationNotice(state, 'message', { messageId: ids[at]! }),
      ...(filled.has(at) ? [contactNotice(state, 'edited')] : []),
      ...(at === 0 ? news : []),
    ]
  return answers
}

/** Those whose contacts are known, in the order in which all of them are locked. */
async function findKnown(
  tx: Tx,
  line: Line,
  items: readonly IncomingMessage[],
): Promise<(Arrival & { readonly place: number })[]> {
  const keys = items.map(({ sender }) => keysOf(sender))
  await lockAddresses(tx, line, keys.flat())
  const seen = await findAllSeen(
    tx,
    line,
    items.map(({ extId }) => extId),
  )
  const links = await findLinks(tx, line, keys)
  const linked = items.flatMap((item, place) => {
    const contactChannel = links.get(place)
    return contactChannel === undefined || seen.has(item.extId) ? [] : [{ place, item, contactChannel, files: [] }]
  })
  if (linked.length === 0) return []
  const states = await lockStates(
    tx,
    line.workspaceId,
    linked.map(({ contactChannel }) => contactChannel.contactId),
  )
  const taken = new Set<number>()
  return linked.flatMap((one) => {
    const state = states.get(one.contactChannel.contactId)
    if (state === undefined || state.blocked || taken.has(state.contactId)) return []
    taken.add(state.contactId)
    return [{ ...one, state }]
  })
}
