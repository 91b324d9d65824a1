import { Trans, useLingui } from '@lingui/react/macro'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { Autocomplete, Input, ListBox, ListBoxItem, SearchField } from 'react-aria-components'
import { useFoundContacts } from '../app/use-found-contacts.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import css from './merge-with-dialog.module.css'

/** Finds the contact to merge with; choosing one goes on to the comparison. */
export default function MergeWithDialog(props: {
  /** Who is in it already. */
  without: readonly number[]
  onPick: (contactId: number) => void
  onClose: () => void
}) {
  const { t } = useLingui()
  const { without, onPick, onClose } = props
  const [query, setQuery] = useState('')
  const { contacts, isSearching } = useFoundContacts(query)
  const found = contacts.filter(({ id }) => !without.includes(id))
  return (
    <Dialog isOpen onClose={onClose} title={<Trans>Merge with…</Trans>}>
      <Autocomplete inputValue={query} onInputChange={setQuery} filter={() => true}>
        <SearchField autoFocus aria-label={t`Search contacts`} className={css.search ?? ''}>
          <Icon of={Search} />
          <Input className={css.input ?? ''} placeholder={t`Name, phone or email`} />
        </SearchField>
        <ListBox
          aria-label={t`Contacts found`}
          selectionMode="none"
          className={css.list ?? ''}
          onAction={(key) => {
            onClose()
            onPick(Number(key))
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
        </ListBox>
      </Autocomplete>
    </Dialog>
  )
}
