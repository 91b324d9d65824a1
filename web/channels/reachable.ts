/** May a provider on the internet call this address? Tells only what the address itself shows. */
export function isReachable(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname } = new URL(address)
  return protocol === 'https:' && !/^(localhost|\[?::1\]?|127\.|10\.|192\.168\.)|^[^.]*$/.test(hostname)
}

/** The listener's address as others see it: one that listens everywhere is reached by the name of this server. */
export function listenerAddress(listener: string, hostname: string): string {
  return listener.replace(/^(0\.0\.0\.0|\[::\])(?=:\d+$)/, hostname)
}
