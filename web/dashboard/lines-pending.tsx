import { Skeleton } from '../ui/skeleton.tsx'
import css from './dashboard-screen.module.css'

/** Where lines of a card will be. */
export function LinesPending({ lines }: { lines: number }) {
  return (
    <div className={css.pending}>
      {Array.from({ length: lines }, (_, at) => (
        <Skeleton key={at} width={`${88 - at * 9}%`} height={12} />
      ))}
    </div>
  )
}
