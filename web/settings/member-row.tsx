import { useLingui } from '@lingui/react/macro'
import { MoreHorizontal, UserRoundCog, UserRoundX } from 'lucide-react'
import type { Member } from '#contract/members.ts'
import { useMe } from '../api/me.ts'
import { useRoleNames } from '../app/role-names.ts'
import { useFormats } from '../i18n/formats.ts'
import { Avatar } from '../ui/avatar.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { Pill } from '../ui/pill.tsx'
import { useRestrictionWords } from './access-words.ts'
import css from './settings.module.css'

/** One member: name, role, what narrows it, and what may be done with them; what may not says why. */
export function MemberRow(props: {
  member: Member
  team: string | undefined
  onEdit: () => void
  onRemove: () => void
}) {
  const { t } = useLingui()
  const { list } = useFormats()
  const { member, team } = props
  const { name } = member
  const me = useMe()
  const isMe = member.id === me.memberId
  const roleNames = useRoleNames()
  const words = useRestrictionWords()
  const limits = member.restrictions.map((restriction) => words[restriction].name)
  const more = [...(team ? [team] : []), ...(limits.length > 0 ? [list(limits)] : [])]
  const reason = member.manageable
    ? undefined
    : isMe
      ? t`Nobody changes their own access. Ask another owner.`
      : me.role === 'manager'
        ? t`Managers work with agents only. Ask an owner.`
        : t`Owners and managers change access.`
  return (
    <li className={css.row}>
      <Avatar id={member.id} name={member.name} />
      <div className={css.words}>
        <p className={css.name}>
          {member.name}
          {isMe && <Pill tone="info">{t`You`}</Pill>}
        </p>
        <p className={css.note}>{[member.email, ...more].join(' · ')}</p>
      </div>
      <div className={css.end}>
        <Pill>{roleNames[member.role]}</Pill>
        <Menu
          label={t`Actions for ${name}`}
          trigger={<IconButton icon={MoreHorizontal} label={t`Actions for ${name}`} />}
        >
          <MenuItem id="edit" icon={UserRoundCog} onAction={props.onEdit} disabledReason={reason}>
            {t`Edit access…`}
          </MenuItem>
          <MenuItem id="remove" icon={UserRoundX} danger onAction={props.onRemove} disabledReason={reason}>
            {t`Remove…`}
          </MenuItem>
        </Menu>
      </div>
    </li>
  )
}
