import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Selection } from '#contract/filter.ts'
import { api } from '../api/client.ts'
import { useWorkspace } from '../api/me.ts'
import { TagMark } from '../tags/shared.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { explainBulk } from './explain-bulk.ts'
import { followJob } from './followed-jobs.ts'
import css from './tag-dialog.module.css'

/** As many as one task takes. */
const most = 20

/** Asks which tags many contacts get or lose. */
export default function TagDialog(props: { selection: Selection; onClose: () => void; onStarted: () => void }) {
  const { t, i18n } = useLingui()
  const { selection, onClose } = props
  const workspace = useWorkspace().id
  const [does, setDoes] = useState<'add' | 'remove'>('add')
  const [picked, setPicked] = useState<readonly number[]>([])
  const [typed, setTyped] = useState('')
  const { data: tags } = useQuery(api.tags.list.queryOptions())
  const start = useMutation(
    api.bulk.tag.mutationOptions({
      onSuccess: ({ id }) => {
        followJob(workspace, id)
        props.onStarted()
      },
    }),
  )
  const looked = typed.trim().toLocaleLowerCase()
  const shown = (tags?.items ?? []).filter(
    ({ id, name }) => picked.includes(id) || name.toLocaleLowerCase().includes(looked),
  )
  const toggle = (id: number) =>
    setPicked(picked.includes(id) ? picked.filter((one) => one !== id) : [...picked, id].slice(0, most))
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={<Trans>Tags of the selected contacts</Trans>}
      actions={
        <>
          <Button size="lg" onPress={onClose}>{t`Cancel`}</Button>
          <Button
            size="lg"
            look="primary"
            isPending={start.isPending}
            disabledReason={picked.length === 0 ? t`Pick a tag first.` : undefined}
            onPress={() => start.mutate({ selection, [does]: [...picked] })}
          >
            {does === 'add' ? (
              <Plural value={picked.length} one="Put # tag on" other="Put # tags on" />
            ) : (
              <Plural value={picked.length} one="Take # tag off" other="Take # tags off" />
            )}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        {start.error !== null && (
          <Banner tone="danger" live>
            {explainBulk(start.error, i18n)}
          </Banner>
        )}
        <Segmented
          label={t`What happens with the tags`}
          value={does}
          onChange={setDoes}
          choices={[
            { id: 'add', name: t`Put on` },
            { id: 'remove', name: t`Take off` },
          ]}
        />
        <SearchField label={t`Find a tag`} value={typed} onChange={setTyped} />
        {tags === undefined ? (
          <Spinner />
        ) : shown.length === 0 ? (
          <p className={css.nothing}>
            <Trans>No tag is called like that.</Trans>
          </p>
        ) : (
          <ul className={css.list}>
            {shown.map((tag) => (
              <li key={tag.id}>
                <Checkbox isSelected={picked.includes(tag.id)} onChange={() => toggle(tag.id)}>
                  <TagMark tag={tag} />
                </Checkbox>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  )
}
