import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { CustomKey } from '#contract/fields.ts'
import { importMatches, importTargets, type ImportTarget } from '#contract/import-words.ts'
import type { Import, ImportWish } from '#contract/imports.ts'
import { api } from '../api/client.ts'
import { explain, reasonOf } from '../api/explain.ts'
import { useWorkspace } from '../api/me.ts'
import { queryClient } from '../api/query-client.ts'
import { useFieldName, useFields } from '../fields/shared.ts'
import { useFormats } from '../i18n/formats.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { RadioGroup } from '../ui/radio-group.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { ImportPreview } from './import-preview.tsx'
import css from './imports.module.css'

type Target = ImportTarget | CustomKey
type File = Import & { guess: (Target | null)[]; sample: string[][] }

/** What each column is, what to do with who is there already, and a look at what would happen. */
export function ImportForm({ file }: { file: File }) {
  const { t, i18n } = useLingui()
  const { number, country } = useFormats()
  const { defaultCountry } = useWorkspace()
  const [columns, setColumns] = useState(file.guess)
  const [mode, setMode] = useState<ImportWish['mode']>('both')
  const [matchBy, setMatchBy] = useState<ImportWish['matchBy']>([...importMatches])
  const [keepExisting, setKeepExisting] = useState(false)
  const [completePhones, setCompletePhones] = useState(defaultCountry !== null)
  const [tagIt, setTagIt] = useState(true)
  const [tags, setTags] = useState('')
  const start = useMutation(
    api.imports.start.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.imports.key() }),
    }),
  )
  const wish: ImportWish = { columns, mode, matchBy, keepExisting, completePhones }
  const rows = number(file.rows)
  const isNothing = columns.every((target) => target === null)
  const place = defaultCountry === null ? '' : country(defaultCountry)
  const matches = { id: t`Contact ID`, phone: t`Phone`, email: t`Email` }
  const begin = () =>
    start.mutate({
      importId: file.id,
      wish,
      tagIt,
      language: i18n.locale === 'es' ? 'es' : 'en',
      tags: tags
        .split(',')
        .map((tag) => tag.trim())
        .filter((tag) => tag !== ''),
    })
  return (
    <div className={css.form}>
      <ColumnTable file={file} columns={columns} onChange={setColumns} />
      <RadioGroup
        label={t`Rows of contacts that are there already`}
        value={mode}
        onChange={setMode}
        choices={[
          { value: 'both', name: t`Update them, and add the others` },
          { value: 'add', name: t`Skip them, and add the others` },
          { value: 'update', name: t`Update them, and skip the others` },
          { value: 'addAll', name: t`Add every row as a new contact` },
        ]}
      />
      {mode !== 'addAll' && (
        <fieldset className={css.checks}>
          <legend>{t`Recognised by`}</legend>
          {importMatches.map((match) => (
            <Checkbox
              key={match}
              isSelected={matchBy.includes(match)}
              onChange={(isOn) =>
                setMatchBy(importMatches.filter((one) => (one === match ? isOn : matchBy.includes(one))))
              }
            >
              {matches[match]}
            </Checkbox>
          ))}
        </fieldset>
      )}
      <div className={css.checks}>
        {(mode === 'both' || mode === 'update') && (
          <Checkbox isSelected={keepExisting} onChange={setKeepExisting} note={t`Only what is empty is filled.`}>
            {t`Do not overwrite values`}
          </Checkbox>
        )}
        {defaultCountry !== null && (
          <Checkbox isSelected={completePhones} onChange={setCompletePhones}>
            {t`Read phones without a country code as numbers of ${place}`}
          </Checkbox>
        )}
        <Checkbox isSelected={tagIt} onChange={setTagIt} note={t`To find its contacts again.`}>
          {t`Make a tag for this import`}
        </Checkbox>
      </div>
      <TextField
        label={t`Further tags for all of them`}
        hint={t`Separated by commas.`}
        value={tags}
        onChange={setTags}
        autoComplete="off"
        maxLength={500}
      />
      <ImportPreview file={file} wish={wish} isDisabled={isNothing} />
      {start.error !== null && (
        <Banner tone="danger" live>
          {reasonOf(start.error) === 'too-many'
            ? t`The workspace has as many tags as it may have.`
            : explain(start.error, i18n)}
        </Banner>
      )}
      <div className={css.row}>
        <Button
          size="lg"
          look="primary"
          isPending={start.isPending}
          disabledReason={isNothing ? t`Say what at least one column is.` : undefined}
          onPress={begin}
        >
          <Plural value={file.rows} one={`Import ${rows} row`} other={`Import ${rows} rows`} />
        </Button>
        <p className={css.note}>
          <Trans>It can be undone for 30 days.</Trans>
        </p>
      </div>
    </div>
  )
}

/** Each column of the file with what stands in it, and what it is read as. */
function ColumnTable(props: {
  file: File
  columns: (Target | null)[]
  onChange: (columns: (Target | null)[]) => void
}) {
  const { t } = useLingui()
  const { file, columns, onChange } = props
  const name = useTargetName()
  const customs = (useFields() ?? []).flatMap(({ key, custom }) => (custom === null ? [] : [key as CustomKey]))
  const choices = [
    { id: 'none' as const, name: t`Leave out` },
    ...[...importTargets, ...customs].map((target) => ({ id: target, name: name(target) })),
  ]
  // a target that is chosen twice moves
  const choose = (at: number, target: Target | 'none') =>
    onChange(
      columns.map((one, place) => (place === at ? (target === 'none' ? null : target) : one === target ? null : one)),
    )
  return (
    <ul className={css.columns} aria-label={t`Columns of the file`}>
      {file.heads.map((head, at) => (
        <li key={head}>
          <div className={css.sample}>
            <strong>{head}</strong>
            <small>
              {file.sample
                .map((cells) => cells[at] ?? '')
                .filter((cell) => cell !== '')
                .slice(0, 3)
                .join(' · ')}
            </small>
          </div>
          <Select
            aria-label={t`What “${head}” is read as`}
            value={columns[at] ?? 'none'}
            onChange={(target) => choose(at, target)}
            choices={choices}
          />
        </li>
      ))}
    </ul>
  )
}

function useTargetName(): (target: Target) => string {
  const { t } = useLingui()
  const fieldName = useFieldName()
  const names: Partial<Record<Target, string>> = {
    id: t`Contact ID`,
    name: t`Full name`,
    tags: t`Tags`,
    optOuts: t`Wants no messages by`,
    createdAt: t`Date added`,
  }
  return (target) => names[target] ?? fieldName(target)
}
