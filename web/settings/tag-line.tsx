import { Plural, useLingui } from '@lingui/react/macro'
import { Merge, MoreHorizontal, Pencil, Trash2 } from 'lucide-react'
import type { TagRow } from '#contract/tags.ts'
import { useFormats } from '../i18n/formats.ts'
import { TagMark } from '../tags/shared.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import css from './settings.module.css'

/** A tag, what it is for, and how many contacts hold it. */
export function TagLine(props: {
  tag: TagRow
  /** There is no other one to merge it into. */
  isAlone: boolean
  reason: string | undefined
  onAct: (act: 'edit' | 'merge' | 'remove') => void
}) {
  const { t } = useLingui()
  const { number } = useFormats()
  const { tag, isAlone, reason, onAct } = props
  const { name, description, contacts } = tag
  const many = number(contacts ?? 0)
  return (
    <li className={css.row}>
      <div className={css.words}>
        <p className={css.name}>
          <TagMark tag={tag} />
        </p>
        {description !== '' && <p className={css.note}>{description}</p>}
      </div>
      <div className={css.end}>
        {contacts !== null && (
          <span className="num">
            {contacts >= 1000 ? (
              t`${many} contacts or more`
            ) : (
              <Plural value={contacts} _0="Nobody has it" one="# contact" other="# contacts" />
            )}
          </span>
        )}
        <Menu
          label={t`Actions for ${name}`}
          trigger={<IconButton icon={MoreHorizontal} label={t`Actions for ${name}`} />}
        >
          <MenuItem id="edit" icon={Pencil} onAction={() => onAct('edit')} disabledReason={reason}>
            {t`Edit…`}
          </MenuItem>
          <MenuItem
            id="merge"
            icon={Merge}
            onAction={() => onAct('merge')}
            disabledReason={reason ?? (isAlone ? t`There is no other tag.` : undefined)}
          >
            {t`Merge into…`}
          </MenuItem>
          <MenuItem id="remove" icon={Trash2} danger onAction={() => onAct('remove')} disabledReason={reason}>
            {t`Delete…`}
          </MenuItem>
        </Menu>
      </div>
    </li>
  )
}
