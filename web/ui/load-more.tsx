import { useEffect, useRef, type ReactNode } from 'react'
import { Button } from './button.tsx'
import css from './load-more.module.css'

/** The next page comes when this comes into view; whoever goes by key can ask for it. */
export function LoadMore(props: { isPending: boolean; onReached: () => void; children: ReactNode }) {
  const { isPending, onReached } = props
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const watch = new IntersectionObserver(([seen]) => {
      if (seen?.isIntersecting === true && !isPending) onReached()
    })
    if (box.current) watch.observe(box.current)
    return () => watch.disconnect()
  })
  return (
    <div ref={box} className={css.more}>
      <Button look="ghost" size="sm" isPending={isPending} onPress={onReached}>
        {props.children}
      </Button>
    </div>
  )
}
