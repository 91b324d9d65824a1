import { Trans, useLingui } from '@lingui/react/macro'
import { chooseTheme, useTheme } from '../app/theme.ts'
import { chooseLocale } from '../i18n/locale.ts'
import { localeNames, locales, type Locale } from '../i18n/pick-locale.ts'
import { Segmented } from '../ui/segmented.tsx'
import { Select } from '../ui/select.tsx'
import css from './settings.module.css'

/** Language and theme of this browser. */
export function LooksSection() {
  const { t, i18n } = useLingui()
  const theme = useTheme()
  return (
    <section className={css.section}>
      <h2>
        <Trans>Language and looks</Trans>
      </h2>
      <div className={css.form}>
        <Select
          label={t`Language`}
          choices={locales.map((id) => ({ id, name: localeNames[id] }))}
          value={i18n.locale as Locale}
          onChange={(locale) => void chooseLocale(locale)}
        />
        <Segmented
          label={t`Theme`}
          choices={[
            { id: 'light', name: t`Light` },
            { id: 'dark', name: t`Dark` },
            { id: 'system', name: t`As the system` },
          ]}
          value={theme}
          onChange={chooseTheme}
        />
      </div>
    </section>
  )
}
