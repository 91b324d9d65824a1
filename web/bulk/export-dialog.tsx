import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ExportColumn } from '#contract/export-words.ts'
import type { CustomKey } from '#contract/fields.ts'
import type { Narrowing, Selection } from '#contract/filter.ts'
import { api } from '../api/client.ts'
import { explain, reasonOf } from '../api/explain.ts'
import { useMe, useWorkspace } from '../api/me.ts'
import { queryClient } from '../api/query-client.ts'
import { useFormats } from '../i18n/formats.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { RadioGroup } from '../ui/radio-group.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { Select } from '../ui/select.tsx'
import { EarlierExports } from './earlier-exports.tsx'
import { ExportColumns } from './export-columns.tsx'
import css from './export-dialog.module.css'
import { followJob } from './followed-jobs.ts'
import type { ListSelection } from './use-selection.ts'

type Who = 'selected' | 'matching' | 'all'
const usual: readonly (ExportColumn | CustomKey)[] = ['firstName', 'lastName', 'phone', 'email', 'country', 'tags']

/** Which contacts, which columns in which order, which kind of file; and what was exported of late. */
export default function ExportDialog(props: { chosen: ListSelection; narrowing: Narrowing; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const { number } = useFormats()
  const { chosen, narrowing, onClose } = props
  const { id: workspace, bulkLimit: most } = useWorkspace()
  const isOwner = useMe().role === 'owner'
  const isChoosing = chosen.kind !== 'ids' || chosen.ids.length > 0
  const isNarrowed = Object.keys(narrowing).length > 0
  const [who, setWho] = useState<Who>(isChoosing ? 'selected' : isNarrowed ? 'matching' : 'all')
  const [format, setFormat] = useState<'csv' | 'vcard'>('csv')
  const [separator, setSeparator] = useState<',' | ';' | '\t'>(',')
  const [columns, setColumns] = useState(usual)
  const matching = useQuery(api.contacts.count.queryOptions({ input: narrowing, enabled: isNarrowed })).data
  const all = useQuery(api.contacts.count.queryOptions({ input: {} })).data
  const counts = { selected: { contacts: chosen.count, isExact: true }, matching, all }
  const count = counts[who]?.contacts ?? null
  const countWords = (of: Who) => {
    const found = counts[of]
    if (found === undefined || found.contacts === null) return undefined
    return found.isExact ? number(found.contacts) : `${number(found.contacts)}+`
  }
  const selection: Selection =
    who === 'selected'
      ? chosen.selection
      : who === 'matching'
        ? { kind: 'matching', ...narrowing, except: [] }
        : { kind: 'matching', except: [] }
  const start = useMutation(
    api.exports.start.mutationOptions({
      onSuccess: ({ job }) => {
        followJob(workspace, job.id)
        void queryClient.invalidateQueries({ queryKey: api.exports.key() })
        onClose()
      },
    }),
  )
  const isTooMany = most !== null && count !== null && count > most
  const limit = number(most ?? 0)
  const isRefused = isTooMany || reasonOf(start.error) === 'bulk-limit'
  const reason = isTooMany
    ? t`At most ${limit} contacts can be exported at once.`
    : count === 0
      ? t`There is nobody to export.`
      : format === 'csv' && columns.length === 0
        ? t`Choose at least one column.`
        : undefined
  return (
    <Dialog
      isOpen
      wide
      onClose={onClose}
      title={<Trans>Export contacts</Trans>}
      actions={
        <>
          <Button size="lg" onPress={onClose}>{t`Cancel`}</Button>
          <Button
            size="lg"
            look="primary"
            isPending={start.isPending}
            disabledReason={reason}
            onPress={() =>
              start.mutate({
                selection,
                format,
                columns: [...columns],
                separator,
                language: i18n.locale === 'es' ? 'es' : 'en',
              })
            }
          >{t`Export`}</Button>
        </>
      }
    >
      <div className={css.form}>
        {start.error !== null && !isRefused && (
          <Banner tone="danger" live>
            {reasonOf(start.error) === 'too-many'
              ? t`Many tasks are running already. Wait for some of them to end.`
              : explain(start.error, i18n)}
          </Banner>
        )}
        <RadioGroup
          label={t`Which contacts`}
          value={who}
          onChange={setWho}
          choices={[
            ...(isChoosing
              ? [{ value: 'selected' as const, name: t`The selected ones`, note: countWords('selected') }]
              : []),
            ...(isNarrowed
              ? [{ value: 'matching' as const, name: t`What the list shows now`, note: countWords('matching') }]
              : []),
            { value: 'all' as const, name: t`All contacts`, note: countWords('all') },
          ]}
        />
        {isRefused && (
          <Banner tone="warn" live>
            <Trans>At most {limit} contacts can be exported at once.</Trans>{' '}
            {isOwner ? (
              <Link to="/w/$workspace/settings/workspace" params={{ workspace }} className={css.link}>
                <Trans>Change the limit in settings</Trans>
              </Link>
            ) : (
              <Trans>An owner can change the limit in settings.</Trans>
            )}
          </Banner>
        )}
        <div className={css.row}>
          <Segmented
            label={t`Kind of file`}
            value={format}
            onChange={setFormat}
            choices={[
              { id: 'csv', name: 'CSV' },
              { id: 'vcard', name: 'vCard' },
            ]}
          />
          {format === 'csv' && (
            <Select
              aria-label={t`Separator`}
              value={separator}
              onChange={setSeparator}
              choices={[
                { id: ',', name: t`Separated by commas` },
                { id: ';', name: t`Separated by semicolons` },
                { id: '\t', name: t`Separated by tabs` },
              ]}
            />
          )}
        </div>
        {format === 'csv' ? (
          <ExportColumns columns={columns} onChange={setColumns} />
        ) : (
          <p className={css.note}>
            <Trans>vCards hold names, phones, emails, country, language, tags and your own fields.</Trans>
          </p>
        )}
        <EarlierExports />
      </div>
    </Dialog>
  )
}
