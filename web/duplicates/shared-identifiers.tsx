import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Ban, Mail, Phone, Share2 } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import type { SharedIdentifier } from '#contract/duplicates.ts'
import { api } from '../api/client.ts'
import { explain, fieldProblems } from '../api/explain.ts'
import { ErrorState } from '../app/page-states.tsx'
import { queryClient } from '../api/query-client.ts'
import { useFormats } from '../i18n/formats.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Icon } from '../ui/icon.tsx'
import { Pill } from '../ui/pill.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { TextField } from '../ui/text-field.tsx'
import { toast, toastError } from '../ui/toast-store.ts'
import { VirtualList } from '../ui/virtual-list.tsx'
import css from './duplicates-screen.module.css'
import { ListSkeleton } from './list-skeleton.tsx'

/** Phones and e-mails that say nothing about who somebody is: shared by many, or blocked by the workspace. */
export function SharedIdentifiers() {
  const { t } = useLingui()
  const list = useInfiniteQuery(
    api.duplicates.sharedIdentifiers.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: 50 }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
    }),
  )
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <>
      <p className={css.lead}>
        <Trans>
          A switchboard or a team's inbox joins nobody: what more than 20 contacts have makes no suggestions. Block a
          value that fewer share, so that it makes none either.
        </Trans>
      </p>
      <BlockForm />
      {list.error !== null && list.data === undefined ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : list.isPending ? (
        <ListSkeleton />
      ) : rows.length === 0 ? (
        <Empty icon={Share2} level={2} title={t`No value is shared by many`}>
          <Trans>A phone or an email that more than 20 contacts have appears here by itself.</Trans>
        </Empty>
      ) : (
        <VirtualList
          label={t`Shared identifiers`}
          items={rows}
          keyOf={({ key }) => key}
          rowHeight={57}
          padding={{ start: 0, end: 24 }}
          onEnd={list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined}
          foot={list.isFetchingNextPage && <Spinner />}
          renderRow={(row) => <IdentifierRow row={row} />}
        />
      )}
    </>
  )
}

const askAgain = () => queryClient.invalidateQueries({ queryKey: api.duplicates.key() })

function BlockForm() {
  const { t, i18n } = useLingui()
  const [value, setValue] = useState('')
  const block = useMutation(api.duplicates.blockValue.mutationOptions())
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (value.trim() === '') return
    block
      .mutateAsync({ value: value.trim() })
      .then((blocked) => {
        setValue('')
        const shown = blocked.value
        toast(t`${shown} makes no suggestions any more`, { tone: 'ok' })
        return askAgain()
      })
      .catch(() => undefined)
  }
  const words = {
    placeholder: t`A filler like this never makes suggestions: there is nothing to block.`,
    format: t`This is neither a phone with its country code nor an email.`,
  }
  const [refused] = fieldProblems(block.error)
  const problem =
    block.error === null
      ? undefined
      : refused === undefined
        ? explain(block.error, i18n)
        : words[refused.reason === 'placeholder' ? 'placeholder' : 'format']
  return (
    <form className={css.form} noValidate onSubmit={submit}>
      <TextField
        aria-label={t`Phone or email to block`}
        placeholder={t`Phone or email to block`}
        value={value}
        onChange={(typed) => {
          setValue(typed)
          block.reset()
        }}
        error={problem}
        maxLength={254}
      />
      <Button type="submit" icon={Ban} isPending={block.isPending}>
        <Trans>Block</Trans>
      </Button>
    </form>
  )
}

function IdentifierRow({ row }: { row: SharedIdentifier }) {
  const { t, i18n } = useLingui()
  const { date, number } = useFormats()
  const block = useMutation(api.duplicates.blockValue.mutationOptions())
  const unblock = useMutation(api.duplicates.unblockValue.mutationOptions())
  const act = (done: Promise<unknown>) =>
    void done.then(askAgain).catch((error: unknown) => toastError(explain(error, i18n)))
  const { holders, blockedBy: who } = row
  const many = `${number(1000)}+`
  const when = row.blockedAt === null ? null : date(row.blockedAt)
  return (
    <div className={css.line}>
      <Icon of={row.kind === 'phone' ? Phone : Mail} />
      <div className={css.words}>
        <p>
          <bdi className="num">{row.value}</bdi>
        </p>
        <p className={css.note}>
          {holders >= 1000 ? t`${many} contacts` : <Plural value={holders} one="# contact" other="# contacts" />}
          {when !== null && ` · ${who === null ? '' : `${who}, `}${when}`}
        </p>
      </div>
      {row.because === 'blocked' ? (
        <>
          <Pill tone="warn">
            <Trans context="value">Blocked</Trans>
          </Pill>
          <Button isPending={unblock.isPending} onPress={() => act(unblock.mutateAsync({ key: row.key }))}>
            <Trans>Unblock</Trans>
          </Button>
        </>
      ) : (
        <>
          <Pill>
            <Trans>Shared by many</Trans>
          </Pill>
          <Button isPending={block.isPending} onPress={() => act(block.mutateAsync({ value: row.value }))}>
            <Trans>Block</Trans>
          </Button>
        </>
      )}
    </div>
  )
}
