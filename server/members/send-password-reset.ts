import { sql, type Kysely } from 'kysely'
import type { UiLanguage } from '#contract/primitives.ts'
import type { DB } from '../db/tables.ts'
import type { Jobs } from '../jobs/queue.ts'
import { passwordResetMail } from './mail-texts.ts'
import { resetLink } from './reset-link.ts'

/** Has the link mailed, in the language of the first workspace the person came to. */
export async function sendPasswordReset(
  parts: { db: Kysely<DB>; jobs: Pick<Jobs, 'ring'>; ownAddress: string },
  person: { id: string; email: string; name: string },
  token: string,
): Promise<void> {
  const found = await sql<{ language: UiLanguage }>`
    select w.language from member m join workspace w on w.id = m.workspace_id
    where m.user_id = ${person.id} and m.removed_at is null order by m.joined_at limit 1`.execute(parts.db)
  const mail = passwordResetMail[found.rows[0]?.language ?? 'en']
  const link = resetLink(parts.ownAddress, token)
  await parts.jobs.ring('send-mail', { to: person.email, ...mail({ name: person.name, link }) })
}
