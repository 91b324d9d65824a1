import type { ContactDetails } from '#contract/contacts.ts'
import { BlockBanner } from './block-banner.tsx'
import css from './blocking.module.css'

/** Where one would write to a contact, while it is blocked. */
export function BlockedPlace({ contact }: { contact: ContactDetails }) {
  return (
    contact.blocked !== null && (
      <div className={css.place}>
        <BlockBanner contact={contact} block={contact.blocked} />
      </div>
    )
  )
}
