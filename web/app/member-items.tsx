import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { UserRound } from 'lucide-react'
import { api } from '../api/client.ts'
import { useMe } from '../api/me.ts'
import { useFormats } from '../i18n/formats.ts'
import { Avatar } from '../ui/avatar.tsx'
import { MenuItem, MenuSection } from '../ui/menu.tsx'

/** In a menu: everybody a contact can be given to, oneself first, and nobody. */
export function MemberItems(props: {
  assigneeId: number | null
  onPick: (memberId: number | null, name: string) => void
}) {
  const { t } = useLingui()
  const { compare } = useFormats()
  const me = useMe()
  const { assigneeId, onPick } = props
  const members = useQuery(api.members.list.queryOptions()).data?.items ?? []
  const colleagues = members
    .filter((member) => member.id !== me.memberId)
    .toSorted((one, other) => compare(one.name, other.name))
  return (
    <MenuSection
      aria-label={t`Assign to`}
      selectionMode="single"
      selectedKeys={assigneeId === null ? ['nobody'] : [assigneeId]}
      onSelectionChange={() => {}}
    >
      {[{ id: me.memberId, name: me.name }, ...colleagues].map(({ id, name }) => (
        <MenuItem
          key={id}
          id={id}
          textValue={name}
          before={<Avatar id={id} name={name} size={22} />}
          note={id === me.memberId && t`You`}
          onAction={() => onPick(id, name)}
        >
          {name}
        </MenuItem>
      ))}
      <MenuItem id="nobody" icon={UserRound} onAction={() => onPick(null, '')}>{t`Nobody`}</MenuItem>
    </MenuSection>
  )
}
