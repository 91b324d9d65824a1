import { Plural, useLingui } from '@lingui/react/macro'
import { lazy, useState } from 'react'
import { Merge } from 'lucide-react'
import type { ContactDetails } from '#contract/contacts.ts'
import { Button } from '../ui/button.tsx'
import { LazyDialog } from '../ui/lazy-dialog.tsx'
import css from './suggestion-card.module.css'

const SuggestionsDialog = lazy(() => import('./suggestions-dialog.tsx'))

/** How many more contacts could be this one, without a call for attention; pressing it lists them. */
export function PossibleLine({ contact, place }: { contact: ContactDetails; place: 'inbox' | 'contacts' }) {
  const { t } = useLingui()
  const [isOpen, setOpen] = useState(false)
  const count = contact.possibleSuggestions
  if (count === 0) return null
  return (
    <>
      <Button size="sm" look="ghost" icon={Merge} className={css.possible} onPress={() => setOpen(true)}>
        <span>
          <Plural value={count} one="# possible duplicate" other="# possible duplicates" />
          <span className="visually-hidden">: {t`show`}</span>
        </span>
      </Button>
      {isOpen && (
        <LazyDialog onClose={() => setOpen(false)}>
          <SuggestionsDialog contactId={contact.id} place={place} onClose={() => setOpen(false)} />
        </LazyDialog>
      )}
    </>
  )
}
