import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Check, Plus, Search } from 'lucide-react'
import { useState } from 'react'
import { Autocomplete, Input, ListBox, ListBoxItem, SearchField, type Key } from 'react-aria-components'
import type { ContactDetails } from '#contract/contacts.ts'
import { api } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { useFormats } from '../i18n/formats.ts'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/icon.tsx'
import listCss from '../ui/list-box.module.css'
import searchCss from '../ui/search-field.module.css'
import { findTags } from './find-tags.ts'
import { TagMark } from './tag-mark.tsx'
import css from './tags.module.css'
import { useTagging } from './use-tagging.ts'

const makeKey = 'make'

/** Search, check boxes, and the way to a tag that does not exist yet. Enter does what the marked line says. */
export default function TagPicker({ contact }: { contact: ContactDetails }) {
  const { t, i18n } = useLingui()
  const { compare, number } = useFormats()
  const [query, setQuery] = useState('')
  // what was there when the list opened stays on top: nothing moves under the pointer
  const [first] = useState(() => new Set(contact.tags.map(({ id }) => id)))
  const { data, error } = useQuery(api.tags.list.queryOptions({ refetchOnMount: 'always' }))
  const { putOn, takeOff, make } = useTagging(contact.id)
  const tags = data?.items ?? []
  const { found, hidden, make: newName } = findTags(tags, query, first, compare)
  const held = new Set(contact.tags.map(({ id }) => id))

  const choose = (keys: ReadonlySet<Key>) => {
    if (keys.has(makeKey) && newName !== null) {
      make(newName)
      setQuery('')
      return
    }
    for (const tag of found)
      if (keys.has(tag.id) && !held.has(tag.id)) putOn(tag)
      else if (!keys.has(tag.id) && held.has(tag.id)) takeOff(tag)
  }
  return (
    <div className={css.picker}>
      <Autocomplete inputValue={query} onInputChange={setQuery} filter={() => true}>
        <SearchField autoFocus aria-label={t`Search tags`} className={classes(searchCss.search, css.search)}>
          <Icon of={Search} size={14} />
          <Input className={searchCss.input ?? ''} placeholder={t`Search or create`} maxLength={100} />
        </SearchField>
        <ListBox
          aria-label={t`Tags`}
          selectionMode="multiple"
          // it closes the list; by itself it would first take every tag off
          escapeKeyBehavior="none"
          selectedKeys={[...held]}
          onSelectionChange={(keys) => keys !== 'all' && choose(keys)}
          className={classes(listCss.list, css.list)}
          renderEmptyState={() => (
            <p className={listCss.nothing}>
              {error !== null ? explain(error, i18n) : data === undefined ? t`Searching…` : t`No tags yet: write one.`}
            </p>
          )}
        >
          {found.map((tag) => (
            <ListBoxItem key={tag.id} id={tag.id} textValue={tag.name} className={classes(listCss.item, css.line)}>
              <span className={css.check}>
                <Check />
              </span>
              <span className={css.words}>
                <TagMark tag={tag} />
              </span>
              {tag.contacts !== null && (
                <span className={css.count}>
                  {tag.contacts >= 1000 ? `${number(tag.contacts)}+` : number(tag.contacts)}
                </span>
              )}
            </ListBoxItem>
          ))}
          {newName !== null && (
            <ListBoxItem
              key={makeKey}
              id={makeKey}
              textValue={t`Create tag “${newName}”`}
              className={classes(listCss.item, css.line, css.create)}
            >
              <Icon of={Plus} />
              <span className="trunc">
                <Trans>
                  Create tag <b>“{newName}”</b>
                </Trans>
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Autocomplete>
      <p className={css.advice}>
        {hidden > 0 ? (
          <Trans>{hidden} more: write to find them.</Trans>
        ) : (
          <Trans>Keep tags few and standard, so that segments stay meaningful.</Trans>
        )}
      </p>
    </div>
  )
}
