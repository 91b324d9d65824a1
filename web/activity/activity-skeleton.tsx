import { Skeleton } from '../ui/skeleton.tsx'
import css from './activity.module.css'

/** The shape of what happened while it is on its way. */
export function ActivitySkeleton() {
  return (
    <div className={css.skeleton} aria-hidden="true">
      {[150, 118, 176, 132, 160].map((width) => (
        <div key={width} className={css.entry}>
          <Skeleton width={28} height={28} round />
          <div className={css.words}>
            <Skeleton width={width} height={12} />
            <Skeleton width={92} height={10} />
          </div>
        </div>
      ))}
    </div>
  )
}
