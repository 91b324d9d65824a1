import { networkOf } from '../members/network-of.ts'

/** Streams that stay open at a time, in one process: of a visitor, who has a few tabs, and of everybody in one network. */
const most = { visitor: 10, network: 500 }

export interface StreamCount {
  /** Answers how to give the place back; null where there is none left. */
  take(stream: { line: string; address: string; ip: string }): (() => void) | null
}

export function countStreams(): StreamCount {
  const open = new Map<string, number>()
  return {
    take({ line, address, ip }) {
      const keys = [
        { key: `${line} visitor ${address}`, limit: most.visitor },
        { key: `${line} network ${networkOf(ip)}`, limit: most.network },
      ]
      if (keys.some(({ key, limit }) => (open.get(key) ?? 0) >= limit)) return null
      for (const { key } of keys) open.set(key, (open.get(key) ?? 0) + 1)
      return () => {
        for (const { key } of keys) {
          const left = (open.get(key) ?? 1) - 1
          if (left > 0) open.set(key, left)
          else open.delete(key)
        }
      }
    },
  }
}
