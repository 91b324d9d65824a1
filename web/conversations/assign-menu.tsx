import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { UserRound, UserRoundPlus } from 'lucide-react'
import { useState } from 'react'
import type { ContactDetails } from '#contract/contacts.ts'
import { api } from '../api/client.ts'
import { staleFields } from '../api/explain.ts'
import { useMe } from '../api/me.ts'
import { queryClient } from '../api/query-client.ts'
import { useCommands } from '../app/commands.ts'
import { useFormats } from '../i18n/formats.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Menu, MenuItem, MenuSection } from '../ui/menu.tsx'
import { toastError } from '../ui/toast-store.ts'
import { contactQuery } from './conversation-queries.ts'
import { refusalWords } from './refusal-words.ts'
import css from './thread-pane.module.css'
import { refreshConversation } from './use-reopen.ts'

/** Who looks after the conversation, and the way to hand it over. */
export function AssignMenu({ contact }: { contact: ContactDetails }) {
  const { t } = useLingui()
  const { compare } = useFormats()
  const me = useMe()
  const [isOpen, setOpen] = useState(false)
  const members = useQuery(api.members.list.queryOptions()).data?.items ?? []
  const assign = useAssign(contact)
  const assigneeId = contact.assignee?.memberId ?? null
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
  const colleagues = members
    .filter((member) => member.id !== me.memberId)
    .toSorted((one, other) => compare(one.name, other.name))
  const name = contact.assignee?.name
  const first = assigneeId === me.memberId ? t`You` : name?.split(' ')[0]
  return (
    <Menu
      label={t`Assign to`}
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button look="ghost" className={css.assign} aria-label={name ? t`Assigned to ${name}` : t`Unassigned: assign`}>
          {contact.assignee ? (
            <Avatar id={contact.assignee.memberId} name={name} size={22} />
          ) : (
            <Icon of={UserRoundPlus} />
          )}
          <span className={css.words}>{first ?? t({ message: 'Unassigned', context: 'contact' })}</span>
        </Button>
      }
    >
      <MenuSection
        aria-label={t`Assign to`}
        selectionMode="single"
        selectedKeys={assigneeId === null ? ['nobody'] : [assigneeId]}
        onSelectionChange={() => {}}
      >
        <MenuItem
          id={me.memberId}
          textValue={me.name}
          before={<Avatar id={me.memberId} name={me.name} size={22} />}
          note={t`You`}
          onAction={() => assign(me.memberId, me.name)}
        >
          {me.name}
        </MenuItem>
        {colleagues.map((member) => (
          <MenuItem
            key={member.id}
            id={member.id}
            textValue={member.name}
            before={<Avatar id={member.id} name={member.name} size={22} />}
            onAction={() => assign(member.id, member.name)}
          >
            {member.name}
          </MenuItem>
        ))}
        <MenuItem id="nobody" icon={UserRound} onAction={() => assign(null, '')}>{t`Nobody`}</MenuItem>
      </MenuSection>
    </Menu>
  )
}

/** Shows the new name at once; where somebody else was faster, theirs stays and a notice says so. */
function useAssign(contact: ContactDetails) {
  const { t, i18n } = useLingui()
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
        toastError(who ? t`${who} has changed who looks after it. Look again.` : refusalWords(error, i18n))
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
