/**
 * One stream for all tabs of a browser: the tab that holds the lock runs `produce` and passes each event on to the others;
 * when it closes, the next in line takes over. Without locks (an old browser, an insecure origin) each tab runs its own.
 * Returns the way to stop.
 */
export function shareStream<T>(
  name: string,
  produce: (send: (event: T) => void, signal: AbortSignal) => Promise<void>,
  receive: (event: T) => void,
): () => void {
  const end = new AbortController()
  const others = 'BroadcastChannel' in globalThis ? new BroadcastChannel(name) : null
  const send = (event: T) => {
    receive(event)
    others?.postMessage(event)
  }
  others?.addEventListener('message', (message: MessageEvent<T>) => receive(message.data))

  const run = () => produce(send, end.signal)
  // Rejects when the wait is given up, which is how it ends in every tab but one.
  const running = others && navigator.locks ? navigator.locks.request(name, { signal: end.signal }, run) : run()
  running.catch(() => {})

  return () => {
    end.abort()
    others?.close()
  }
}
