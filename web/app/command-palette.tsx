import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { useState } from 'react'
import {
  Autocomplete,
  Button,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
} from 'react-aria-components'
import { useWorkspace } from '../api/me.ts'
import { useFormats } from '../i18n/formats.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Icon } from '../ui/icon.tsx'
import { Kbd } from '../ui/kbd.tsx'
import css from './command-palette.module.css'
import { useAllCommands } from './commands.ts'
import { findCommands } from './find-commands.ts'
import { useFoundContacts } from './use-found-contacts.ts'

/** ⌘K: people and commands, found by typing. The page stays visible under it; it appears without motion. */
export default function CommandPalette({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const { tag } = useFormats()
  const navigate = useNavigate()
  const workspace = useWorkspace().id
  const [query, setQuery] = useState('')
  const { contacts, isSearching } = useFoundContacts(query)
  const groups = findCommands(useAllCommands(), query, tag)

  const openContact = (contactId: number) => {
    onClose()
    void navigate({
      to: '/w/$workspace/inbox/{-$contactId}',
      params: { workspace, contactId },
      search: { view: 'all', drawer: 'open' },
    })
  }

  return (
    <ModalOverlay isOpen isDismissable onOpenChange={onClose} className={css.scrim ?? ''}>
      <Modal className={css.modal ?? ''}>
        <Dialog aria-label={t`Search and commands`} className={css.dialog ?? ''}>
          <Autocomplete inputValue={query} onInputChange={setQuery}>
            <SearchField autoFocus aria-label={t`Search people and commands`} className={css.query ?? ''}>
              <Icon of={Search} />
              <Input className={css.input ?? ''} placeholder={t`Search people and commands`} />
              <Button slot={null} className={css.cancel ?? ''} onPress={onClose}>
                {t`Cancel`}
              </Button>
            </SearchField>
            <Menu
              aria-label={t`Results`}
              className={css.list ?? ''}
              renderEmptyState={() => (
                <div className={css.nothing}>{isSearching ? t`Searching…` : t`Nothing for “${query}”`}</div>
              )}
            >
              {contacts.length > 0 && (
                <MenuSection id="people">
                  <Header className={css.heading ?? ''}>{t`Contacts`}</Header>
                  {contacts.map((contact) => (
                    <MenuItem
                      key={contact.id}
                      id={`contact-${contact.id}`}
                      textValue={contact.name}
                      className={css.item ?? ''}
                      onAction={() => openContact(contact.id)}
                    >
                      <Avatar id={contact.id} name={contact.name} picture={contact.picture} size={22} />
                      <span className="trunc">{contact.name}</span>
                      <span className={css.words}>
                        {contact.note && <bdi className={css.note}>{contact.note}</bdi>}
                      </span>
                    </MenuItem>
                  ))}
                </MenuSection>
              )}
              {groups.map((group) => (
                <MenuSection key={group.title} id={group.title}>
                  <Header className={css.heading ?? ''}>{group.title}</Header>
                  {group.commands.map((command) => (
                    <MenuItem
                      key={command.id}
                      id={command.id}
                      textValue={command.title}
                      className={css.item ?? ''}
                      onAction={() => {
                        onClose()
                        command.run()
                      }}
                    >
                      {command.icon && <Icon of={command.icon} />}
                      <span className={css.words}>{command.title}</span>
                      {command.keys && <Kbd keys={command.keys} />}
                    </MenuItem>
                  ))}
                </MenuSection>
              ))}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
