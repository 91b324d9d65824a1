import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { UserRoundPlus } from 'lucide-react'
import { useState } from 'react'
import type { ContactDetails } from '#contract/contacts.ts'
import { api } from '../api/client.ts'
import { staleFields } from '../api/explain.ts'
import { useMe } from '../api/me.ts'
import { queryClient } from '../api/query-client.ts'
import { useCommands } from '../app/commands.ts'
import { MemberItems } from '../app/member-items.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { toastError } from '../ui/toast-store.ts'
import { contactQuery } from './conversation-queries.ts'
import { tellRefusal } from './refusal.tsx'
import css from './thread-pane.module.css'
import { refreshConversation } from './use-reopen.ts'

/** Who looks after the conversation, and the way to hand it over. */
export function AssignMenu({ contact }: { contact: ContactDetails }) {
  const { t } = useLingui()
  const me = useMe()
  const [isOpen, setOpen] = useState(false)
  const assign = useAssign(contact)
  useCommands([
    {
      id: 'assign',
      title: t`Assign…`,
      group: t`Conversation`,
      keys: 'a',
      icon: UserRoundPlus,
      run: () => setOpen(true),
    },
  ])
  const name = contact.assignee?.name
  const isMine = contact.assignee?.memberId === me.memberId
  const first = isMine ? t`You` : name?.split(' ')[0]
  return (
    <Menu
      label={t`Assign to`}
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button look="ghost" className={css.assign}>
          <span className="visually-hidden">
            {isMine ? t`Assigned to you` : name ? t`Assigned to ${name}` : t`Unassigned: assign`}
          </span>
          {contact.assignee ? (
            <Avatar id={contact.assignee.memberId} name={name} size={22} />
          ) : (
            <Icon of={UserRoundPlus} />
          )}
          <span className={css.words} aria-hidden="true">
            {first ?? t({ message: 'Unassigned', context: 'contact' })}
          </span>
        </Button>
      }
    >
      <MemberItems assigneeId={contact.assignee?.memberId ?? null} onPick={assign} />
    </Menu>
  )
}

/** Shows the new name at once; where somebody else was faster, theirs stays and a notice says so. */
function useAssign(contact: ContactDetails) {
  const { t } = useLingui()
  const { queryKey } = contactQuery(contact.id)
  const assign = useMutation(
    api.conversations.assign.mutationOptions({
      onSuccess: (fresh) => {
        queryClient.setQueryData(queryKey, fresh)
        return refreshConversation(contact.id)
      },
      onError: (error) => {
        queryClient.setQueryData(queryKey, contact)
        const [stale] = staleFields(error)
        const who = stale?.by
        if (who) toastError(t`${who} has changed who looks after it. Look again.`)
        else void tellRefusal(error)
        return refreshConversation(contact.id)
      },
    }),
  )
  return (memberId: number | null, name: string) => {
    const replaces = contact.assignee?.memberId ?? null
    if (memberId === replaces) return
    queryClient.setQueryData(queryKey, { ...contact, assignee: memberId === null ? null : { memberId, name } })
    assign.mutate({ contactId: contact.id, memberId, replaces })
  }
}
