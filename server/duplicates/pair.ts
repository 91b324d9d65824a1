/** Two contacts by number, the lower first. */
export interface Pair {
  readonly a: number
  readonly b: number
}

export const pairName = ({ a, b }: Pair): string => `${a} ${b}`

export const pairOf = (one: number, other: number): Pair => ({ a: Math.min(one, other), b: Math.max(one, other) })
