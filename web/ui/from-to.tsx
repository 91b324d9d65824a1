import { useLingui } from '@lingui/react/macro'
import { ArrowRight } from 'lucide-react'
import type { ReactNode } from 'react'
import css from './from-to.module.css'
import { Icon } from './icon.tsx'

/** What stood there, struck through, and what stands there now. */
export function FromTo({ from, to }: { from: ReactNode; to: ReactNode }) {
  const { t } = useLingui()
  return (
    <span className={css.fromTo}>
      {from !== null && (
        <del className={css.old}>
          <span className="visually-hidden">{t`Before:`} </span>
          {from}
        </del>
      )}
      {from !== null && to !== null && <Icon of={ArrowRight} size={12} flip className={css.arrow} />}
      {to !== null && (
        <ins className={css.new}>
          <span className="visually-hidden">{t`Now:`} </span>
          {to}
        </ins>
      )}
    </span>
  )
}
