/** How much this process is asked just now, for work in the background that leaves room where people wait for answers. */
export interface Traffic {
  note(): void
  /** Requests in the last second, more or less. */
  perSecond(): number
}

const windowMs = 1000

export function openTraffic(now: () => number = () => performance.now()): Traffic {
  let begun = now()
  let [before, since] = [0, 0]
  const turn = () => {
    const passed = Math.floor((now() - begun) / windowMs)
    if (passed === 0) return
    before = passed === 1 ? since : 0
    since = 0
    begun += passed * windowMs
  }
  return {
    note() {
      turn()
      since++
    },
    perSecond() {
      turn()
      return Math.max(before, since)
    },
  }
}
