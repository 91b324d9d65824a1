import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { TagRow } from '#contract/tags.ts'
import { api } from '../api/client.ts'
import { staleFields } from '../api/explain.ts'
import { queryClient } from '../api/query-client.ts'
import { explainTags } from '../tags/shared.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { toast } from '../ui/toast-store.ts'
import { CountField } from './count-field.tsx'
import { readCount } from './read-count.ts'
import css from './settings.module.css'

const formId = 'remove-tag'

/** Asks for the number of contacts that lose the tag before it goes for good. */
export function RemoveTagDialog({ tag, onClose }: { tag: TagRow; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const { id: tagId, name } = tag
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const counting = api.tags.count.queryOptions({ input: { tagId }, refetchOnMount: 'always', gcTime: 0 })
  const counted = useQuery(counting)
  const contacts = counted.isFetchedAfterMount ? counted.data?.contacts : undefined
  const remove = useMutation(
    api.tags.remove.mutationOptions({
      onSuccess: () => {
        for (const key of [api.tags.list.key(), api.contacts.get.key(), api.contacts.list.key()])
          void queryClient.invalidateQueries({ queryKey: key })
        toast(t`Tag “${name}” deleted`, { tone: 'ok' })
        onClose()
      },
    }),
  )
  const isMeant = contacts === 0 || (contacts !== undefined && readCount(typed) === contacts)
  const submit = () => {
    if (contacts === undefined || remove.isPending) return
    if (!isMeant) return input.current?.focus()
    remove.mutate(
      { tagId, contacts },
      {
        onError: (error) => {
          const current = staleFields(error)[0]?.current
          if (typeof current !== 'number') return
          queryClient.setQueryData(counting.queryKey, { contacts: current })
          setTyped('')
          input.current?.focus()
        },
      },
    )
  }
  const problem = remove.error ?? counted.error
  const isOutdated = staleFields(remove.error).length > 0
  return (
    <Dialog
      role="alertdialog"
      isOpen
      onClose={onClose}
      title={<Trans>Delete the tag “{name}”</Trans>}
      actions={
        <>
          <Button size="lg" onPress={onClose}>{t`Cancel`}</Button>
          <Button size="lg" look="danger" type="submit" form={formId} isPending={remove.isPending}>
            {t`Delete the tag`}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className={css.fields}
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        {problem !== null && (
          <Banner tone="danger" live>
            {isOutdated ? t`The number of contacts has changed meanwhile. Look again.` : explainTags(problem, i18n)}
          </Banner>
        )}
        {contacts === undefined ? (
          counted.error === null && <Spinner />
        ) : contacts === 0 ? (
          <p>
            <Trans>Nobody has it. This can't be undone.</Trans>
          </p>
        ) : (
          <>
            <p>
              <Plural
                value={contacts}
                one="# contact loses the tag. This can't be undone."
                other="# contacts lose the tag. This can't be undone."
              />
            </p>
            <CountField count={contacts} value={typed} onChange={setTyped} inputRef={input} />
          </>
        )}
      </form>
    </Dialog>
  )
}
