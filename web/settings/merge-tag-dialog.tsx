import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { TagRow } from '#contract/tags.ts'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { useFormats } from '../i18n/formats.ts'
import { explainTags, TagMark } from '../tags/shared.ts'
import { AlertDialog } from '../ui/alert-dialog.tsx'
import { ComboBox } from '../ui/combo-box.tsx'
import { toast } from '../ui/toast-store.ts'
import css from './settings.module.css'

/** Asks for the tag that stays, and says what becomes of the other. */
export function MergeTagDialog(props: { tag: TagRow; tags: readonly TagRow[]; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const { compare } = useFormats()
  const { tag, tags, onClose } = props
  const [intoId, setInto] = useState<number | null>(null)
  const into = tags.find(({ id }) => id === intoId)
  const { name } = tag
  const merge = useMutation(
    api.tags.merge.mutationOptions({
      onSuccess: ({ name: stays }) => {
        for (const key of [api.tags.list.key(), api.contacts.get.key(), api.contacts.list.key()])
          void queryClient.invalidateQueries({ queryKey: key })
        toast(t`“${name}” is now “${stays}”`, { tone: 'ok' })
        onClose()
      },
    }),
  )
  const choices = tags
    .filter(({ id }) => id !== tag.id)
    .toSorted((one, other) => compare(one.name, other.name))
    .map((one) => ({ id: one.id, name: one.name }))
  return (
    <AlertDialog
      isOpen
      onClose={onClose}
      title={<Trans>Merge “{name}” into another tag</Trans>}
      confirm={t`Merge`}
      isPending={merge.isPending}
      disabledReason={into === undefined ? t`Choose the tag that stays.` : undefined}
      onConfirm={() => into !== undefined && merge.mutate({ tagId: tag.id, intoId: into.id })}
    >
      <div className={css.fields}>
        <ComboBox
          label={t`The tag that stays`}
          choices={choices}
          value={intoId}
          onChange={setInto}
          autoFocus
          placeholder={t`Search tags`}
          error={merge.error && explainTags(merge.error, i18n)}
        />
        <p>
          <Trans>
            Whoever has “{name}” will have the other tag instead, once. “{name}” goes. This can't be undone.
          </Trans>
        </p>
        {into !== undefined && (
          <p className={css.preview}>
            <span className={css.sample}>
              <TagMark tag={tag} />
            </span>
            <span aria-hidden="true">→</span>
            <span className={css.sample}>
              <TagMark tag={into} />
            </span>
          </p>
        )}
      </div>
    </AlertDialog>
  )
}
