import { Skeleton } from '../ui/skeleton.tsx'
import css from './contacts-table.module.css'

const widths = [140, 96, 170, 120, 150, 110, 132, 160, 104, 146]

export function TableSkeleton() {
  return (
    <div className={css.skeleton}>
      {widths.map((width) => (
        <div key={width} className={css.line}>
          <span className={css.name}>
            <Skeleton width={28} height={28} round /> <Skeleton width={width} />
          </span>
          <Skeleton width="60%" />
        </div>
      ))}
    </div>
  )
}
