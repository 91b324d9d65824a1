import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import { Refusal } from '../refusal.ts'
import { ownAddress } from './own-address.ts'
import { resetLink } from './reset-link.ts'
import { findPerson } from './show-invitation.ts'
import { signInAddress } from './sign-in-address.ts'

/**
 * A link that sets a new password, for whoever runs the server: where it cannot send mail, or where somebody has lost
 * their second factor too, which `dropSecondFactor` takes off. Works for a day and once.
 */
export async function makeResetLink(
  deps: Pick<Deps, 'config' | 'db' | 'people'>,
  input: { email: string; dropSecondFactor?: boolean },
): Promise<string> {
  const person = await findPerson(deps.db, signInAddress(input.email) ?? '')
  if (person === null) throw new Refusal(`Nobody signs in with the address ${input.email}.`)
  if (input.dropSecondFactor === true) {
    await sql`with gone as (delete from auth.second_factor where person_id = ${person.id})
      update auth.person set second_factor_on = false where id = ${person.id}`.execute(deps.db)
  }
  return resetLink(ownAddress(deps.config), await deps.people.makeResetToken(person.id, 24 * 60))
}
