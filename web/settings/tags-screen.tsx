import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Plus, Tag as TagIcon } from 'lucide-react'
import { useState } from 'react'
import type { TagRow as Row } from '#contract/tags.ts'
import { api } from '../api/client.ts'
import { useCan } from '../api/me.ts'
import { ErrorState } from '../app/page-states.tsx'
import { useFormats } from '../i18n/formats.ts'
import { findTags } from '../tags/shared.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { ListSkeleton } from './list-skeleton.tsx'
import { MergeTagDialog } from './merge-tag-dialog.tsx'
import { PageHead } from './page-head.tsx'
import { RemoveTagDialog } from './remove-tag-dialog.tsx'
import css from './settings.module.css'
import { TagDialog } from './tag-dialog.tsx'
import { TagLine } from './tag-line.tsx'

type Open = { act: 'make' } | { act: 'edit' | 'merge' | 'remove'; tag: Row }

const none: ReadonlySet<number> = new Set()

/** The workspace's tags: found, made, renamed, joined and deleted. */
export default function TagsScreen() {
  const { t } = useLingui()
  const { compare } = useFormats()
  const { data, error, refetch } = useQuery(api.tags.list.queryOptions())
  const [query, setQuery] = useState('')
  const [open, setOpen] = useState<Open | null>(null)
  const mayEdit = useCan('settings.tags')
  const reason = mayEdit ? undefined : t`Your role does not change these settings.`
  const close = () => setOpen(null)
  const tags = data?.items ?? []
  const { found, hidden } = findTags(tags, query, none, compare)
  const add = (
    <Button look="primary" icon={Plus} onPress={() => setOpen({ act: 'make' })} disabledReason={reason}>
      {t`New tag…`}
    </Button>
  )
  return (
    <>
      <PageHead
        title={t`Tags`}
        lead={
          <Trans>
            Labels that your team puts on contacts. Keep them few and standard, so that segments stay meaningful.
          </Trans>
        }
        action={tags.length > 0 && add}
      />
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <ListSkeleton />
      ) : tags.length === 0 ? (
        <Empty icon={TagIcon} level={2} title={t`No tags yet`} action={add}>
          <Trans>Anybody can make one while tagging a contact, too.</Trans>
        </Empty>
      ) : (
        <>
          <SearchField label={t`Search tags`} value={query} onChange={setQuery} />
          {found.length === 0 ? (
            <p className={css.quiet} role="status">{t`Nothing for “${query}”`}</p>
          ) : (
            <ul className={css.list} aria-label={t`Tags`}>
              {found.map((tag) => (
                <TagLine
                  key={tag.id}
                  tag={tag}
                  isAlone={tags.length === 1}
                  reason={reason}
                  onAct={(act) => setOpen({ act, tag })}
                />
              ))}
            </ul>
          )}
          {hidden > 0 && (
            <p className={css.quiet}>
              <Trans>{hidden} more: write to find them.</Trans>
            </p>
          )}
        </>
      )}
      {open?.act === 'make' && <TagDialog tag={null} onClose={close} />}
      {open?.act === 'edit' && <TagDialog tag={open.tag} onClose={close} />}
      {open?.act === 'merge' && <MergeTagDialog tag={open.tag} tags={tags} onClose={close} />}
      {open?.act === 'remove' && <RemoveTagDialog tag={open.tag} onClose={close} />}
    </>
  )
}
