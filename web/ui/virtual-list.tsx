import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type ReactNode, type Ref, useImperativeHandle } from 'react'
import { classes } from './classes.ts'
import paneCss from './pane.module.css'

export interface VirtualListHandle {
  /** Brings a row into view. */
  show: (index: number) => void
}

/**
 * A long list that keeps only what is seen in the page. Rows may differ in height; `rowHeight` is the guess before a row is
 * measured (px). `onEnd` is called when the last rows come near: load the next page there. A component of its own, since
 * the compiler leaves out whatever measures.
 */
export function VirtualList<T>(props: {
  label: string
  items: readonly T[]
  keyOf: (item: T) => string | number
  rowHeight: number
  renderRow: (item: T, index: number) => ReactNode
  onEnd?: (() => void) | undefined
  /** After the last row: a spinner, an end mark. */
  foot?: ReactNode
  padding?: { start: number; end: number }
  className?: string
  ref?: Ref<VirtualListHandle>
}) {
  'use no memo'
  const { items, keyOf, rowHeight, onEnd } = props
  const scroller = useRef<HTMLDivElement>(null)
  // oxlint-disable-next-line react/incompatible-library -- left out by the directive above
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => keyOf(items[index] as T),
    overscan: 8,
    paddingStart: props.padding?.start ?? 0,
    paddingEnd: props.padding?.end ?? 0,
    scrollPaddingStart: 8,
    scrollPaddingEnd: 8,
  })
  useImperativeHandle(props.ref, () => ({ show: (index) => virtual.scrollToIndex(index, { align: 'auto' }) }), [
    virtual,
  ])
  const rows = virtual.getVirtualItems()
  const last = rows.at(-1)?.index ?? -1
  useEffect(() => {
    if (onEnd && last >= 0 && last >= items.length - 6) onEnd()
  }, [last, items.length, onEnd])
  return (
    <div ref={scroller} className={classes(paneCss.scroll, props.className)}>
      <div role="list" aria-label={props.label} style={{ blockSize: virtual.getTotalSize(), position: 'relative' }}>
        {rows.map((row) => (
          <div
            key={row.key}
            ref={virtual.measureElement}
            data-index={row.index}
            role="listitem"
            aria-posinset={row.index + 1}
            aria-setsize={onEnd ? -1 : items.length}
            style={{
              position: 'absolute',
              insetInline: 0,
              insetBlockStart: 0,
              transform: `translateY(${row.start}px)`,
            }}
          >
            {props.renderRow(items[row.index] as T, row.index)}
          </div>
        ))}
      </div>
      {props.foot}
    </div>
  )
}
