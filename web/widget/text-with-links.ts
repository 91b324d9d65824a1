import { make } from './make.ts'

/** A text in which addresses of the web can be pressed; every other scheme stays text. */
export function textWithLinks(text: string): (Node | string)[] {
  return text.split(/(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]}])/i).map((part, at) => {
    if (at % 2 === 0 || !URL.canParse(part)) return part
    return make('a', { href: part, target: '_blank', rel: 'noopener noreferrer nofollow', textContent: part })
  })
}
