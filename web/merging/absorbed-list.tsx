import { Trans, useLingui } from '@lingui/react/macro'
import { Undo2 } from 'lucide-react'
import { lazy, useState } from 'react'
import type { ContactDetails } from '#contract/contacts.ts'
import { useFormats } from '../i18n/formats.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { LazyDialog } from '../ui/lazy-dialog.tsx'
import css from './absorbed-list.module.css'

const UndoDialog = lazy(() => import('./undo-dialog.tsx'))

/** Who else this contact is, since when, and the way to part them again. */
export function AbsorbedList({ contact }: { contact: ContactDetails }) {
  const { t } = useLingui()
  const { date } = useFormats()
  const [undoing, setUndoing] = useState<number | null>(null)
  if (contact.absorbed.length === 0) return null
  return (
    <section className={css.section}>
      <h3>
        <Trans>Merged contacts</Trans>
      </h3>
      <ul>
        {contact.absorbed.map(({ contactId, displayName, mergeId, at }) => {
          const name = displayName ?? t`Nameless contact`
          const when = date(at)
          return (
            <li key={`${mergeId}-${contactId}`} className={css.line}>
              <Avatar id={contactId} name={displayName} size={28} />
              <div className={css.words}>
                <p className={css.name}>
                  <bdi>{name}</bdi>
                </p>
                <p className={css.note}>
                  <span className="num">ID {contactId}</span> · <Trans>since {when}</Trans>
                </p>
              </div>
              <Button size="sm" look="ghost" icon={Undo2} onPress={() => setUndoing(mergeId)}>
                <span>
                  <Trans>Undo merge</Trans>
                  <span className="visually-hidden"> {name}</span>
                </span>
              </Button>
            </li>
          )
        })}
      </ul>
      {undoing !== null && (
        <LazyDialog onClose={() => setUndoing(null)}>
          <UndoDialog mergeId={undoing} onClose={() => setUndoing(null)} />
        </LazyDialog>
      )}
    </section>
  )
}
