import { randomUUID } from 'node:crypto'
import { createTransport } from 'nodemailer'
import type { Lines } from '../stage/connect-lines.ts'
import { personAt } from '../stage/person.ts'

export interface Mailer {
  /** Hands a person's mail to the listener; `took`: milliseconds until it said that it had it. */
  send(number: number): Promise<{ extId: string; sentAt: number; took: number }>
  close(): void
}

const text = [
  'Buenos días:',
  '',
  'Quisiera saber si la mesa de nogal sigue disponible y cuánto tardaría la entrega en Triana.',
  'También me interesan las seis sillas a juego que vi en el escaparate.',
  '',
  'Un saludo.',
].join('\r\n')

/** A mail server that keeps its connections open, encrypted as the listener offers it. */
export function openMailer({ address, port }: Lines['mail'], connections: number): Mailer {
  const transport = createTransport({
    pool: true,
    host: '127.0.0.1',
    port,
    tls: { rejectUnauthorized: false },
    maxConnections: connections,
    maxMessages: Infinity,
  })
  return {
    async send(number) {
      const { firstName, lastName, email } = personAt(number)
      const id = `${randomUUID()}@clientes.example`
      const raw = [
        `From: =?utf-8?B?${Buffer.from(`${firstName} ${lastName}`).toString('base64')}?= <${email}>`,
        `To: ${address}`,
        'Subject: La mesa de nogal',
        `Date: ${new Date().toUTCString()}`,
        `Message-ID: <${id}>`,
        'MIME-Version: 1.0',
        'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: 8bit',
        '',
        text,
        '',
      ].join('\r\n')
      const sentAt = performance.now()
      await transport.sendMail({ envelope: { from: email, to: address }, raw })
      return { extId: id, sentAt, took: performance.now() - sentAt }
    },
    close: () => transport.close(),
  }
}
