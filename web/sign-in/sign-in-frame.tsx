import { useLingui } from '@lingui/react/macro'
import { Languages, Moon, Sun } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { chooseTheme, useTheme } from '../app/theme.ts'
import { useTitle } from '../app/use-title.ts'
import { chooseLocale } from '../i18n/locale.ts'
import { localeNames, type Locale } from '../i18n/pick-locale.ts'
import { Icon } from '../ui/icon.tsx'
import mark from '../app/icon.svg'
import { RecordPicture } from './record-picture.tsx'
import css from './sign-in-frame.module.css'

/** What every page before the workspace stands in: the mark, one form, language and theme; on wide screens a picture beside it. */
export function SignInFrame(props: { title: string; lead?: ReactNode; children: ReactNode }) {
  useTitle(props.title)
  return (
    <div className={css.page}>
      <main className={css.side}>
        <p className={css.brand}>
          <img src={mark} alt="" width={28} height={28} />
          Ficha
        </p>
        <div className={css.content}>
          <h1 className={css.title}>{props.title}</h1>
          {props.lead && <p className={css.lead}>{props.lead}</p>}
          {props.children}
        </div>
        <Foot />
      </main>
      <RecordPicture />
    </div>
  )
}

function Foot() {
  const { t, i18n } = useLingui()
  const theme = useTheme()
  const other: Locale = i18n.locale === 'es' ? 'en' : 'es'
  const isDark = theme === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark'
  return (
    <div className={css.foot}>
      <Button className={css.quiet ?? ''} onPress={() => void chooseLocale(other)}>
        <Icon of={Languages} />
        <span lang={other}>{localeNames[other]}</span>
      </Button>
      <Button className={css.quiet ?? ''} onPress={() => chooseTheme(isDark ? 'light' : 'dark')}>
        <Icon of={isDark ? Sun : Moon} />
        {isDark ? t`Light theme` : t`Dark theme`}
      </Button>
    </div>
  )
}
