import { Skeleton } from '../ui/skeleton.tsx'
import css from './merge-history.module.css'

const widths = [240, 190, 270, 210, 230]

export function MergeHistorySkeleton() {
  return (
    <div className={css.skeleton}>
      {widths.map((width) => (
        <div key={width} className={css.item}>
          <div className={css.pair}>
            <Skeleton width={28} height={28} round />
            <Skeleton width={28} height={28} round />
            <Skeleton width={width} />
          </div>
        </div>
      ))}
    </div>
  )
}
