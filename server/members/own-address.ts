/**
 * Where people reach this server: the base of links in mails. Never taken from a request, whose Host header is the
 * caller's to choose.
 */
export function ownAddress(config: { publicUrl: string | null; host: string; port: number }): string {
  if (config.publicUrl !== null) return config.publicUrl.replace(/\/+$/, '')
  const host = config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host
  return `http://${host.includes(':') ? `[${host}]` : host}:${config.port}`
}
