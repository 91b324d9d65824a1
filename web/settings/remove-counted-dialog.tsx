import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, type UseQueryOptions } from '@tanstack/react-query'
import { useRef, useState, type ReactNode } from 'react'
import { staleFields } from '../api/explain.ts'
import { queryClient } from '../api/query-client.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { CountField } from '../ui/count-field.tsx'
import { readCount } from '../ui/read-count.ts'
import css from './settings.module.css'

const formId = 'remove-counted'

/** Asks for the number of contacts that lose something before it goes for good. */
export function RemoveCountedDialog(props: {
  title: ReactNode
  confirm: string
  /** Asks how many there are, anew each time. */
  counting: UseQueryOptions<{ contacts: number }>
  /** Nobody has it. */
  nobody: ReactNode
  losing: (contacts: number) => string
  /** Refused (STALE) where there are no longer so many. */
  remove: (contacts: number) => Promise<unknown>
  explain: (error: unknown) => string
  onDone: () => void
  onClose: () => void
}) {
  const { t } = useLingui()
  const { title, confirm, counting, nobody, losing, explain, onDone, onClose } = props
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const counted = useQuery({ ...counting, refetchOnMount: 'always', gcTime: 0 })
  const contacts = counted.isFetchedAfterMount ? counted.data?.contacts : undefined
  const remove = useMutation({
    mutationFn: props.remove,
    onSuccess: () => {
      onDone()
      onClose()
    },
    onError: (error) => {
      const current = staleFields(error)[0]?.current
      if (typeof current !== 'number') return
      queryClient.setQueryData(counting.queryKey, { contacts: current })
      setTyped('')
      input.current?.focus()
    },
  })
  const isMeant = contacts === 0 || (contacts !== undefined && readCount(typed) === contacts)
  const submit = () => {
    if (contacts === undefined || remove.isPending) return
    if (!isMeant) return input.current?.focus()
    remove.mutate(contacts)
  }
  const problem = remove.error ?? counted.error
  const isOutdated = staleFields(remove.error).length > 0
  return (
    <Dialog
      role="alertdialog"
      isOpen
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button size="lg" onPress={onClose}>{t`Cancel`}</Button>
          <Button size="lg" look="danger" type="submit" form={formId} isPending={remove.isPending}>
            {confirm}
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
            {isOutdated ? t`The number of contacts has changed meanwhile. Look again.` : explain(problem)}
          </Banner>
        )}
        {contacts === undefined ? (
          counted.error === null && <Spinner />
        ) : contacts === 0 ? (
          <p>{nobody}</p>
        ) : (
          <>
            <p>{losing(contacts)}</p>
            <CountField count={contacts} value={typed} onChange={setTyped} inputRef={input} />
          </>
        )}
      </form>
    </Dialog>
  )
}
