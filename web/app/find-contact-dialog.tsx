import { useLingui } from '@lingui/react/macro'
import { MessageSquarePlus, Search } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Autocomplete, Input, ListBox, ListBoxItem, SearchField } from 'react-aria-components'
import { Avatar } from '../ui/avatar.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import css from './find-contact-dialog.module.css'
import { useFoundContacts } from './use-found-contacts.ts'

const other = 'other'

/** Finds a contact by name, phone or e-mail; the first answer is chosen by Enter. */
export default function FindContactDialog(props: {
  title: ReactNode
  /** Who is not to be found. */
  without?: readonly number[]
  onPick: (contactId: number) => void
  onClose: () => void
  /** What else may be done with what is typed, as a last line; null when nothing. */
  offer?: (query: string) => { words: string; run: () => void } | null
  /** Under the field: what went wrong. */
  note?: ReactNode
}) {
  const { t } = useLingui()
  const { without = [], onPick, onClose } = props
  const [query, setQuery] = useState('')
  const { contacts, isSearching } = useFoundContacts(query)
  const found = contacts.filter(({ id }) => !without.includes(id))
  const offered = props.offer?.(query.trim()) ?? null
  return (
    <Dialog isOpen onClose={onClose} title={props.title}>
      <Autocomplete inputValue={query} onInputChange={setQuery} filter={() => true}>
        <SearchField autoFocus aria-label={t`Search contacts`} className={css.search ?? ''}>
          <Icon of={Search} />
          <Input className={css.input ?? ''} placeholder={t`Name, phone or email`} />
        </SearchField>
        {props.note}
        <ListBox
          aria-label={t`Contacts found`}
          selectionMode="none"
          className={css.list ?? ''}
          onAction={(key) => {
            if (key === other) offered?.run()
            else {
              onClose()
              onPick(Number(key))
            }
          }}
          renderEmptyState={() => (
            <p className={css.nothing} role="status">
              {query.trim().length < 2
                ? t`Write at least two letters or digits.`
                : isSearching
                  ? t`Searching…`
                  : t`Nothing for “${query}”`}
            </p>
          )}
        >
          {found.map(({ id, name, picture, note }) => (
            <ListBoxItem key={id} id={id} textValue={name} className={css.item ?? ''}>
              <Avatar id={id} name={name} picture={picture} size={28} />
              <span className={css.words}>
                <bdi className="trunc">{name}</bdi>
                <small className={css.note}>
                  <span className="num">ID {id}</span>
                  {note !== null && (
                    <>
                      {' · '}
                      <bdi>{note}</bdi>
                    </>
                  )}
                </small>
              </span>
            </ListBoxItem>
          ))}
          {offered !== null && (
            <ListBoxItem key={other} id={other} textValue={offered.words} className={css.item ?? ''}>
              <span className={css.mark}>
                <Icon of={MessageSquarePlus} />
              </span>
              <span className={css.words}>{offered.words}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Autocomplete>
    </Dialog>
  )
}
