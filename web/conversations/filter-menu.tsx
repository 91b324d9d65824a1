import { useLingui } from '@lingui/react/macro'
import { ListFilter } from 'lucide-react'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu, MenuItem, MenuSection, MenuSeparator } from '../ui/menu.tsx'
import type { ConversationStatus } from '#contract/contacts.ts'
import css from './filter-menu.module.css'
import type { InboxAddress } from './use-inbox-address.ts'

/** Narrows the list: by state of the conversation, and to what is unread. A dot says that it is narrowed. */
export function FilterMenu({ address }: { address: InboxAddress }) {
  const { t } = useLingui()
  const isNarrowed = address.status !== 'open' || address.unreadOnly
  const names: Record<ConversationStatus, string> = {
    open: t({ message: 'Open', context: 'conversations' }),
    snoozed: t({ message: 'Snoozed', context: 'conversations' }),
    closed: t({ message: 'Closed', context: 'conversations' }),
  }
  const chosen = [names[address.status], ...(address.unreadOnly ? [t`Unread only`] : [])].join(', ')
  return (
    <Menu
      label={t`Filter`}
      trigger={
        <IconButton icon={ListFilter} label={isNarrowed ? t`Filter: ${chosen}` : t`Filter`}>
          {isNarrowed && <span className={css.dot} aria-hidden="true" />}
        </IconButton>
      }
    >
      <MenuSection
        title={t`State`}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[address.status]}
        onSelectionChange={(keys) => {
          const [status] = keys === 'all' ? [] : ([...keys] as ConversationStatus[])
          address.change({ status: status === 'open' ? undefined : status })
        }}
      >
        <MenuItem id="open">{names.open}</MenuItem>
        <MenuItem id="snoozed">{names.snoozed}</MenuItem>
        <MenuItem id="closed">{names.closed}</MenuItem>
      </MenuSection>
      <MenuSeparator />
      <MenuSection
        aria-label={t`Unread only`}
        selectionMode="multiple"
        selectedKeys={address.unreadOnly ? ['only'] : []}
        onSelectionChange={(keys) =>
          address.change({ unread: keys !== 'all' && keys.has('only') ? 'only' : undefined })
        }
      >
        <MenuItem id="only">{t`Unread only`}</MenuItem>
      </MenuSection>
    </Menu>
  )
}
