import { useLingui } from '@lingui/react/macro'
import { Ban, Merge, Trash2 } from 'lucide-react'
import { mayBlock } from '#contract/policy.ts'
import { useCan, useMe, useWorkspace } from '../api/me.ts'
import { MenuItem } from '../ui/menu.tsx'

/*
 * What menus of a contact have in common; each says why it cannot be chosen where it cannot.
 */
type Place = 'inbox' | 'contacts'

export function MergeItem(props: { isBlocked: boolean; keys?: string; onMerge: () => void }) {
  const { t } = useLingui()
  const mayMergeAny = useCan('merges.any')
  const { isBlocked, onMerge, ...rest } = props
  return (
    <MenuItem
      {...rest}
      icon={Merge}
      onAction={onMerge}
      disabledReason={
        !mayMergeAny
          ? t`Only owners and managers merge any two contacts.`
          : isBlocked
            ? t`Unblock the contact first.`
            : undefined
      }
    >{t`Merge with…`}</MenuItem>
  )
}

export function BlockItem({ place, onBlock }: { place: Place; onBlock: () => void }) {
  const { t } = useLingui()
  return (
    <MenuItem danger icon={Ban} onAction={onBlock} disabledReason={useBlockObstacle(place)}>
      {t`Block contact…`}
    </MenuItem>
  )
}

export function DeleteItem({ place, onDelete }: { place: Place; onDelete: () => void }) {
  const { t } = useLingui()
  const mayDelete = useCan('contacts.delete')
  return (
    <MenuItem
      icon={Trash2}
      danger
      onAction={onDelete}
      disabledReason={
        !mayDelete
          ? t`You may not delete contacts.`
          : place === 'inbox'
            ? t`Available in the Contacts module`
            : undefined
      }
    >{t`Delete contact…`}</MenuItem>
  )
}

/** Why the member cannot block a contact here; undefined where they can. */
export function useBlockObstacle(place: Place): string | undefined {
  const { t } = useLingui()
  const me = useMe()
  const { blockingInInbox } = useWorkspace()
  if (!mayBlock(me, blockingInInbox)) return t`Only owners and managers block contacts.`
  return place === 'inbox' && blockingInInbox === 'nobody' ? t`Available in the Contacts module` : undefined
}
