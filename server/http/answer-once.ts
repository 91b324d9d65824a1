import { createHash } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { DB } from '../db/tables.ts'
import { refuse, fail } from './fail.ts'
import { seal, unseal } from './seal.ts'

/** They may hold what is otherwise kept nowhere, such as the link of an invitation. */
const keptAnswers = 'kept answers'

/** What is asked, and under which key. */
interface Asked {
  /** The `idempotency-key` header as it came; without one, every request is a new one. */
  readonly key: string | string[] | undefined
  readonly path: readonly string[]
  readonly input: unknown
}

/**
 * Acts at most once per key of a member: the same request again answers as the first time, another one under the same key
 * ends with CONFLICT. A parallel request with the same key waits here until the first has committed (and then reads its
 * answer) or rolled back (and then does the work itself).
 */
export async function answerOnce<Output>(
  tx: Transaction<DB>,
  secret: string,
  { workspaceId, memberId }: { readonly workspaceId: number; readonly memberId: number },
  { key, path, input }: Asked,
  act: () => Promise<Output>,
): Promise<Output> {
  if (key === undefined) return act()
  if (typeof key !== 'string' || !/^[\w-]{8,100}$/.test(key))
    return refuse('idempotency-key', 'format', 'Send 8 to 100 letters, digits, - or _.')
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([path, input ?? null]))
    .digest('base64url')
  const owner = JSON.stringify([workspaceId, memberId, key])
  const inserted = await tx
    .insertInto('request')
    .values({ workspace_id: workspaceId, member_id: memberId, key, fingerprint })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst()
  if (inserted === undefined) {
    const earlier = await tx
      .selectFrom('request')
      .select(['fingerprint', 'response'])
      .where('workspace_id', '=', workspaceId)
      .where('member_id', '=', memberId)
      .where('key', '=', key)
      .executeTakeFirstOrThrow()
    if (earlier.fingerprint !== fingerprint) return fail('CONFLICT', { reason: 'idempotency-key-reused' })
    const sealed = Buffer.from(earlier.response as string, 'base64')
    return (unseal(secret, keptAnswers, owner, sealed) as { answer: Output }).answer
  }
  const output = await act()
  await tx
    .updateTable('request')
    .set({ response: JSON.stringify(seal(secret, keptAnswers, owner, { answer: output }).toString('base64')) })
    .where('workspace_id', '=', workspaceId)
    .where('member_id', '=', memberId)
    .where('key', '=', key)
    .execute()
  return output
}
