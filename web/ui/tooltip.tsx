import type { ReactElement } from 'react'
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components'
import { Kbd } from './kbd.tsx'
import css from './tooltip.module.css'

export type TooltipPlacement = 'top' | 'bottom' | 'start' | 'end'

/** Words that appear beside a focusable React Aria element on hover or focus. Never the only place of a fact. */
export function Tooltip(props: {
  text: string
  keys?: string | undefined
  placement?: TooltipPlacement
  children: ReactElement
}) {
  return (
    <TooltipTrigger delay={450} closeDelay={60}>
      {props.children}
      <AriaTooltip className={css.tooltip} placement={props.placement ?? 'top'} offset={7}>
        {props.text}
        {props.keys && <Kbd keys={props.keys} />}
      </AriaTooltip>
    </TooltipTrigger>
  )
}
