import ipaddr from 'ipaddr.js'

/** Answers every virtual machine of a cloud from inside it, though it looks public. */
const insideClouds = new Set(['168.63.129.16'])
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Is this the address of somebody else's server on the internet? Loopback, private, link-local and metadata addresses are
 * not, nor is any form that carries an IPv4 address inside IPv6: mapped, compatible, NAT64, 6to4, Teredo.
 * @param address an address as a resolver gives it; anything else is not public
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address) || insideClouds.has(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  return parsed.kind() === 'ipv4' || (parsed as ipaddr.IPv6).match(globalUnicast)
}
