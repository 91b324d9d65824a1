import { textEvent, type Shop } from '../conversations/testing.ts'
import { suggestDuplicates } from '../duplicates/suggest-duplicates.ts'
import { inputsNaming, type NamedRows } from './every-endpoint.ts'
import { givenMember } from './given.ts'
import type { TestServer } from './test-server.ts'

let count = 0

/** One row of each kind that an input may name, new each time; the contacts are assigned to `assigneeId`. */
export async function givenRows(server: TestServer, shop: Shop, assigneeId: number | null = null): Promise<NamedRows> {
  const { client } = shop.owner
  const number = ++count
  const colleague = await givenMember(server, shop.id)
  const channel = await client.channels.connect({
    name: 'Puente',
    settings: { kind: 'custom', apiBaseUrl: 'http://127.0.0.1:9', contactIdType: 'custom' },
  })
  const team = await client.teams.create({ name: `Equipo ${number}` })
  const note = await client.conversations.addClosingNote({ category: `Nota ${number}` })
  const [tag, otherTag] = [
    await client.tags.create({ name: `Etiqueta ${number}` }),
    await client.tags.create({ name: `Otra etiqueta ${number}` }),
  ]
  const filter = { and: [{ field: 'email', operator: 'exists' as const }] }
  const field = await client.fields.create({ name: `Campo ${number}`, type: 'list', options: ['38', '39'] })
  const segment = await client.segments.create({ name: `Segmento ${number}`, filter })
  const email = `invitada${number}@example.com`
  const invitation = await client.invitations.create({ email, role: 'agent', restrictions: [], teamId: null })
  const phone = `+346${10_000_000 + number}`
  await shop.post(phone, [textEvent('hola')])
  await shop.ingest()
  const { items } = await client.contacts.list({ q: phone })
  const contactId = items[0]!.id
  const [message] = await shop.messages(contactId)
  const assign = async (id: number) => {
    if (assigneeId !== null) await client.conversations.assign({ contactId: id, memberId: assigneeId })
    return id
  }
  await assign(contactId)
  const create = async (values: Record<string, string>) => assign((await client.contacts.create({ values })).id)
  const otherContactId = await create({ firstName: 'Luz', phone, email: `otra${number}@example.com` })
  await suggestDuplicates(server.deps, { workspaceId: shop.id }, AbortSignal.timeout(10_000))
  const contactIds = [await create({ firstName: `Ana ${number}` }), await create({ firstName: `Anita ${number}` })]
  const { mergeId } = await client.merging.merge({ contactIds })
  return {
    contactId,
    messageId: message!.id,
    memberId: colleague.memberId,
    teamId: team.id,
    invitationId: invitation.id,
    channelId: channel.id,
    closingNoteId: note.id,
    tagId: tag.id,
    otherTagId: otherTag.id,
    fieldId: field.id,
    segmentId: segment.id,
    otherContactId,
    mergeId,
  }
}

/** Like those for every endpoint, but such that a member who may can really carry them out. */
export function workableInputs(rows: NamedRows, shop: Shop): Record<string, Record<string, unknown>> {
  const { contactId, messageId, otherContactId, mergeId } = rows
  const inputs = inputsNaming(rows)
  return {
    ...inputs,
    'conversations.send': {
      contactId,
      channelId: shop.channelId,
      body: { type: 'text', text: 'hola' },
      replyTo: messageId,
    },
    'contacts.update': { contactId, values: { lastName: 'Otro' } },
    'duplicates.blockValue': { value: `+346${20_000_000 + ++count}` },
    'merging.merge': { contactIds: [contactId, otherContactId] },
    'merging.undo': { mergeId },
    'invitations.create': { ...inputs['invitations.create'], email: `nueva${++count}@example.com` },
    'conversations.addClosingNote': { category: `Nueva ${count}` },
    'conversations.editClosingNote': { ...inputs['conversations.editClosingNote'], category: `Otra ${count}` },
    'tags.create': { ...inputs['tags.create'], name: `Nueva ${count}` },
    'tags.edit': { ...inputs['tags.edit'], name: `Otra ${count}` },
    'fields.create': { ...inputs['fields.create'], name: `Nuevo ${count}`, slug: `nuevo_${count}` },
    'fields.edit': { ...inputs['fields.edit'], name: `Otro campo ${count}` },
    'segments.create': { ...inputs['segments.create'], name: `Segmento nuevo ${count}` },
    'segments.edit': { ...inputs['segments.edit'], name: `Otro segmento ${count}` },
    'teams.create': { name: `Nuevo ${count}` },
    'teams.rename': { ...inputs['teams.rename'], name: `Renombrado ${count}` },
  }
}
