import { Plural, useLingui } from '@lingui/react/macro'
import { MoreHorizontal, Pencil, Trash2, Users } from 'lucide-react'
import type { Team } from '#contract/members.ts'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import css from './settings.module.css'

/** One team and how many are in it. */
export function TeamRow(props: { team: Team; reason: string | undefined; onEdit: () => void; onRemove: () => void }) {
  const { t } = useLingui()
  const { name, members } = props.team
  return (
    <li className={css.row}>
      <Icon of={Users} />
      <div className={css.words}>
        <p className={css.name}>{name}</p>
      </div>
      <div className={css.end}>
        <Plural value={members} one="# member" other="# members" />
        <Menu
          label={t`Actions for ${name}`}
          trigger={<IconButton icon={MoreHorizontal} label={t`Actions for ${name}`} />}
        >
          <MenuItem id="rename" icon={Pencil} onAction={props.onEdit} disabledReason={props.reason}>
            {t`Rename…`}
          </MenuItem>
          <MenuItem id="remove" icon={Trash2} danger onAction={props.onRemove} disabledReason={props.reason}>
            {t`Remove…`}
          </MenuItem>
        </Menu>
      </div>
    </li>
  )
}
