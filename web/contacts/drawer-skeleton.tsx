import { Skeleton } from '../ui/skeleton.tsx'
import css from './contact-drawer.module.css'

const rows = [72, 118, 84, 96, 180, 132, 110, 90]

/** The record's own layout in grey; it appears only when loading takes longer than a moment. */
export function DrawerSkeleton() {
  return (
    <div className={css.skeleton}>
      <div className={css.head}>
        <Skeleton width={52} height={52} round />
        <div className={css.who}>
          <Skeleton width={170} height={16} />
          <Skeleton width={80} height={10} />
        </div>
      </div>
      <div className={css.details}>
        {rows.map((width) => (
          <div key={width} className={css.skeletonRow}>
            <Skeleton width={74} />
            <Skeleton width={width} />
          </div>
        ))}
      </div>
    </div>
  )
}
