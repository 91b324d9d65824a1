interface Person {
  id: number
  name: string
}

/** The `@…` being typed before the caret: where it begins and what follows the sign; null when there is none. Pure. */
export function mentionAt(text: string, caret: number): { start: number; query: string } | null {
  const found = /(?:^|[\s(])@([\p{L}\p{M}\p{N}'’.-]*(?: [\p{L}\p{M}\p{N}'’.-]*)?)$/u.exec(text.slice(0, caret))
  if (!found) return null
  const query = found[1] ?? ''
  return { start: caret - query.length - 1, query }
}

/** Puts a member's name in the place of what was typed; tells where the caret goes. Pure. */
export function putMention(text: string, at: { start: number; query: string }, name: string) {
  const end = at.start + 1 + at.query.length
  const put = `@${name} `
  return { text: text.slice(0, at.start) + put + text.slice(end).replace(/^ /, ''), caret: at.start + put.length }
}

/** The members a note calls by name; of two names that fit in one place, the longer. Pure. */
export function findMentions(text: string, people: readonly Person[]): number[] {
  const found = new Set<number>()
  let rest = text
  for (const { id, name } of people.toSorted((a, b) => b.name.length - a.name.length)) {
    const call = `@${name}`
    if (!rest.includes(call)) continue
    found.add(id)
    rest = rest.replaceAll(call, ' ')
  }
  return [...found]
}

/** Those whose name, or a word of it, begins with what was typed; accents and case do not matter. Pure. */
export function matchPeople<P extends Person>(people: readonly P[], query: string): P[] {
  const wanted = fold(query.trim())
  return people.filter(({ name }) => fold(name).startsWith(wanted) || fold(name).includes(` ${wanted}`)).slice(0, 6)
}

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
