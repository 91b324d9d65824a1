import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { writeOptOuts } from '../opt-outs/write-opt-out.ts'
import type { LockedState } from './lock-state.ts'

/** What a provider says of a contact that asked it for silence, and for how much of it. */
const scopes: Readonly<Record<string, 'all' | 'marketing'>> = { 'opted-out': 'all', 'marketing-stopped': 'marketing' }

/** The provider would not carry a message because the contact asked for silence there: so do we not from now on. */
export async function noteRefusal(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  { workspaceId, contactId }: LockedState,
  { channelId, code }: { readonly channelId: number; readonly code: string },
): Promise<void> {
  const scope = scopes[code]
  if (scope === undefined) return
  const asked = { source: 'channel', by: null, reason: null, actor: { type: 'system', id: null }, scope } as const
  await writeOptOuts(tx, deps, workspaceId, [{ contactId, channelId }], asked)
}
