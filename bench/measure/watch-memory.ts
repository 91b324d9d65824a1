import { readProcess } from './read-process.ts'

/** Looks ten times a second how much a process holds; the most of it, null where the system does not tell. */
export function watchMemory(pid: number): { mostMb: () => number | null; stop: () => void } {
  let most = readProcess(pid)?.rssMb ?? null
  const timer = setInterval(() => {
    const now = readProcess(pid)?.rssMb ?? null
    if (most !== null && now !== null) most = Math.max(most, now)
  }, 100)
  return { mostMb: () => most, stop: () => clearInterval(timer) }
}
