import { Skeleton } from '../ui/skeleton.tsx'
import css from './settings.module.css'

/** Three rows of a list that is on its way. */
export function ListSkeleton() {
  return (
    <div className={css.list} aria-busy="true">
      {[0, 1, 2].map((row) => (
        <div key={row} className={css.row}>
          <Skeleton round width={36} height={36} />
          <div className={css.words}>
            <Skeleton width="38%" height={12} />
          </div>
        </div>
      ))}
    </div>
  )
}
