import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { fieldTypes } from '#contract/field-words.ts'
import type { CustomField, FieldType } from '#contract/fields.ts'
import { api, client } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { typeIcons, typeWords } from '../fields/shared.ts'
import { Banner } from '../ui/banner.tsx'
import { Icon } from '../ui/icon.tsx'
import { Select } from '../ui/select.tsx'
import { Switch } from '../ui/switch.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { TextField } from '../ui/text-field.tsx'
import { explainFields, placeOf } from './explain-fields.ts'
import { SaveDialog } from './save-dialog.tsx'
import css from './settings.module.css'

/** What a search can find a contact by: words, not numbers or days. */
const found: ReadonlySet<FieldType> = new Set(['text', 'list', 'email', 'url'])

/** A new field; or another name, description and choice for one. */
export function FieldDialog({ field, onClose }: { field: CustomField | null; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const [name, setName] = useState(field?.name ?? '')
  const [type, setType] = useState<FieldType>(field?.type ?? 'text')
  const [slug, setSlug] = useState('')
  const [description, setDescription] = useState(field?.description ?? '')
  const [isSearchable, setSearchable] = useState(field?.searchable ?? true)
  const [lines, setLines] = useState(field?.options.join('\n') ?? '')
  const options = lines.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
  const save = useMutation({
    mutationFn: () => {
      const values = { name, description, searchable: isSearchable, ...(type === 'list' ? { options } : {}) }
      if (field !== null) return client.fields.edit({ fieldId: field.id, ...values })
      return client.fields.create({ ...values, type, ...(slug.trim() === '' ? {} : { slug: slug.trim() }) })
    },
    retry: false,
    onSuccess: () => {
      for (const key of [api.fields.list.key(), api.contacts.get.key()])
        void queryClient.invalidateQueries({ queryKey: key })
      onClose()
    },
  })
  const problem = save.error && explainFields(save.error, i18n)
  const place = placeOf(save.error)
  const at = (of: typeof place) => place === of && problem
  return (
    <SaveDialog
      title={field ? <Trans>Edit the field</Trans> : <Trans>New field</Trans>}
      save={save}
      onClose={onClose}
      className={css.fields}
    >
      {problem !== null && place === null && (
        <Banner tone="danger" live>
          {problem}
        </Banner>
      )}
      <TextField
        label={t({ message: 'Name', context: 'of a field' })}
        name="name"
        autoComplete="off"
        autoFocus
        isRequired
        maxLength={50}
        value={name}
        onChange={setName}
        error={at('name')}
      />
      {field === null ? (
        <>
          <Select
            label={t({ message: 'Type', context: 'of a field' })}
            hint={t`It can't be changed later.`}
            value={type}
            onChange={setType}
            choices={fieldTypes.map((id) => ({
              id,
              name: typeWords(id, i18n),
              before: <Icon of={typeIcons[id]} size={14} />,
            }))}
          />
          <TextField
            label={t`Field ID (optional)`}
            hint={t`Files and programs know the field by it. Letters, digits and _; it can't be changed later.`}
            name="slug"
            autoComplete="off"
            spellCheck="false"
            maxLength={50}
            value={slug}
            onChange={setSlug}
            error={at('slug')}
          />
        </>
      ) : (
        <dl className={css.fixed}>
          <div>
            <dt>{t({ message: 'Type', context: 'of a field' })}</dt>
            <dd>{typeWords(type, i18n)}</dd>
          </div>
          <div>
            <dt>{t`Field ID`}</dt>
            <dd>
              <code>{field.slug}</code>
            </dd>
          </div>
        </dl>
      )}
      {type === 'list' && (
        <TextArea
          label={t`Options, one a line`}
          hint={field && t`Contacts keep an option that you take out.`}
          name="options"
          rows={5}
          value={lines}
          onChange={setLines}
          error={at('options')}
        />
      )}
      <TextField
        label={t`What it is for (optional)`}
        name="description"
        autoComplete="off"
        maxLength={255}
        value={description}
        onChange={setDescription}
      />
      {found.has(type) && (
        <Switch
          isSelected={isSearchable}
          onChange={setSearchable}
          note={t`The search of contacts looks at what is written here too.`}
        >
          <Trans>Found by search</Trans>
        </Switch>
      )}
    </SaveDialog>
  )
}
