import { ownStrengths } from '../identity/index-keys.ts'
import type { Tx } from '../http/endpoint.ts'

/** Who has an identity key themselves: `born` the contact whose value it is, `contact` the one that stands for it now. */
export const contactsWithKey = (tx: Tx, workspaceId: number, key: string) =>
  tx
    .selectFrom('identity_key')
    .innerJoin('contact as born', (join) =>
      join
        .onRef('born.workspace_id', '=', 'identity_key.workspace_id')
        .onRef('born.id', '=', 'identity_key.contact_id'),
    )
    .innerJoin('contact', (join) =>
      join
        .onRef('contact.workspace_id', '=', 'born.workspace_id')
        .on('contact.id', '=', (eb) => eb.fn.coalesce('born.root_id', 'born.id')),
    )
    .where('identity_key.workspace_id', '=', workspaceId)
    .where('identity_key.key', '=', key)
    .where('identity_key.strength', 'in', ownStrengths)
