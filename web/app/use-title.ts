import { useEffect } from 'react'

const titles: { title: string }[] = []
let unread = 0

function write(): void {
  const title = titles.at(-1)?.title
  document.title = `${unread > 0 ? `(${unread > 99 ? '99+' : unread}) ` : ''}${title ? `${title} · ` : ''}Ficha`
}

/** Names the page in the browser's tab while the component is shown; the innermost name wins. */
export function useTitle(title: string): void {
  useEffect(() => {
    const entry = { title }
    titles.push(entry)
    write()
    return () => {
      titles.splice(titles.indexOf(entry), 1)
      write()
    }
  }, [title])
}

/** How many unread conversations the tab's title tells of. */
export function useUnreadInTitle(count: number): void {
  useEffect(() => {
    unread = count
    write()
  }, [count])
}
