// pure

/** Enough for the acts of one change, and for a batch of many; what is kept longer only fills the memory. */
const enough = 1000

/**
 * The same reading of a text, which keeps its last answers, a thousand at least and two thousand at most: the acts of one change
 * read one value again and again, and reading it costs more than finding the answer. Not for long texts.
 */
export function remembering<Answer>(read: (text: string) => Answer): (text: string) => Answer {
  let [recent, older] = [new Map<string, Answer>(), new Map<string, Answer>()]
  return (text) => {
    const known = recent.get(text) ?? older.get(text)
    if (known !== undefined) return known
    const answer = read(text)
    if (recent.size >= enough) [recent, older] = [new Map(), recent]
    recent.set(text, answer)
    return answer
  }
}
