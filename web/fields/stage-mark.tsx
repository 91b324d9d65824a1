import type { LifecycleMark } from '#contract/lifecycle.ts'
import { classes } from '../ui/classes.ts'
import css from './stage-mark.module.css'

/** A stage of the journey; quieter where it has been left. */
export function StageMark({ stage }: { stage: Pick<LifecycleMark, 'name' | 'emoji' | 'kind'> }) {
  return (
    <span className={classes(css.stage, stage.kind === 'lost' && css.lost)}>
      {stage.emoji !== null && <span aria-hidden="true">{stage.emoji}</span>}
      <bdi className="trunc">{stage.name}</bdi>
    </span>
  )
}
