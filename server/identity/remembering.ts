// pure

/**
 * The same reading of a text, which keeps its last answers: the acts of one change read one value again and again, and reading it
 * costs more than finding the answer. Forgets all at once, so that it never holds more than `most`. Not for long texts.
 */
export function remembering<Answer>(read: (text: string) => Answer, most = 5000): (text: string) => Answer {
  const known = new Map<string, Answer>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const answer = read(text)
    if (known.size >= most) known.clear()
    known.set(text, answer)
    return answer
  }
}
