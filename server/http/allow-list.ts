import ipaddr from 'ipaddr.js'

/** What the operator lets outgoing requests reach although it is internal. */
export interface AllowList {
  /** Named by host, or by host and port: whatever it resolves to. */
  allowsHost(host: string, port: number): boolean
  /** Within a range that was named. */
  allowsAddress(address: string): boolean
}

/**
 * Reads the entries of the allow list: `host`, `host:port`, `[::1]:port`, or a range such as `10.1.0.0/16`.
 * @throws when an entry is none of these, so that a slip of the pen is seen at the start and not as an open door
 */
export function readAllowList(entries: readonly string[]): AllowList {
  const hosts = new Set<string>()
  const ranges: [ipaddr.IPv4 | ipaddr.IPv6, number][] = []
  for (const entry of entries.map((text) => text.trim().toLowerCase()).filter((text) => text !== '')) {
    if (ipaddr.isValidCIDR(entry)) ranges.push(ipaddr.parseCIDR(entry))
    else if (ipaddr.IPv6.isValid(entry)) hosts.add(entry)
    else if (/^[a-z0-9._-]+(:\d{1,5})?$/.test(entry) || /^\[[0-9a-f:.]+\](:\d{1,5})?$/.test(entry)) hosts.add(entry)
    else throw new Error(`“${entry}” is neither a host, nor host:port, nor a range of addresses.`)
  }
  return {
    allowsHost(host, port) {
      const spellings = host.includes(':') ? [host, `[${host}]`] : [host]
      return spellings.some((spelling) => hosts.has(spelling) || hosts.has(`${spelling}:${port}`))
    },
    allowsAddress(address) {
      if (!ipaddr.isValid(address)) return false
      const parsed = ipaddr.parse(address)
      return ranges.some((range) => range[0].kind() === parsed.kind() && parsed.match(range))
    },
  }
}
