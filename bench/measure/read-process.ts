import { readFileSync } from 'node:fs'

/** Linux counts a process's time in hundredths of a second, whatever the kernel's own clock. */
const tickMs = 10

export interface ProcessReading {
  /** User and system time of all its threads so far, those that ended too. */
  readonly cpuMs: number
  readonly rssMb: number
}

/** Null where there is no /proc. Source: proc_pid_stat(5), proc_pid_status(5). */
export function readProcess(pid: number): ProcessReading | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // the name before it may hold spaces and brackets
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const resident = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return { cpuMs: (Number(fields[11]) + Number(fields[12])) * tickMs, rssMb: Number(resident) / 1024 }
  } catch {
    return null
  }
}
