import type { Tx } from '../http/endpoint.ts'
import { emailKey } from './email-key.ts'
import { phoneKey } from './phone-key.ts'

/** The identity keys of a stored phone (E.164) and e-mail, in the order in which they are to be written. */
export function keysOf(contact: { phone: string | null; email: string | null }): { key: string; strength: string }[] {
  const found = [
    contact.phone === null ? null : phoneKey(contact.phone),
    contact.email === null ? null : emailKey(contact.email),
  ]
  return found
    .flatMap((each) => (each?.key == null ? [] : [{ key: each.key, strength: each.strength }]))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
}

/** Makes the keys of a contact those of its present phone and e-mail. */
export async function indexKeys(
  tx: Tx,
  workspaceId: number,
  contactId: number,
  contact: { phone: string | null; email: string | null },
): Promise<void> {
  const keys = keysOf(contact)
  await tx
    .deleteFrom('identity_key')
    .where('workspace_id', '=', workspaceId)
    .where('contact_id', '=', contactId)
    .$if(keys.length > 0, (query) =>
      query.where(
        'key',
        'not in',
        keys.map(({ key }) => key),
      ),
    )
    .execute()
  if (keys.length === 0) return
  await tx
    .insertInto('identity_key')
    .values(keys.map((key) => ({ workspace_id: workspaceId, contact_id: contactId, ...key })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
