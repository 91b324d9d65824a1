import { formatPhone } from '../identity/phone-key.ts'

/** The columns of `contact` that a name is made of. */
export interface Named {
  readonly first_name: string | null
  readonly last_name: string | null
  readonly profile_name: string | null
  readonly phone: string | null
  readonly email: string | null
}

/** First and last name, else the name the channel gave, else the phone (spaced), else the e-mail; null without any of them. */
export function displayName(contact: Named): string | null {
  return nameOf(contact) ?? (contact.phone === null ? contact.email : formatPhone(contact.phone))
}

/** The name alone: what the record holds, else what the person calls themself on the channel. */
export function nameOf({ first_name, last_name, profile_name }: Named): string | null {
  return [first_name, last_name].filter((part) => part !== null && part !== '').join(' ') || profile_name || null
}
