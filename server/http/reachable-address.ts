import { lookup, type LookupAddress } from 'node:dns'
import { isIP } from 'node:net'
import { OutgoingFailure } from './outgoing-failure.ts'
import type { AllowList } from './allow-list.ts'
import { isPublicAddress } from './public-address.ts'

/** Finds a name's addresses, as the operating system does. */
export type Resolve = (host: string) => Promise<LookupAddress[]>

const askSystem: Resolve = (host) =>
  new Promise((resolve, reject) => {
    lookup(host, { all: true, verbatim: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)))
  })

/**
 * The addresses behind a host that a connection may be made to. Whoever connects must use one of these and never resolve
 * the name again: the second answer may be another one.
 * @throws OutgoingFailure `refused` when none may be reached, `unreachable` when the name has no address
 */
export async function findReachable(
  host: string,
  port: number,
  allow: AllowList,
  resolve: Resolve = askSystem,
): Promise<LookupAddress[]> {
  const family = isIP(host)
  const addresses = family === 0 ? await resolveOrFail(host, resolve) : [{ address: host, family }]
  if (allow.allowsHost(host.toLowerCase().replace(/\.$/, ''), port)) return addresses
  const reachable = addresses.filter(({ address }) => isPublicAddress(address) || allow.allowsAddress(address))
  if (reachable.length === 0) throw new OutgoingFailure('refused', `${host} is an internal address`)
  return reachable
}

const ownMachine: LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
]

async function resolveOrFail(host: string, resolve: Resolve): Promise<LookupAddress[]> {
  // by definition (RFC 6761), whatever a resolver makes of the final dot or of the names below it
  if (/(^|\.)localhost\.?$/i.test(host)) return ownMachine
  try {
    return await resolve(host)
  } catch (error) {
    throw new OutgoingFailure('unreachable', `${host} has no address`, { cause: error })
  }
}
