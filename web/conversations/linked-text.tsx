import { Fragment } from 'react'

const address = /\bhttps?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}'»”]/g

/** Text as it was written, its lines kept, its web addresses made links. */
export function LinkedText({ text }: { text: string }) {
  const parts: (string | { url: string })[] = []
  let end = 0
  for (const found of text.matchAll(address)) {
    parts.push(text.slice(end, found.index), { url: found[0] })
    end = found.index + found[0].length
  }
  parts.push(text.slice(end))
  return parts.map((part, index) =>
    typeof part === 'string' ? (
      <Fragment key={index}>{part}</Fragment>
    ) : (
      <a key={index} href={part.url} target="_blank" rel="noreferrer nofollow" className="link">
        {part.url}
      </a>
    ),
  )
}
