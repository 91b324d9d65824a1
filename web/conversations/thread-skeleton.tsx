import { Skeleton } from '../ui/skeleton.tsx'
import css from './thread.module.css'

/** The shape of a thread while it is on its way. */
export function ThreadSkeleton() {
  return (
    <div className={css.skeleton}>
      <Skeleton width="46%" height={44} />
      <Skeleton width="52%" height={64} />
      <Skeleton width="34%" height={44} />
      <Skeleton width="40%" height={44} />
    </div>
  )
}
