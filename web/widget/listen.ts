import { request } from './call.ts'
import type { SiteMessage } from './protocol.ts'

/** The server says something every twenty seconds: who hears nothing for so long hears nothing any more. */
const silenceMs = 45_000
const longestWaitMs = 30_000

export interface Listening {
  /** Looks at once whether the line still stands: the page is seen again, the network is back. */
  wake(): void
  stop(): void
}

/**
 * Hears of messages as they come, and comes back for what was missed whenever the line was cut, at growing intervals.
 * Event streams of the browser's own cannot carry a token in a header, so the stream is read by hand.
 */
export function listen(options: {
  base: string
  channel: string
  token: () => string | null
  /** The last message that is known. */
  after: () => number
  onMessages: (messages: SiteMessage[]) => void
  onState: (isConnected: boolean) => void
  /** The token is no longer good. */
  onRefused: () => void
}): Listening {
  let stopped = false
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let silence: ReturnType<typeof setTimeout> | undefined
  let control: AbortController | null = null

  async function run(): Promise<void> {
    clearTimeout(timer)
    if (stopped || control !== null) return
    const own = (control = new AbortController())
    const isQuiet = () => {
      clearTimeout(silence)
      silence = setTimeout(() => own.abort(), silenceMs)
    }
    isQuiet()
    try {
      const { base, channel } = options
      const answer = await request(base, channel, 'stream', { after: options.after() }, options.token(), own.signal)
      if (answer.status === 401) {
        stopped = true
        return options.onRefused()
      }
      if (answer.ok && answer.body !== null) {
        failures = 0
        options.onState(true)
        await readEvents(answer.body, isQuiet, options.onMessages)
      }
    } catch {
      // cut off: it is taken up again
    } finally {
      clearTimeout(silence)
      control = null
    }
    if (stopped) return
    options.onState(false)
    const wait = Math.min(longestWaitMs, 1000 * 2 ** Math.min(failures++, 5))
    timer = setTimeout(() => void run(), wait * (0.5 + Math.random() / 2))
  }

  void run()
  return {
    wake() {
      if (control === null && !stopped) {
        failures = 0
        void run()
      }
    },
    stop() {
      stopped = true
      clearTimeout(timer)
      control?.abort()
    },
  }
}

async function readEvents(
  body: ReadableStream<Uint8Array>,
  onBytes: () => void,
  onMessages: (messages: SiteMessage[]) => void,
): Promise<void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    onBytes()
    const events = (rest + decoder.decode(value, { stream: true })).split('\n\n')
    rest = events.pop() ?? ''
    for (const event of events)
      if (event.startsWith('data: ')) onMessages(JSON.parse(event.slice('data: '.length)) as SiteMessage[])
  }
}
