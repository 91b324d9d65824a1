import { z } from 'zod'
import { auditGroups, type AuditGroup, type AuditKind } from './audit-words.ts'
import { reads } from './base.ts'
import { Cursor, Id, Limit, MessageId, Timestamp, page } from './primitives.ts'

const words = <Word extends string>(all: readonly Word[]) => z.enum(all as [Word, ...Word[]])
const kinds: readonly AuditKind[] = Object.values(auditGroups).flat()

/** A setting as it was or is; a list for what may be several. Null: there was none, or it is not kept (a filter, a secret). */
const AuditValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).nullable()

/** What a member did to the workspace itself: who, what, from → to, when, from where. */
export const AuditEvent = z.object({
  /** Its time in microseconds. */
  id: MessageId,
  at: Timestamp,
  kind: words(kinds),
  /** `api`: a token in the member's name. The name stays when the member is removed. */
  actor: z.object({ type: z.enum(['member', 'api']), memberId: Id, name: z.string() }),
  /** What it was done to, by the name it had; null where that was the personal data of somebody deleted since. */
  subject: z.string().nullable(),
  /** What is another now: `name`, `role`, `colour` … */
  changes: z.array(z.object({ what: z.string(), from: AuditValue, to: AuditValue })),
  /** How many contacts it concerned. */
  contacts: z.number().int().nullable(),
  /** The address it came from. */
  ip: z.string().nullable(),
})
export type AuditEvent = z.infer<typeof AuditEvent>

export const audit = {
  /** What was done to the workspace, newest first; of one member, of one group of kinds, within a time. */
  list: reads('audit.view', '/audit')
    .input(
      z.object({
        memberId: Id.optional(),
        group: words(Object.keys(auditGroups) as AuditGroup[]).optional(),
        /** From this moment on. */
        since: Timestamp.optional(),
        /** Before this moment. */
        before: Timestamp.optional(),
        cursor: Cursor.nullish(),
        limit: Limit,
      }),
    )
    .output(page(AuditEvent)),
}
