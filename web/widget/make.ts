type Attributes = Partial<Record<`aria-${string}` | 'role', string>>

/** An element with its properties, what assistive technology is told of it, and what stands in it. Nothing here reads HTML. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<Omit<HTMLElementTagNameMap[Tag], 'role'>> & Attributes,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === 'string' && (key === 'role' || key.startsWith('aria-'))) element.setAttribute(key, value)
    else Object.assign(element, { [key]: value })
  }
  element.append(...children)
  return element
}
