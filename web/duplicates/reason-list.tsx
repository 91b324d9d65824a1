import { useLingui } from '@lingui/react/macro'
import { Check, Dot, TriangleAlert } from 'lucide-react'
import type { ContactSummary, Reason } from '#contract/suggestion.ts'
import { Icon } from '../ui/icon.tsx'
import css from './reason-list.module.css'
import { reasonWords } from './reason-words.ts'
import { spellPhones } from './spell-phones.ts'

const signs = { for: Check, plain: Dot, against: TriangleAlert } as const

/** The evidence in sentences, what speaks against it marked so. */
export function ReasonList(props: { reasons: readonly Reason[]; contacts: readonly ContactSummary[] }) {
  const { t, i18n } = useLingui()
  return (
    <ul className={css.list}>
      {reasonWords(props.reasons, i18n, spellPhones(props.contacts)).map(({ tone, text }) => (
        <li key={text} className={css[tone]}>
          <Icon of={signs[tone]} size={12} {...(tone === 'against' ? { label: t`Against it:` } : {})} />
          <span>{text}</span>
        </li>
      ))}
    </ul>
  )
}
