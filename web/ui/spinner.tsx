import { useLingui } from '@lingui/react/macro'
import { classes } from './classes.ts'
import css from './spinner.module.css'

/** Turns while something is awaited; shows itself only after 400 ms. */
export function Spinner(props: { big?: boolean; label?: string }) {
  const { t } = useLingui()
  return (
    <span role="img" aria-label={props.label ?? t`Loading`} className={classes(css.spinner, props.big && css.big)} />
  )
}
