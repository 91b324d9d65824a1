import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'

/** Closer to the newest message than this counts as being there (px). */
const nearEnd = 60

/**
 * Keeps what is being read where it is while messages come in below and above, and follows the newest as long as it is in
 * view. The scroller runs from its end (`column-reverse`), so there its `scrollTop` is 0 and falls below it upwards.
 * `newest` names the last line; `onPast` is called when the oldest lines come near.
 */
export function useSteadyScroll(scroller: RefObject<HTMLElement | null>, newest: string, onPast: () => void) {
  const [isAtEnd, setAtEnd] = useState(true)
  const held = useRef<{ line: Element; top: number } | null>(null)

  const look = () => {
    const box = scroller.current
    if (!box) return
    const isEnd = box.scrollTop > -nearEnd
    setAtEnd(isEnd)
    held.current = isEnd ? null : firstInView(box)
    if (box.scrollHeight - box.clientHeight + box.scrollTop < 800) onPast()
  }

  // After each rendering: a line that was in view moves back to where it was.
  useLayoutEffect(() => {
    const box = scroller.current
    const was = held.current
    if (!box || !was?.line.isConnected) return
    const moved = was.line.getBoundingClientRect().top - was.top
    if (Math.abs(moved) > 1) box.scrollTop += moved
  })

  useEffect(() => {
    const box = scroller.current
    if (box && box.scrollHeight - box.clientHeight + box.scrollTop < 800) onPast()
    // oxlint-disable-next-line react/exhaustive-deps -- looked at again whenever the thread has grown
  }, [newest])

  return {
    isAtEnd,
    onScroll: look,
    toEnd: () => {
      held.current = null
      scroller.current?.scrollTo({ top: 0 })
      setAtEnd(true)
    },
  }
}

function firstInView(box: HTMLElement): { line: Element; top: number } | null {
  const edge = box.getBoundingClientRect().top
  for (const line of box.querySelectorAll('[data-line]')) {
    const { top, bottom } = line.getBoundingClientRect()
    if (bottom > edge + 8) return { line, top }
  }
  return null
}
