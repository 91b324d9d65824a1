import { Trans, useLingui } from '@lingui/react/macro'
import { Plus, Tag as TagIcon, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { ContactDetails } from '#contract/contacts.ts'
import type { Tag } from '#contract/tags.ts'
import { useCommands } from '../app/commands.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { TagMark } from './tag-mark.tsx'
import { TagPopover } from './tag-popover.tsx'
import css from './tags.module.css'
import { useTagging } from './use-tagging.ts'

/** The tags of a contact, each with the way to take it off, and the way to more. */
export function TagSection({ contact }: { contact: ContactDetails }) {
  const { t } = useLingui()
  const [isOpen, setOpen] = useState(false)
  const plus = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLUListElement>(null)
  const { takeOff } = useTagging(contact.id)
  const open = () => {
    plus.current?.scrollIntoView({ block: 'nearest' })
    setOpen(true)
  }
  useCommands([{ id: 'tags', title: t`Add tag…`, group: t`Contact`, keys: 't', icon: TagIcon, run: open }])

  /** What is being taken off, and where: the focus goes to what takes its place, not to the top of the page. */
  const leaving = useRef<{ id: number; at: number } | null>(null)
  const { tags } = contact
  useEffect(() => {
    const gone = leaving.current
    if (gone === null || tags.some(({ id }) => id === gone.id)) return
    leaving.current = null
    const left = [...(list.current?.querySelectorAll('button') ?? [])]
    const next = left[Math.min(gone.at, left.length - 1)] ?? plus.current
    next?.focus()
  }, [tags])
  const remove = (tag: Tag, at: number) => {
    leaving.current = { id: tag.id, at }
    takeOff(tag)
  }
  return (
    <section aria-label={t`Tags`}>
      <header className={css.head}>
        <h3>
          <Trans>Tags</Trans>
        </h3>
        <IconButton
          ref={plus}
          icon={Plus}
          size="sm"
          label={t`Add tag`}
          keys="t"
          onPress={open}
          aria-haspopup="dialog"
        />
      </header>
      {tags.length > 0 && (
        <ul ref={list} className={css.tags}>
          {tags.map((tag, at) => (
            <Pill key={tag.id} tag={tag} onRemove={() => remove(tag, at)} />
          ))}
        </ul>
      )}
      <TagPopover contact={contact} anchor={plus} isOpen={isOpen} onOpenChange={setOpen} />
    </section>
  )
}

function Pill({ tag, onRemove }: { tag: Tag; onRemove: () => void }) {
  const { t } = useLingui()
  const { name } = tag
  return (
    <li className={css.pill}>
      <TagMark tag={tag} />
      <IconButton icon={X} size="sm" label={t`Remove tag ${name}`} className={css.off} onPress={onRemove} />
    </li>
  )
}
