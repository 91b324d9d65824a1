import { createTransport } from 'nodemailer'
import type { ChannelDetails, ChannelSettings } from '#contract/channels.ts'
import type { ContactDetails } from '#contract/contacts.ts'
import type { Message } from '#contract/conversations.ts'
import type { GivenMember } from '../../testing/given.ts'
import type { SmtpDouble } from '../../testing/mail-smtp.ts'
import { waitFor } from '../../testing/wait-for.ts'
import type { EmailSettings } from './settings.ts'

export const mailSettings = (
  smtp: Pick<SmtpDouble, 'server'>,
  change: Partial<EmailSettings> = {},
): ChannelSettings & EmailSettings => ({
  kind: 'email',
  address: 'ventas@tienda.example',
  displayName: 'Tienda del Puerto',
  smtp: smtp.server,
  imap: null,
  ...change,
})

/** A mailbox connected over the API as an Owner would. */
export const givenMailLine = (owner: GivenMember, settings: EmailSettings): Promise<ChannelDetails> =>
  owner.client.channels.connect({ name: 'Correo de ventas', settings })

/** An ordinary mail program that hands its mails to a server. */
export const mailProgram = (port: number, options: { requireTLS?: boolean; ignoreTLS?: boolean } = {}) =>
  createTransport({ host: '127.0.0.1', port, tls: { rejectUnauthorized: false }, ...options })

export interface HeardContact {
  readonly contact: ContactDetails
  /** The oldest first. */
  readonly messages: readonly Message[]
}

/** Everybody who has an open conversation, the one heard last first. */
export async function heardContacts({ client }: Pick<GivenMember, 'client'>): Promise<HeardContact[]> {
  const { items } = await client.conversations.list({ view: 'all', limit: 100 })
  return Promise.all(
    items.map(async ({ contactId }) => {
      const thread = await client.conversations.thread({ contactId, limit: 100 })
      const messages = thread.items.flatMap((item) => (item.type === 'message' ? [item.message] : [])).toReversed()
      return { contact: await client.contacts.get({ contactId }), messages }
    }),
  )
}

/** Waits until somebody with this address has so many messages in their thread. */
export const waitForMails = (owner: GivenMember, email: string, count = 1): Promise<HeardContact> =>
  waitFor(`${count} mails of ${email}`, async () => {
    const found = (await heardContacts(owner)).find(({ contact }) =>
      contact.channels.some(({ address }) => address === email),
    )
    return found !== undefined && found.messages.length >= count ? found : null
  })

export const textsOf = (messages: readonly Message[]): (string | null)[] =>
  messages.map(({ body }) => ('text' in body ? body.text : null))

/** The message in a contact's thread once its status is this. */
export const waitForStatus = (owner: GivenMember, contactId: number, messageId: number, status: Message['status']) =>
  waitFor(`the message to be ${status}`, async () => {
    const { items } = await owner.client.conversations.thread({ contactId, limit: 100 })
    const found = items.flatMap((item) => (item.type === 'message' ? [item.message] : []))
    return found.find((message) => message.id === messageId && message.status === status)
  })
