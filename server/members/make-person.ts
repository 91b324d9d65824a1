import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../http/endpoint.ts'

export interface NewPerson {
  readonly name: string
  /** In its one spelling: see sign-in-address.ts */
  readonly email: string
  /** From `hashPassword`, worked out before the transaction: it takes a tenth of a second on purpose. */
  readonly passwordHash: string
  /** They showed that they read this mailbox. */
  readonly emailVerified: boolean
}

/** Makes somebody who can sign in; null when the address already has an account. */
export async function makePerson(tx: Tx, input: NewPerson): Promise<string | null> {
  const id = randomUUID()
  const made = await sql`
    insert into auth.person (id, name, email, email_verified) values (${id}, ${input.name}, ${input.email}, ${input.emailVerified})
    on conflict (email) do nothing returning id`.execute(tx)
  if (made.rows.length === 0) return null
  await sql`insert into auth.credential (id, person_id, provider, provider_account, password)
    values (${randomUUID()}, ${id}, 'credential', ${id}, ${input.passwordHash})`.execute(tx)
  return id
}
