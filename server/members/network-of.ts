import ipaddr from 'ipaddr.js'

/**
 * What stands for one caller when attempts are counted: an IPv4 address, or the /64 that a single IPv6 line owns, in one
 * spelling. IPv4 written as IPv6 is IPv4.
 */
export function networkOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return 'unknown'
  const address = ipaddr.process(ip)
  if (address.kind() === 'ipv4') return address.toString()
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`)
  return `${network.toString()}/64`
}
