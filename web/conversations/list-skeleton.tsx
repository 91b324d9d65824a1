import { Skeleton } from '../ui/skeleton.tsx'
import css from './conversation-list.module.css'

/** The shape of the list while it is on its way. */
export function ListSkeleton() {
  return (
    <div>
      {[62, 48, 70, 55, 66, 50].map((width, row) => (
        <div key={row} className={css.skeleton}>
          <Skeleton width={40} height={40} round />
          <span>
            <Skeleton width={`${width}%`} height={12} />
            <Skeleton width={`${width + 24}%`} />
            <Skeleton width="30%" />
          </span>
        </div>
      ))}
    </div>
  )
}
