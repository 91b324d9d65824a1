import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { round } from '../report.ts'

/** What the machine itself does at this moment, before anything is asked of Ficha: figures of two days are comparable where these are. */
export interface Machine {
  /** One step of a sum that needs no memory, in nanoseconds. */
  readonly step_ns: number
  /** Having a page of 4 kB that was not used before, in microseconds: many where a host is short of memory. */
  readonly page_us: number
  /** There and back between two threads, in microseconds: many where a host is short of processors. */
  readonly there_and_back_us: number
}

export async function judgeMachine(): Promise<Machine> {
  sum(1e6)
  return {
    step_ns: round((timed(() => sum(1e8)) / 1e8) * 1e6),
    page_us: round((timed(touch) / pages) * 1000),
    there_and_back_us: await thereAndBack(),
  }
}

function timed(act: () => unknown): number {
  const start = performance.now()
  act()
  return performance.now() - start
}

function sum(steps: number): number {
  let x = 0
  for (let i = 0; i < steps; i++) x = (x * 31 + i) | 0
  return x
}

const pages = 32 * 1024

function touch(): number {
  const memory = Buffer.allocUnsafeSlow(pages * 4096)
  for (let at = 0; at < memory.length; at += 4096) memory[at] = 1
  return memory.length
}

async function thereAndBack(times = 5000): Promise<number> {
  const worker = new Worker(
    `const { parentPort } = require('node:worker_threads'); parentPort.on('message', (n) => parentPort.postMessage(n))`,
    {
      eval: true,
    },
  )
  await once(worker, 'online')
  const start = performance.now()
  for (let at = 0; at < times; at++) {
    worker.postMessage(at)
    await once(worker, 'message')
  }
  const took = performance.now() - start
  await worker.terminate()
  return round((took / times) * 1000)
}
