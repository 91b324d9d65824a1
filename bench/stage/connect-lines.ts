import type { Client } from '../../server/testing/client.ts'
import type { WhatsappDouble } from '../../server/testing/whatsapp-double.ts'

export interface Lines {
  readonly whatsapp: {
    readonly channelId: number
    readonly path: string
    readonly appSecret: string
    readonly phoneNumberId: string
  }
  readonly mail: { readonly channelId: number; readonly address: string; readonly port: number }
}

/** A WhatsApp number and a mailbox, connected as an Owner does. @param mailPort where the server's listener takes mail */
export async function connectLines(
  client: Client,
  settings: WhatsappDouble['settings'],
  mailPort: number,
): Promise<Lines> {
  const whatsapp = await client.channels.connect({ name: 'WhatsApp', settings })
  const address = 'ventas@tienda.example'
  const mail = await client.channels.connect({
    name: 'Correo',
    settings: {
      kind: 'email',
      address,
      displayName: 'Tienda',
      // nothing is sent
      smtp: { host: '127.0.0.1', port: 9, security: 'none', user: 'ventas', password: 'clave' },
      imap: null,
    },
  })
  const { appSecret, phoneNumberId } = settings
  const path = new URL(whatsapp.setup.webhookUrl ?? '').pathname
  return {
    whatsapp: { channelId: whatsapp.id, path, appSecret, phoneNumberId },
    mail: { channelId: mail.id, address, port: mailPort },
  }
}
