import { sql } from 'kysely'
import type { MessageBody } from '#contract/conversations.ts'
import type { CustomKey, FieldValue } from '#contract/fields.ts'
import { writeBlock } from '../blocking/write-block.ts'
import { editMany } from '../contacts/edit-many.ts'
import { insertContact } from '../contacts/insert-contact.ts'
import { putTagsOn } from '../contacts/tag-contact.ts'
import { holdMessage } from '../conversations/hold-message.ts'
import { notify } from '../db/notify.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { backgroundContext } from '../http/background-context.ts'
import { countActive } from '../usage/count-active.ts'
import { emailKey } from '../identity/email-key.ts'
import { phoneKey } from '../identity/phone-key.ts'
import { company, people, type SampleChannel, type SamplePerson } from './company.ts'
import { makeSampleChannels } from './make-channels.ts'
import { makeVocabulary, type Vocabulary } from './make-vocabulary.ts'
import { makeSampleWorkflows } from './make-workflows.ts'
import { fields, type SampleFieldKey } from './vocabulary.ts'

interface Team {
  readonly memberId: number
  readonly teamId: number | null
}

/**
 * Fills a workspace in which nothing has happened yet: channels that send nowhere, people, conversations up to a few
 * minutes ago. One transaction, and nothing when something is there already, so that a repeated job does no harm.
 */
export async function fillWorkspace(deps: Deps, workspaceId: number): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('ficha sample'), ${workspaceId}::int)`.execute(tx)
    const workspace = await tx
      .selectFrom('workspace')
      .select('first_contact_at')
      .where('id', '=', workspaceId)
      .executeTakeFirst()
    if (workspace === undefined || workspace.first_contact_at !== null) return
    const members = await tx
      .selectFrom('member')
      .select(['id', 'team_id'])
      .where('workspace_id', '=', workspaceId)
      .where('removed_at', 'is', null)
      .orderBy('id')
      .execute()
    const [owner] = members
    if (owner === undefined) return
    const channels = await makeSampleChannels(tx, deps, workspaceId, owner.id)
    const { context, notices } = backgroundContext(deps, tx, { workspaceId, memberId: owner.id })
    const vocabulary = await makeVocabulary(context)
    await makeSampleWorkflows(context, vocabulary)
    const team = members.map(({ id, team_id }) => ({ memberId: id, teamId: team_id }))
    const clock = oldClock(deps)
    for (const person of people.toSorted((a, b) => b.minutesAgo - a.minutesAgo)) {
      await addPerson(tx, deps, { workspaceId, person, channels, vocabulary, team, clock })
    }
    await notify(tx, [...notices, { workspaceId, event: { type: 'workspace' }, seenBy: null }])
  })
  await deps.jobs.ring('suggest-duplicates', { workspaceId })
}

/** Ids of the past, never twice, in this process's own slot. */
function oldClock(deps: Deps): { idAt(time: number): number } {
  const slot = deps.clock.next() % 8
  const used = new Set<number>()
  return {
    idAt(time) {
      let id = Math.floor((time * 1000) / 8) * 8 + slot
      while (used.has(id)) id += 8
      used.add(id)
      return id
    },
  }
}

interface Adding {
  readonly workspaceId: number
  readonly person: SamplePerson
  readonly channels: ReadonlyMap<SampleChannel, number>
  readonly vocabulary: Vocabulary
  readonly team: readonly Team[]
  readonly clock: { idAt(time: number): number }
}

async function addPerson(tx: Tx, deps: Deps, adding: Adding): Promise<void> {
  const { workspaceId, person, channels, vocabulary, team, clock } = adding
  const channelId = channels.get(person.channel) ?? 0
  const last = Date.now() - person.minutesAgo * 60_000
  const timeOf = (minutesBefore: number) => last - minutesBefore * 60_000
  const first = new Date(timeOf(person.lines[0]?.[0] ?? 0))
  const assignee = person.assignee === null ? null : (team[person.assignee] ?? team[0] ?? null)
  const { contactId } = await insertContact(tx, deps, {
    workspaceId,
    source: 'sample',
    by: null,
    now: first,
    profileName: person.profile ?? ([person.first, person.last].filter(Boolean).join(' ') || null),
    pictureUrl: null,
    values: {
      firstName: person.first,
      lastName: person.last,
      phone: person.phone ?? null,
      email: person.email ?? null,
      language: person.language,
      ...knownOf(person, vocabulary, { ...person.custom, ...person.before }),
    },
  })
  const tagIds = (person.tags ?? []).flatMap((tag) => vocabulary.tags.get(tag) ?? [])
  if (tagIds.length > 0) await putTagsOn(tx, workspaceId, contactId, tagIds)
  if (person.before !== undefined)
    await editMany(tx, deps, {
      workspaceId,
      contactIds: [contactId],
      values: { custom: knownOf(person, vocabulary, person.custom ?? {}).custom },
      origin: { source: 'person', by: assignee?.memberId ?? team[0]!.memberId, at: new Date(last) },
      open: () => true,
      inWords: ({ field }) => ({ name: nameOf(field, vocabulary) }),
    })
  const address = person.address ?? (person.channel === 'email' ? person.email : person.phone) ?? ''
  const contactChannelId = await deps.numbers.next(workspaceId, 'contactChannel')
  const conversationId = await deps.numbers.next(workspaceId, 'conversation')
  const lines = person.lines.map(([minutes, kind, text], index) => ({
    kind,
    text,
    id: clock.idAt(timeOf(minutes)),
    at: new Date(timeOf(minutes)),
    isLast: index === person.lines.length - 1,
  }))
  const incoming = lines.filter(({ kind }) => kind === 'in')
  const outgoing = lines.filter(({ kind }) => kind === 'out')
  const lastLine = lines.at(-1)
  const closed = person.status === 'closed'

  await tx
    .insertInto('contact_channel')
    .values({
      workspace_id: workspaceId,
      id: contactChannelId,
      channel_id: channelId,
      contact_id: contactId,
      owner_id: contactId,
      address,
      address_key: keyOf(person.channel, address),
      profile_name: person.profile ?? null,
      connected_at: first,
      created_at: first,
      last_in_at: incoming.at(-1)?.at ?? null,
      last_out_at: outgoing.at(-1)?.at ?? null,
      last_message_id: lines.findLast(({ kind }) => kind !== 'note')?.id ?? null,
    })
    .execute()
  await tx
    .insertInto('conversation')
    .values({
      workspace_id: workspaceId,
      id: conversationId,
      contact_id: contactId,
      owner_id: contactId,
      channel_id: channelId,
      opened_at: first,
      opened_source: lines[0]?.kind === 'in' ? 'contact' : 'member',
      first_in_id: incoming[0]?.id ?? null,
      first_response_at: outgoing[0]?.at ?? null,
      incoming: incoming.length,
      outgoing: outgoing.length,
      assignee_id: assignee?.memberId ?? null,
      last_assigned_at: assignee === null ? null : first,
      ...(closed ? { closed_at: new Date(last), closed_source: 'member', closed_by: assignee?.memberId ?? null } : {}),
    })
    .execute()
  await tx
    .insertInto('message')
    .values(
      lines.map(({ kind, text, id }) => ({
        workspace_id: workspaceId,
        id,
        contact_id: contactId,
        conversation_id: conversationId,
        channel_id: kind === 'note' ? null : channelId,
        contact_channel_id: kind === 'note' ? null : contactChannelId,
        incoming: kind === 'in',
        note: kind === 'note',
        sender_type: kind === 'in' ? 'contact' : 'member',
        sender_id: kind === 'in' ? null : (assignee?.memberId ?? team[0]?.memberId ?? null),
        status: kind === 'in' || kind === 'note' ? 0 : 4,
        verified: kind === 'in' && person.channel === 'email' ? true : null,
        body: JSON.stringify(bodyOf(person, kind, text)),
      })),
    )
    .execute()
  await tx
    .updateTable('contact_state')
    .set({
      status: { open: 1, snoozed: 2, closed: 3 }[person.status],
      assignee_id: assignee?.memberId ?? null,
      team_id: assignee?.teamId ?? null,
      last_message_at: new Date(last),
      last_message_id: lastLine?.id ?? 0,
      last_in_id: incoming.at(-1)?.id ?? 0,
      last_channel_id: channelId,
      last_in_contact_channel_id: contactChannelId,
      conversation_id: closed ? null : conversationId,
      snoozed_until: person.status === 'snoozed' ? new Date(Date.now() + 3 * 24 * 3_600_000) : null,
    })
    .where('workspace_id', '=', workspaceId)
    .where('contact_id', '=', contactId)
    .execute()
  const exchanged = lines.filter(({ kind }) => kind !== 'note')
  for (const [at, { id: messageId, kind }] of exchanged.entries())
    await countActive(tx, workspaceId, [{ messageId, contactId, channelId, incoming: kind === 'in', fresh: at === 0 }])
  await markReadUpTo(tx, workspaceId, contactId, team, lines, person.status)
  if (person.blocked !== undefined) {
    const { reason, held } = person.blocked
    await writeBlock(tx, workspaceId, contactId, {
      at: new Date(last),
      by: assignee?.memberId ?? team[0]!.memberId,
      reason,
    })
    const sender = { address, addressKey: keyOf(person.channel, address), profileName: null }
    for (const [number, text] of held.entries()) {
      const id = clock.idAt(last + (number + 1) * 24 * 3_600_000)
      await holdMessage(
        tx,
        { clock: { next: () => id } },
        { workspaceId, channelId },
        { contactId, fresh: false },
        { type: 'message', extId: `sample ${id}`, sentAt: null, sender, body: { type: 'text', text }, files: [] },
        [],
      )
    }
  }
}

/** What is known of them beside their name and how they are reached, as far as there are words for it. */
function knownOf(person: SamplePerson, vocabulary: Vocabulary, custom: NonNullable<SamplePerson['custom']>) {
  const checked =
    person.checkedDaysAgo === undefined
      ? {}
      : { checked: new Date(Date.now() - person.checkedDaysAgo * 24 * 3_600_000).toISOString().slice(0, 10) }
  const values = (Object.entries({ ...custom, ...checked }) as [SampleFieldKey, FieldValue][]).flatMap(
    ([key, value]) => {
      const field = vocabulary.fields.get(key)
      return field === undefined ? [] : [[field, value]]
    },
  )
  const lifecycle = person.stage === undefined ? undefined : vocabulary.stages.get(person.stage)
  return {
    custom: Object.fromEntries(values) as Record<CustomKey, FieldValue>,
    ...(lifecycle === undefined ? {} : { lifecycle }),
  }
}

const nameOf = (field: string, vocabulary: Vocabulary): string | undefined =>
  [...vocabulary.fields].flatMap(([key, id]) => (id === field ? [fields[key].name] : []))[0]

/** Whatever was answered, or is closed, has been read by everybody; what came after the last answer has not. */
async function markReadUpTo(
  tx: Tx,
  workspaceId: number,
  contactId: number,
  team: readonly Team[],
  lines: readonly { kind: string; id: number }[],
  status: SamplePerson['status'],
): Promise<void> {
  const read = status === 'open' ? lines.findLast(({ kind }) => kind !== 'in') : lines.at(-1)
  if (read === undefined) return
  await tx
    .insertInto('read_mark')
    .values(
      team.map(({ memberId }) => ({
        workspace_id: workspaceId,
        contact_id: contactId,
        member_id: memberId,
        read_id: read.id,
      })),
    )
    .execute()
}

function bodyOf(person: SamplePerson, kind: 'in' | 'out' | 'note', text: string): MessageBody {
  if (kind === 'note') return { type: 'note', text, mentions: [] }
  if (person.channel !== 'email') return { type: 'text', text }
  return {
    type: 'email',
    subject: person.subject ?? null,
    text,
    quoted: null,
    hasHtml: false,
    to: [kind === 'in' ? company.channels[1].address : (person.email ?? '')],
    cc: [],
    autoReply: false,
  }
}

const keyOf = (channel: SampleChannel, address: string): string =>
  channel === 'email'
    ? (emailKey(address).key ?? address)
    : (phoneKey(address.startsWith('+') ? address : `+${address}`).key ?? address)
