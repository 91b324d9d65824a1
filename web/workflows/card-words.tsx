import { Trans } from '@lingui/react/macro'
import { ChevronRight, type LucideIcon } from 'lucide-react'
import { Icon } from '../ui/icon.tsx'
import { Pill } from '../ui/pill.tsx'
import css from './workflow.module.css'

/** What a step or a trigger says of itself while it is closed: what it is, what it is set to, and whether something is missing. */
export function CardWords(props: { icon: LucideIcon; name: string; summary: string; isIncomplete: boolean }) {
  return (
    <>
      <span className={css.mark}>
        <Icon of={props.icon} />
      </span>
      <span className={css.words}>
        <span className={css.name}>{props.name}</span>
        {props.summary !== '' && (
          <bdi className={css.summary} dir="auto">
            {props.summary}
          </bdi>
        )}
      </span>
      {props.isIncomplete && (
        <Pill tone="warn">
          <Trans>Not complete</Trans>
        </Pill>
      )}
      <Icon of={ChevronRight} className={css.chevron} flip />
    </>
  )
}
