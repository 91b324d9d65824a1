import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { ContactRound, ExternalLink, Inbox, MessageSquarePlus, Tag, UserRoundPlus } from 'lucide-react'
import { useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import type { ContactRow } from '#contract/contacts.ts'
import { api } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { useWorkspace } from '../api/me.ts'
import { MemberItems } from '../app/member-items.tsx'
import { BlockContact } from '../blocking/shared.ts'
import { DeleteContacts } from '../bulk/shared.ts'
import { MergeWith } from '../merging/shared.ts'
import { TagPopover } from '../tags/shared.ts'
import { MenuAt } from '../ui/menu-at.tsx'
import { MenuItem, MenuSeparator } from '../ui/menu.tsx'
import { toastError } from '../ui/toast-store.ts'
import { BlockItem, DeleteItem, MergeItem } from './act-items.tsx'
import { contactQuery, showSaved } from './contact-query.ts'

/** Where in the window a menu was asked for (px). */
export interface Spot {
  readonly x: number
  readonly y: number
}

/** What can be done with one contact of the list, where somebody asked for it; and what the acts ask in their turn. */
export default function RowMenu(props: {
  row: ContactRow
  at: Spot
  onOpen: (id: number) => void
  onClose: () => void
}) {
  const { t, i18n } = useLingui()
  const { row, at, onOpen, onClose } = props
  const navigate = useNavigate()
  const router = useRouter()
  const workspace = useWorkspace().id
  const anchor = useRef<HTMLSpanElement>(null)
  const [step, setStep] = useState<'menu' | 'assign' | 'tags' | 'merge' | 'block' | 'delete'>('menu')
  const { data: contact } = useQuery({ ...contactQuery(row.id), enabled: step === 'tags' })
  const assign = useMutation(
    api.conversations.assign.mutationOptions({
      onSuccess: (fresh) => showSaved(row.id, fresh),
      onError: (error) => toastError(explain(error, i18n)),
    }),
  )
  const name = row.displayName ?? t`Nameless contact`
  const address = { params: { workspace, contactId: row.id } }
  const inNewTab = () => {
    const { href } = router.buildLocation({ to: '/w/$workspace/contacts/{-$contactId}', ...address })
    window.open(href, '_blank', 'noopener')
    onClose()
  }
  return (
    <>
      {createPortal(
        <span ref={anchor} aria-hidden="true" style={{ position: 'fixed', left: at.x, top: at.y }} />,
        document.body,
      )}
      <MenuAt label={t`Actions for ${name}`} anchor={anchor} isOpen={step === 'menu'} onDismiss={onClose}>
        <MenuItem
          icon={ContactRound}
          keys="enter"
          onAction={() => {
            onClose()
            onOpen(row.id)
          }}
        >{t`Open record`}</MenuItem>
        <MenuItem icon={ExternalLink} onAction={inNewTab}>{t`Open in a new tab`}</MenuItem>
        <MenuItem
          icon={row.status === null ? MessageSquarePlus : Inbox}
          onAction={() => void navigate({ to: '/w/$workspace/inbox/{-$contactId}', ...address })}
        >
          {row.status === null ? t`New conversation` : t`Open conversation`}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={UserRoundPlus} onAction={() => setStep('assign')}>{t`Assign…`}</MenuItem>
        <MenuItem icon={Tag} onAction={() => setStep('tags')}>{t`Tags…`}</MenuItem>
        <MergeItem isBlocked={false} onMerge={() => setStep('merge')} />
        <MenuSeparator />
        <BlockItem place="contacts" onBlock={() => setStep('block')} />
        <DeleteItem place="contacts" onDelete={() => setStep('delete')} />
      </MenuAt>
      <MenuAt label={t`Assign to`} anchor={anchor} isOpen={step === 'assign'} onDismiss={onClose}>
        <MemberItems
          assigneeId={row.assignee?.memberId ?? null}
          onPick={(memberId) => {
            onClose()
            if (memberId !== (row.assignee?.memberId ?? null))
              assign.mutate({ contactId: row.id, memberId, replaces: row.assignee?.memberId ?? null })
          }}
        />
      </MenuAt>
      <TagPopover
        contact={contact}
        anchor={anchor}
        placement="bottom start"
        isOpen={step === 'tags'}
        onOpenChange={onClose}
      />
      {step === 'merge' && <MergeWith contactId={row.id} place="contacts" onClose={onClose} />}
      {step === 'block' && <BlockContact contact={row} onClose={onClose} />}
      {step === 'delete' && (
        <DeleteContacts selection={{ kind: 'ids', ids: [row.id] }} onClose={onClose} onStarted={onClose} />
      )}
    </>
  )
}
