import { useLingui } from '@lingui/react/macro'
import { useId, useState, type KeyboardEvent, type RefObject } from 'react'
import { flushSync } from 'react-dom'
import type { Member } from '#contract/members.ts'
import { Avatar } from '../ui/avatar.tsx'
import css from './composer.module.css'
import { matchPeople, mentionAt, putMention } from './mentions.ts'

/** Calling a colleague in a note: what is offered while `@…` is being typed, and the keys that choose. */
export function useMentions(
  area: RefObject<HTMLTextAreaElement | null>,
  members: readonly Member[],
  isOn: boolean,
  type: (text: string) => void,
) {
  const id = useId()
  const [at, setAt] = useState<{ start: number; query: string } | null>(null)
  const [chosen, setChosen] = useState(0)
  const people = isOn && at ? matchPeople(members, at.query) : []
  const isOpen = people.length > 0

  const choose = (member: Member | undefined) => {
    const box = area.current
    if (!member || !at || !box) return
    const put = putMention(box.value, at, member.name)
    // at once, or what is typed next would land before the caret is where it belongs
    flushSync(() => {
      type(put.text)
      setAt(null)
    })
    box.focus()
    box.setSelectionRange(put.caret, put.caret)
  }
  return {
    id,
    people,
    chosen,
    choose,
    look: () => {
      const box = area.current
      const found = box && isOn ? mentionAt(box.value, box.selectionStart) : null
      setAt(found)
      if (found?.query !== at?.query) setChosen(0)
    },
    close: () => setAt(null),
    /** True when the key was for the list. */
    onKeyDown: (event: KeyboardEvent): boolean => {
      if (!isOpen) return false
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (step) setChosen((chosen + step + people.length) % people.length)
      else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab')
        choose(people[chosen])
      else if (event.key === 'Escape') setAt(null)
      else return false
      event.preventDefault()
      event.stopPropagation()
      return true
    },
    aria: isOpen
      ? ({
          'aria-controls': id,
          'aria-activedescendant': `${id}-${people[chosen]?.id}`,
          'aria-autocomplete': 'list',
        } as const)
      : {},
  }
}

export function MentionList({ mentions }: { mentions: ReturnType<typeof useMentions> }) {
  const { t } = useLingui()
  if (mentions.people.length === 0) return null
  return (
    <div role="listbox" id={mentions.id} aria-label={t`Mention`} className={css.mentions}>
      {mentions.people.map((member, index) => (
        <div
          key={member.id}
          id={`${mentions.id}-${member.id}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === mentions.chosen}
          // The field keeps the focus, or leaving it would close the list first.
          onPointerDown={(event) => {
            event.preventDefault()
            mentions.choose(member)
          }}
        >
          <Avatar id={member.id} name={member.name} size={22} />
          {member.name}
        </div>
      ))}
    </div>
  )
}
