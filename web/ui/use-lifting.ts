import { useLayoutEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type RefObject } from 'react'
import { followerOf, moveItem } from './move-item.ts'

interface Lifted<Key extends string, Item> {
  readonly key: Key
  readonly items: readonly Item[]
  /** Where the pointer holds it, from the top of its row, and where the pointer is; null while it is moved by keys. */
  readonly grip: { readonly offset: number; readonly y: number } | null
}

/**
 * A list whose rows are lifted by their handle and dropped elsewhere: by pointer, or by Space, arrows, Space; Esc puts the row
 * back. Until it is dropped the rows keep their place in the document and stand elsewhere by their `order`, so that neither the
 * focus nor the pointer is lost.
 * @param onDrop the key of the row, and of the one that it now stands before
 */
export function useLifting<Key extends string, Item extends { readonly key: Key }>(
  items: readonly Item[],
  list: RefObject<HTMLElement | null>,
  onDrop: (key: Key, before: Key | null) => void,
) {
  const [lifted, setLifted] = useState<Lifted<Key, Item> | null>(null)
  const dropped = useRef<Key | null>(null)
  const shown = lifted?.items ?? items
  const rowOf = (key: Key) => list.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`) ?? null

  // the row hangs on the pointer, wherever its place in the list is by now
  useLayoutEffect(() => {
    const row = lifted === null ? null : rowOf(lifted.key)
    const card = row?.firstElementChild
    if (!(card instanceof HTMLElement) || row === null) return
    const grip = lifted?.grip ?? null
    card.style.translate = grip === null ? '' : `0 ${grip.y - grip.offset - row.getBoundingClientRect().top}px`
  })
  useLayoutEffect(() => {
    if (lifted !== null || dropped.current === null) return
    const row = rowOf(dropped.current)
    const card = row?.firstElementChild
    if (card instanceof HTMLElement) card.style.translate = ''
    row?.querySelector<HTMLElement>('[data-handle]')?.focus()
    dropped.current = null
  })

  const put = (isMeant: boolean) => {
    if (lifted === null) return
    dropped.current = lifted.key
    setLifted(null)
    const before = followerOf(lifted.items, lifted.key)
    if (isMeant && before !== followerOf(items, lifted.key)) onDrop(lifted.key, before)
  }
  const moveTo = (to: number, y?: number) => {
    if (lifted === null) return
    const at = Math.max(0, Math.min(items.length - 1, to))
    const grip = lifted.grip === null || y === undefined ? lifted.grip : { ...lifted.grip, y }
    setLifted({ ...lifted, grip, items: moveItem(lifted.items, lifted.key, at) })
  }
  const follow = (y: number) => {
    if (lifted === null) return
    const others = lifted.items.filter(({ key }) => key !== lifted.key)
    const above = others.filter(({ key }) => {
      const box = rowOf(key)?.getBoundingClientRect()
      return box !== undefined && box.top + box.height / 2 < y
    })
    moveTo(above.length, y)
    scrollNear(list.current, y)
  }

  const handleProps = (key: Key) => ({
    'data-handle': '',
    'aria-pressed': lifted?.key === key,
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      const top = rowOf(key)?.getBoundingClientRect().top ?? event.clientY
      setLifted({ key, items, grip: { offset: event.clientY - top, y: event.clientY } })
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (lifted?.key === key && lifted.grip !== null) follow(event.clientY)
    },
    onPointerUp: () => {
      if (lifted !== null && lifted.grip !== null) put(true)
    },
    onPointerCancel: () => put(false),
    onBlur: () => {
      if (lifted !== null && lifted.grip === null) put(false)
    },
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      const isLifted = lifted?.key === key
      if (event.key === ' ' || event.key === 'Enter') {
        event.preventDefault()
        if (event.repeat) return
        if (isLifted) put(true)
        else setLifted({ key, items, grip: null })
      } else if (isLifted && event.key === 'Escape') {
        event.preventDefault()
        event.stopPropagation()
        put(false)
      } else if (isLifted && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
        event.preventDefault()
        const at = lifted.items.findIndex((one) => one.key === key)
        moveTo(at + (event.key === 'ArrowUp' ? -1 : 1))
      }
    },
  })
  return { shown, lifted: lifted?.key ?? null, handleProps }
}

/** Lists longer than the window scroll while a row is held near their edge. */
function scrollNear(list: HTMLElement | null, y: number): void {
  const edge = 48
  let box = list?.parentElement ?? null
  while (box !== null && box.scrollHeight <= box.clientHeight) box = box.parentElement
  if (box === null) return
  const { top, bottom } = box.getBoundingClientRect()
  if (y < top + edge) box.scrollBy(0, -16)
  else if (y > Math.min(bottom, innerHeight) - edge) box.scrollBy(0, 16)
}
