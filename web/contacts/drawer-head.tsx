import { useLingui } from '@lingui/react/macro'
import { ArrowLeft, Ban, BellOff, Ellipsis, ExternalLink, Hash, Inbox, Merge, Pencil, RotateCcw, X } from 'lucide-react'
import { useNavigate } from '@tanstack/react-router'
import { lazy, useRef, useState } from 'react'
import type { ContactDetails } from '#contract/contacts.ts'
import { useCan, useWorkspace } from '../api/me.ts'
import { useCommands } from '../app/commands.ts'
import { useIsPhone } from '../app/use-narrow.ts'
import { BlockContact, useUnblocking } from '../blocking/shared.ts'
import { MergeWith } from '../merging/shared.ts'
import { NoteOptOut } from '../opt-outs/shared.ts'
import { Avatar } from '../ui/avatar.tsx'
import { ChannelGlyph } from '../ui/channel-glyph.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { LazyDialog } from '../ui/lazy-dialog.tsx'
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx'
import { toast } from '../ui/toast-store.ts'
import { BlockItem, DeleteItem, MergeItem, useBlockObstacle } from './act-items.tsx'
import css from './contact-drawer.module.css'
import { RenameForm } from './rename-form.tsx'

const DeleteContacts = lazy(() => import('../bulk/shared.ts').then((bulk) => ({ default: bulk.DeleteContacts })))

/** Who it is: picture, name (changed in place), number, what else can be done, and the way out. */
export function DrawerHead(props: { contact: ContactDetails; place: 'inbox' | 'contacts'; onClose: () => void }) {
  const { t } = useLingui()
  const { contact, place, onClose } = props
  const [isRenaming, setRenaming] = useState(false)
  const pencil = useRef<HTMLButtonElement>(null)
  const endRenaming = () => {
    setRenaming(false)
    requestAnimationFrame(() => pencil.current?.focus())
  }
  const isPhone = useIsPhone()
  const mayMergeAny = useCan('merges.any')
  const isBlocked = contact.blocked !== null
  const blockObstacle = useBlockObstacle(place)
  const [isMerging, setMerging] = useState(false)
  const [isBlocking, setBlocking] = useState(false)
  const unblocking = useUnblocking()
  const [isDeleting, setDeleting] = useState(false)
  const [isOptingOut, setOptingOut] = useState(false)
  useCommands([
    { id: 'rename', title: t`Edit name`, group: t`Contact`, keys: 'e', icon: Pencil, run: () => setRenaming(true) },
    ...(mayMergeAny && !isBlocked
      ? [
          {
            id: 'merge-with',
            title: t`Merge with…`,
            group: t`Contact`,
            keys: 'm',
            icon: Merge,
            run: () => setMerging(true),
          },
        ]
      : []),
    ...(blockObstacle === undefined && !isBlocked
      ? [{ id: 'block', title: t`Block contact…`, group: t`Contact`, icon: Ban, run: () => setBlocking(true) }]
      : []),
  ])
  const name = contact.displayName ?? t`Nameless contact`
  const kind = contact.channels[0]?.kind
  return (
    <header className={css.head}>
      {isPhone && <IconButton icon={ArrowLeft} label={t`Back`} onPress={onClose} flip />}
      <Avatar id={contact.id} name={contact.displayName} picture={contact.pictureUrl} size={52}>
        {kind !== undefined && <ChannelGlyph kind={kind} size={18} />}
      </Avatar>
      <div className={css.who}>
        {isRenaming ? (
          <>
            <h2 className="visually-hidden">{name}</h2>
            <RenameForm contact={contact} onDone={endRenaming} />
          </>
        ) : (
          <div className={css.name}>
            <h2 className="trunc" tabIndex={-1}>
              <bdi>{name}</bdi>
            </h2>
            <IconButton
              ref={pencil}
              size="sm"
              icon={Pencil}
              label={t`Edit name`}
              keys="e"
              onPress={() => setRenaming(true)}
            />
          </div>
        )}
        <div className={css.id}>
          <span className="num">ID {contact.id}</span>
          <CopyButton text={String(contact.id)} label={t`Copy ID`} />
        </div>
      </div>
      <MoreMenu
        contact={contact}
        place={place}
        onRename={() => setRenaming(true)}
        onMerge={() => setMerging(true)}
        onOptOut={() => setOptingOut(true)}
        onBlock={() => setBlocking(true)}
        onUnblock={() => contact.blocked !== null && unblocking.start(contact, contact.blocked)}
        onDelete={() => setDeleting(true)}
      />
      {!isPhone && <IconButton icon={X} label={t`Close details`} onPress={onClose} />}
      {isMerging && <MergeWith contactId={contact.id} place={place} onClose={() => setMerging(false)} />}
      {isBlocking && <BlockContact contact={contact} onClose={() => setBlocking(false)} />}
      {unblocking.dialog}
      {isOptingOut && <NoteOptOut contact={contact} channelId={null} onClose={() => setOptingOut(false)} />}
      {isDeleting && (
        <LazyDialog onClose={() => setDeleting(false)}>
          <DeleteContacts
            selection={{ kind: 'ids', ids: [contact.id] }}
            onClose={() => setDeleting(false)}
            onStarted={onClose}
          />
        </LazyDialog>
      )}
    </header>
  )
}

function MoreMenu(props: {
  contact: ContactDetails
  place: 'inbox' | 'contacts'
  onRename: () => void
  onMerge: () => void
  onOptOut: () => void
  onBlock: () => void
  onUnblock: () => void
  onDelete: () => void
}) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const workspace = useWorkspace().id
  const canBrowse = useCan('contacts.browse')
  const canUnblock = useCan('contacts.unblock')
  const { contact, place } = props
  const go = (to: '/w/$workspace/inbox/{-$contactId}' | '/w/$workspace/contacts/{-$contactId}') =>
    void navigate({ to, params: { workspace, contactId: contact.id } })
  return (
    <Menu label={t`More actions`} trigger={<IconButton icon={Ellipsis} label={t`More actions`} />}>
      <MenuItem icon={Pencil} keys="e" onAction={props.onRename}>{t`Edit name`}</MenuItem>
      <MergeItem isBlocked={contact.blocked !== null} keys="m" onMerge={props.onMerge} />
      {place === 'inbox' ? (
        <MenuItem
          icon={ExternalLink}
          onAction={() => go('/w/$workspace/contacts/{-$contactId}')}
          disabledReason={canBrowse ? undefined : t`Only owners and managers can open Contacts.`}
        >{t`See in Contacts`}</MenuItem>
      ) : (
        <MenuItem
          icon={Inbox}
          onAction={() => go('/w/$workspace/inbox/{-$contactId}')}
        >{t`Open conversation`}</MenuItem>
      )}
      <MenuItem
        icon={Hash}
        onAction={() => {
          void navigator.clipboard.writeText(location.href).then(() => toast(t`Copied`))
        }}
      >{t`Copy link`}</MenuItem>
      <MenuSeparator />
      <MenuItem icon={BellOff} onAction={props.onOptOut}>{t`Wants no messages…`}</MenuItem>
      {contact.blocked === null ? (
        <BlockItem place={place} onBlock={props.onBlock} />
      ) : (
        <MenuItem
          icon={RotateCcw}
          onAction={props.onUnblock}
          disabledReason={canUnblock ? undefined : t`Only owners and managers unblock contacts.`}
        >
          {t`Unblock contact`}
        </MenuItem>
      )}
      <DeleteItem place={place} onDelete={props.onDelete} />
    </Menu>
  )
}
