import { textEvent, type Shop } from '../conversations/testing.ts'
import { inputsNaming, type NamedRows } from './every-endpoint.ts'
import { givenMember } from './given.ts'
import type { TestServer } from './test-server.ts'

let count = 0

/** One row of each kind that an input may name, new each time. */
export async function givenRows(server: TestServer, shop: Shop): Promise<NamedRows> {
  const { client } = shop.owner
  const number = ++count
  const colleague = await givenMember(server, shop.id)
  const channel = await client.channels.connect({
    name: 'Puente',
    settings: { kind: 'custom', apiBaseUrl: 'http://127.0.0.1:9', contactIdType: 'custom' },
  })
  const team = await client.teams.create({ name: `Equipo ${number}` })
  const email = `invitada${number}@example.com`
  const invitation = await client.invitations.create({ email, role: 'agent', restrictions: [], teamId: null })
  const phone = `+34600001${String(100 + number)}`
  await shop.post(phone, [textEvent('hola')])
  await shop.ingest()
  const { items } = await client.contacts.list({ q: phone })
  const contactId = items[0]!.id
  const [message] = await shop.messages(contactId)
  return {
    contactId,
    messageId: message!.id,
    memberId: colleague.memberId,
    teamId: team.id,
    invitationId: invitation.id,
    channelId: channel.id,
  }
}

/** Like those for every endpoint, but such that a member who may can really carry them out. */
export function workableInputs(rows: NamedRows, shop: Shop): Record<string, Record<string, unknown>> {
  const { contactId, messageId } = rows
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
    'invitations.create': { ...inputs['invitations.create'], email: `nueva${++count}@example.com` },
    'teams.create': { name: `Nuevo ${count}` },
    'teams.rename': { ...inputs['teams.rename'], name: `Renombrado ${count}` },
  }
}
