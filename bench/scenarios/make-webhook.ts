import { randomUUID } from 'node:crypto'
import { message, signature, webhook } from '../../server/testing/whatsapp-webhooks.ts'
import type { CallerRequest } from '../measure/open-caller.ts'
import type { Lines } from '../stage/connect-lines.ts'
import { personAt } from '../stage/person.ts'

/** A text of a person's, as WhatsApp calls with it: signed over the very bytes. */
export function makeWebhook(
  { path, appSecret, phoneNumberId }: Lines['whatsapp'],
  number: number,
): { extId: string; request: CallerRequest } {
  const { firstName, lastName, phone } = personAt(number)
  const waId = phone.slice(1)
  const userId = `ES.${10_000_000_000_000_000n + BigInt(number)}`
  const extId = `wamid.${randomUUID()}`
  const timestamp = String(Math.floor(Date.now() / 1000))
  const body = JSON.stringify(
    webhook(
      {
        contacts: [{ profile: { name: `${firstName} ${lastName}` }, wa_id: waId, user_id: userId }],
        messages: [
          message(
            'text',
            { body: 'Hola, ¿sigue disponible la mesa de nogal? Paso el sábado por la tarde.' },
            { from: waId, from_user_id: userId, id: extId, timestamp },
          ),
        ],
      },
      { phoneNumberId },
    ),
  )
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature(appSecret, body) }
  return { extId, request: { method: 'POST', path, headers, body } }
}
