import { randomBytes } from 'node:crypto'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { company, type SampleChannel } from './company.ts'

/** The sample company's lines: they look connected, and what is sent by them goes nowhere (see channels/sample-line.ts). */
export async function makeSampleChannels(
  tx: Tx,
  deps: Deps,
  workspaceId: number,
  createdBy: number,
): Promise<Map<SampleChannel, number>> {
  const first = await deps.numbers.next(workspaceId, 'channel', company.channels.length)
  await tx
    .insertInto('channel')
    .values(
      company.channels.map(({ key, kind, name, address }, at) => ({
        workspace_id: workspaceId,
        id: first + at,
        kind,
        name,
        address,
        settings: JSON.stringify({ kind, sample: true, ...(kind === 'custom' ? { contactIdType: 'phone' } : {}) }),
        public_id: randomBytes(12).toString('base64url'),
        line_key: `sample ${key}`,
        created_by: createdBy,
      })),
    )
    .execute()
  return new Map(company.channels.map(({ key }, at) => [key, first + at]))
}
