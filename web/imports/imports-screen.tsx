import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { FileUp, Upload } from 'lucide-react'
import { DropZone, FileTrigger } from 'react-aria-components'
import type { Import } from '#contract/imports.ts'
import { api } from '../api/client.ts'
import { useCan, useWorkspace } from '../api/me.ts'
import { queryClient } from '../api/query-client.ts'
import { ErrorState } from '../app/page-states.tsx'
import { useTitle } from '../app/use-title.ts'
import { useFormats } from '../i18n/formats.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/icon.tsx'
import paneCss from '../ui/pane.module.css'
import { Pane, PaneHead } from '../ui/pane.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { fileProblemWords } from './file-problem-words.ts'
import css from './imports.module.css'
import { useStateWords } from './state-words.ts'
import { uploadFile } from './upload-file.ts'

/** A file of contacts is handed in here; below it what was imported before, newest first. */
export default function ImportsScreen() {
  const { t } = useLingui()
  useTitle(t`Imports`)
  const list = useInfiniteQuery(
    api.imports.list.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: 20 }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
    }),
  )
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Pane label={t`Imports`} isBusy={list.isPending}>
      <PaneHead className={css.top ?? ''}>
        <h1>
          <Trans>Imports</Trans>
        </h1>
      </PaneHead>
      <div className={classes(paneCss.scroll, css.list)}>
        {useCan('contacts.import') && <HandIn />}
        {list.error !== null && list.data === undefined ? (
          <ErrorState
            error={list.error}
            title={t`The imports couldn't be loaded`}
            onRetry={() => void list.refetch()}
          />
        ) : list.isPending ? (
          <Spinner />
        ) : (
          <ul className={css.imports}>
            {items.map((one) => (
              <Line key={one.id} one={one} />
            ))}
          </ul>
        )}
        {list.hasNextPage && (
          <Button onPress={() => void list.fetchNextPage()} isPending={list.isFetchingNextPage}>
            <Trans>Show more</Trans>
          </Button>
        )}
      </div>
    </Pane>
  )
}

function HandIn() {
  const { t, i18n } = useLingui()
  const navigate = useNavigate()
  const workspace = useWorkspace().id
  const upload = useMutation({
    mutationFn: uploadFile,
    onSuccess: async (importId) => {
      await queryClient.invalidateQueries({ queryKey: api.imports.key() })
      await navigate({
        to: '/w/$workspace/contacts/imports/$importId',
        params: { workspace, importId: String(importId) },
      })
    },
  })
  const take = (file: File | undefined) => {
    if (file !== undefined && !upload.isPending) upload.mutate(file)
  }
  return (
    <DropZone
      aria-label={t`File of contacts`}
      className={css.zone ?? ''}
      onDrop={({ items }) => {
        const [dropped] = items.filter((item) => item.kind === 'file')
        void dropped?.getFile().then(take)
      }}
    >
      <Icon of={FileUp} size={20} />
      <p>
        <Trans>Drop a CSV or vCard file here, up to 200,000 rows and 50 MB.</Trans>
      </p>
      <FileTrigger
        acceptedFileTypes={['.csv', '.txt', '.tsv', '.vcf', 'text/csv', 'text/vcard']}
        onSelect={(files) => take(files?.[0])}
      >
        <Button look="primary" icon={Upload} isPending={upload.isPending}>
          <Trans>Choose a file</Trans>
        </Button>
      </FileTrigger>
      {upload.error !== null && (
        <Banner tone="danger" live>
          {fileProblemWords(upload.error, i18n)}
        </Banner>
      )}
    </DropZone>
  )
}

function Line({ one }: { one: Import }) {
  const { number, dateTime } = useFormats()
  const words = useStateWords()
  const workspace = useWorkspace().id
  const rows = number(one.rows)
  return (
    <li>
      <Link
        to="/w/$workspace/contacts/imports/$importId"
        params={{ workspace, importId: String(one.id) }}
        className={css.line}
      >
        <strong>{one.fileName}</strong>
        <span>{words(one.state)}</span>
        <small>
          <Plural value={one.rows} one={`${rows} row`} other={`${rows} rows`} /> · {dateTime(one.uploadedAt)}
          {one.by !== null && <> · {one.by}</>}
        </small>
      </Link>
    </li>
  )
}
