import { Skeleton } from '../ui/skeleton.tsx'
import css from './duplicates-screen.module.css'

const widths = [240, 190, 270, 210, 230, 180]

export function ListSkeleton() {
  return (
    <div className={css.skeleton}>
      {widths.map((width) => (
        <div key={width}>
          <Skeleton width={40} height={40} round />
          <Skeleton width={40} height={40} round />
          <Skeleton width={width} />
        </div>
      ))}
    </div>
  )
}
