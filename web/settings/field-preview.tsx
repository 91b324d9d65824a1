import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { CustomField, FieldValue, PlacedField } from '#contract/fields.ts'
import { iconOf, useFieldName, useValueWords } from '../fields/shared.ts'
import { useFormats } from '../i18n/formats.ts'
import { Avatar } from '../ui/avatar.tsx'
import { classes } from '../ui/classes.ts'
import { Flag } from '../ui/flag.tsx'
import { Icon } from '../ui/icon.tsx'
import { StatusDot } from '../ui/pill.tsx'
import css from './arranging.module.css'

const samples = {
  en: {
    firstName: 'Emily',
    lastName: 'Carter',
    phone: '+44 7700 900118',
    email: 'emily.carter@example.co.uk',
    country: 'GB',
    language: 'en',
    lifecycle: '⭐ Customer',
    assignee: 'Marta Gil',
  },
  es: {
    firstName: 'Lucía',
    lastName: 'Ortega',
    phone: '+34 600 00 01 42',
    email: 'lucia.ortega@example.com',
    country: 'ES',
    language: 'es',
    lifecycle: '⭐ Cliente',
    assignee: 'Marta Gil',
  },
}

/** What somebody's record would look like with the fields in this order. */
export function FieldPreview({ fields, lifted }: { fields: readonly PlacedField[]; lifted: string | null }) {
  const { t, i18n } = useLingui()
  const { country, language } = useFormats()
  const nameOf = useFieldName()
  const words = useValueWords()
  const person = samples[i18n.locale === 'es' ? 'es' : 'en']
  const valueOf = ({ key, custom }: PlacedField): ReactNode => {
    if (custom !== null) return words(custom.type, sampleOf(custom))
    if (key === 'country')
      return (
        <>
          <Flag country={person.country} /> {country(person.country)}
        </>
      )
    if (key === 'language') return language(person.language)
    if (key === 'status') return <StatusDot tone="ok">{t`Open`}</StatusDot>
    return person[key as keyof typeof person]
  }
  return (
    <aside className={css.preview} aria-label={t`Preview`}>
      <h2>
        <Trans>Preview</Trans>
      </h2>
      <div className={css.card}>
        <div className={css.who}>
          <Avatar id={4} name={`${person.firstName} ${person.lastName}`} size={40} />
          <div>
            <p className={css.person}>
              {person.firstName} {person.lastName}
            </p>
            <p className={css.note}>ID 47</p>
          </div>
        </div>
        <dl>
          {fields
            .filter(({ shown }) => shown !== 'never')
            .map((field) => (
              <div key={field.key} className={classes(css.sample, field.key === lifted && css.marked)}>
                <dt>
                  <Icon of={iconOf(field)} size={14} />
                  <span className="trunc">{nameOf(field.key)}</span>
                </dt>
                <dd className="trunc">
                  <bdi>{valueOf(field)}</bdi>
                </dd>
              </div>
            ))}
        </dl>
      </div>
    </aside>
  )
}

function sampleOf({ type, options, name }: CustomField): FieldValue {
  switch (type) {
    case 'text':
      return name.slice(0, 24)
    case 'list':
      return options[0] ?? ''
    case 'checkbox':
      return true
    case 'email':
      return 'hola@example.com'
    case 'number':
      return 1248
    case 'url':
      return 'https://example.com'
    case 'date':
      return '2026-12-03'
    case 'time':
      return '16:45'
  }
}
