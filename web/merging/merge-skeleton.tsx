import { Skeleton } from '../ui/skeleton.tsx'
import css from './merge-screen.module.css'

const rows = [64, 52, 52, 36, 36, 52]

export function MergeSkeleton() {
  return (
    <div className={css.skeleton}>
      {rows.map((height, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- they never change
        <div key={at}>
          <Skeleton width={80} />
          <Skeleton width="100%" height={height} />
          <Skeleton width="100%" height={height} />
        </div>
      ))}
    </div>
  )
}
