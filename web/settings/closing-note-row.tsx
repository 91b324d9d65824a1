import { useLingui } from '@lingui/react/macro'
import { CheckCheck, MoreHorizontal, Pencil, Trash2 } from 'lucide-react'
import type { ClosingNote } from '#contract/conversations.ts'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import css from './settings.module.css'

/** One category and what it is for. */
export function ClosingNoteRow(props: {
  note: ClosingNote
  reason: string | undefined
  onEdit: () => void
  onRemove: () => void
}) {
  const { t } = useLingui()
  const { category, description } = props.note
  return (
    <li className={css.row}>
      <Icon of={CheckCheck} />
      <div className={css.words}>
        <p className={css.name}>{category}</p>
        {description !== '' && <p className={css.note}>{description}</p>}
      </div>
      <div className={css.end}>
        <Menu
          label={t`Actions for ${category}`}
          trigger={<IconButton icon={MoreHorizontal} label={t`Actions for ${category}`} />}
        >
          <MenuItem id="edit" icon={Pencil} onAction={props.onEdit} disabledReason={props.reason}>
            {t`Edit…`}
          </MenuItem>
          <MenuItem id="remove" icon={Trash2} danger onAction={props.onRemove} disabledReason={props.reason}>
            {t`Remove`}
          </MenuItem>
        </Menu>
      </div>
    </li>
  )
}
