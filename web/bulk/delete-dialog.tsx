import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Clock, MessageSquare, Users } from 'lucide-react'
import { useRef, useState } from 'react'
import type { Selection } from '#contract/filter.ts'
import { api } from '../api/client.ts'
import { explain, fieldProblems, reasonOf, staleFields } from '../api/explain.ts'
import { useWorkspace } from '../api/me.ts'
import { queryClient } from '../api/query-client.ts'
import { useFormats } from '../i18n/formats.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { CountField } from '../ui/count-field.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import { readCount } from '../ui/read-count.ts'
import { Spinner } from '../ui/spinner.tsx'
import css from './delete-dialog.module.css'
import { followJob } from './followed-jobs.ts'

const formId = 'delete-contacts'
/** Counts of what goes with the contacts end here. */
const countedTo = 10_000

/** Says what deleting takes away, and asks for the number of contacts before it begins. */
export default function DeleteDialog(props: {
  selection: Selection
  onClose: () => void
  /** It has begun. */
  onStarted: () => void
}) {
  const { t, i18n } = useLingui()
  const { number } = useFormats()
  const { selection, onClose } = props
  const workspace = useWorkspace().id
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const previewing = api.deletion.preview.queryOptions({
    input: { selection },
    refetchOnMount: 'always',
    gcTime: 0,
    staleTime: Infinity,
  })
  const preview = useQuery(previewing)
  const found = preview.isFetchedAfterMount ? preview.data : undefined
  const contacts = found?.contacts
  const start = useMutation(
    api.deletion.start.mutationOptions({
      onSuccess: ({ id }) => {
        followJob(workspace, id)
        void queryClient.invalidateQueries({ queryKey: api.bulk.key() })
        props.onStarted()
      },
      onError: (error) => {
        if (staleFields(error).length > 0) void preview.refetch()
      },
    }),
  )
  const isMeant = contacts !== undefined && contacts > 0 && readCount(typed) === contacts
  const submit = () => {
    if (contacts === undefined || start.isPending) return
    if (!isMeant) return input.current?.focus()
    const onError = (error: unknown) => {
      if (staleFields(error).length === 0) return
      setTyped('')
      input.current?.focus()
    }
    start.mutate({ selection, contacts }, { onError })
  }
  const problem = start.error ?? preview.error
  const shown = number(contacts ?? 0)
  return (
    <Dialog
      role="alertdialog"
      isOpen
      onClose={onClose}
      title={
        contacts === undefined ? (
          <Trans>Delete contacts</Trans>
        ) : (
          <Plural value={contacts} one={`Delete ${shown} contact`} other={`Delete ${shown} contacts`} />
        )
      }
      actions={
        <>
          <Button size="lg" onPress={onClose}>{t`Cancel`}</Button>
          <Button
            size="lg"
            look="danger"
            type="submit"
            form={formId}
            isPending={start.isPending}
            disabledReason={contacts === 0 ? t`There is nobody to delete.` : undefined}
          >
            {contacts === undefined ? (
              <Trans>Delete contacts</Trans>
            ) : (
              <Plural value={contacts} one={`Delete ${shown} contact`} other={`Delete ${shown} contacts`} />
            )}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        {problem !== null && (
          <Banner tone="danger" live>
            {staleFields(problem).length > 0
              ? t`The number of contacts has changed meanwhile. Look again.`
              : reasonOf(problem) === 'too-many'
                ? t`Many tasks are running already. Wait for some of them to end.`
                : fieldProblems(problem)[0]?.reason === 'absorbed'
                  ? t`One of them has become part of another contact. Select again.`
                  : explain(problem, i18n)}
          </Banner>
        )}
        {found === undefined ? (
          preview.error === null && <Spinner />
        ) : found.contacts === 0 ? (
          <p>
            <Trans>These contacts no longer exist.</Trans>
          </p>
        ) : (
          <>
            <p className={css.warning}>
              <Trans>This can't be undone. It deletes for good:</Trans>
            </p>
            <ul className={css.goes}>
              <li>
                <Icon of={Users} />
                <span>
                  <Plural
                    value={found.contacts}
                    one={`${shown} contact with its fields, tags and channels.`}
                    other={`${shown} contacts with their fields, tags and channels.`}
                  />
                  {found.absorbed > 0 && (
                    <>
                      {' '}
                      <Absorbed count={found.absorbed} />
                    </>
                  )}
                </span>
              </li>
              <li>
                <Icon of={MessageSquare} />
                <History conversations={found.conversations} open={found.openConversations} />
              </li>
            </ul>
            <CountField count={found.contacts} value={typed} onChange={setTyped} inputRef={input} />
            <p className={css.background}>
              <Icon of={Clock} />
              <Trans>Deleted in batches in the background; you can keep working.</Trans>
            </p>
          </>
        )}
      </form>
    </Dialog>
  )
}

function Absorbed({ count }: { count: number }) {
  const { number } = useFormats()
  const shown = count >= countedTo ? `${number(countedTo)}+` : number(count)
  return (
    <Plural
      value={count}
      one={`With ${shown} that was merged into them.`}
      other={`With ${shown} that were merged into them.`}
    />
  )
}

function History({ conversations, open }: { conversations: number; open: number }) {
  const { number } = useFormats()
  const shown = conversations >= countedTo ? `${number(countedTo)}+` : number(conversations)
  const openShown = open >= countedTo ? `${number(countedTo)}+` : number(open)
  if (conversations === 0)
    return (
      <span>
        <Trans>Their history. There have been no conversations.</Trans>
      </span>
    )
  return (
    <span>
      <Plural
        value={conversations}
        one={`Their history: ${shown} conversation, with its messages and files.`}
        other={`Their history: ${shown} conversations, with their messages and files.`}
      />
      {open > 0 && (
        <>
          {' '}
          <Plural value={open} one={`${openShown} is open now.`} other={`${openShown} are open now.`} />
        </>
      )}
    </span>
  )
}
